using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class MacsecTagTests
{
    [Theory]
    [InlineData("0000 00000001 0800 45", 8, 0x0800, false, "45")]
    [InlineData("2000 00000001 0200000000020001 86DD 60", 16, 0x86DD, false, "60")]
    [InlineData("2C00 00000001 0200000000020001 77", 14, 0xFFFF, true, "77")]
    [InlineData("0400 00000001 77", 6, 0xFFFF, true, "77")]
    public void A_vector_reads_as_written(string hex, int headerLength, int etherType, bool isEncrypted, string payload)
    {
        Assert.True(MacsecTag.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, etherType, isEncrypted), (view.HeaderLength, view.EtherType, view.IsEncrypted));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("80", (int)ParseError.BadVersion)]
    public void A_bad_field_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (MacsecTag.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + (view.IsEncrypted ? 1 : 0) + view.Payload.Length;
        return error;
    }
}
