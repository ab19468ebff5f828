using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class IpoibFrameTests
{
    [Theory]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000000000000000000 0800 0000 45", 44,
        0x0800, "45")]
    public void A_vector_reads_as_written(string hex, int headerLength, int etherType, string payload)
    {
        Assert.True(IpoibFrame.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, etherType), (IpoibFrame.HeaderLength, (int)view.EtherType));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (IpoibFrame.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + view.Payload.Length;
        return error;
    }
}
