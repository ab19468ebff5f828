using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class AmsduSubframeTests
{
    [Theory]
    [InlineData("020000000001 020000000002 0003 AABBCC00", 14, 3, 20, "AABBCC")]
    [InlineData("020000000001 020000000002 0008 AA", 14, 8, 24, "AA")]
    public void A_vector_reads_as_written(string hex, int headerLength, int announced, int padded, string payload)
    {
        Assert.True(AmsduSubframe.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, announced, padded),
            (AmsduSubframe.HeaderLength, view.AnnouncedPayloadLength, view.PaddedLength));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (AmsduSubframe.TryParse(bytes, out var view, out var error))
            _ = view.AnnouncedPayloadLength + view.PaddedLength + view.EtherType + view.Payload.Length;
        return error;
    }
}
