using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class FddiFrameTests
{
    [Theory]
    [InlineData("50 020000000001 020000000002 AA", 13, 0x8870, "AA")]
    [InlineData("D1 020000000001 020000000002 AA", 13, 0x8870, "AA")]
    [InlineData("41 020000000001 020000000002 00", 13, 0xFFFF, "00")]
    public void A_vector_reads_as_written(string hex, int headerLength, int etherType, string payload)
    {
        Assert.True(FddiFrame.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, etherType), (FddiFrame.HeaderLength, view.EtherType));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (FddiFrame.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + view.Payload.Length;
        return error;
    }
}
