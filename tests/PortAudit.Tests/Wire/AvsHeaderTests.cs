using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class AvsHeaderTests
{
    [Theory]
    [InlineData("80211001 00000040 "
        + "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000 08", 64, true, "08")]
    [InlineData("80211002 00000050 "
        + "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000 08", 80, true, "08")]
    public void A_vector_reads_as_written(string hex, int headerLength, bool begins, string payload)
    {
        Assert.True(AvsHeader.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, begins), (view.HeaderLength, AvsHeader.Begins(Hex.Bytes(hex))));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("80211003", (int)ParseError.BadVersion)]
    [InlineData("80211001 0000003F", (int)ParseError.BadLength)]
    [InlineData("80211001 FFFFFFFF", (int)ParseError.BadLength)]
    public void A_bad_field_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (AvsHeader.TryParse(bytes, out var view, out var error))
            _ = view.Payload.Length;
        return error;
    }
}
