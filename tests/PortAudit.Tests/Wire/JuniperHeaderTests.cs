using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class JuniperHeaderTests
{
    [Theory]
    [InlineData("4D4743 00 02", 4, true, "02")]
    [InlineData("4D4743 80 0004 03010106 02", 10, true, "02")]
    [InlineData("4D4743 02 00000000 45", 8, false, "45")]
    [InlineData("4D4743 83 0000 00000000 60", 10, false, "60")]
    public void A_vector_reads_as_written(string hex, int headerLength, bool hasFrame, string payload)
    {
        Assert.True(JuniperHeader.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, hasFrame), (view.HeaderLength, view.HasFrame));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("4D474400", (int)ParseError.BadValue)]
    public void A_bad_field_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (JuniperHeader.TryParse(bytes, out var view, out var error))
            _ = (view.HasFrame ? 1 : 0) + view.Payload.Length;
        return error;
    }
}
