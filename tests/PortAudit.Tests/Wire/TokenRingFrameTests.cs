using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class TokenRingFrameTests
{
    [Theory]
    [InlineData("1040 020000000001 020000000002 AA", 14, 0x8870, "AA")]
    [InlineData("1040 020000000001 820000000002 0630 00110020 AA", 20, 0x8870, "AA")]
    [InlineData("1000 020000000001 020000000002 00", 14, 0xFFFF, "00")]
    public void A_vector_reads_as_written(string hex, int headerLength, int etherType, string payload)
    {
        Assert.True(TokenRingFrame.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, etherType), (view.HeaderLength, view.EtherType));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    [Theory]
    [InlineData("1040 020000000001 820000000002 0530 00110020", (int)ParseError.BadLength)]
    [InlineData("1040 020000000001 820000000002 0030", (int)ParseError.BadLength)]
    public void A_bad_field_is_refused(string hex, int expected) =>
        Assert.Equal((ParseError)expected, Read(Hex.Bytes(hex)));

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (TokenRingFrame.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + view.Payload.Length;
        return error;
    }
}
