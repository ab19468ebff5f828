using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class LlcFrameTests
{
    [Theory]
    [InlineData("AAAA03 000000 0800 45", 8, 0x0800, "45")]
    [InlineData("AAAA03 000000 86DD", 8, 0x86DD, "")]
    [InlineData("AAAA03 000000 0026 00", 8, 0xFFFF, "00")]
    [InlineData("AAAA03 00000C 2000 02", 8, 0xFFFF, "02")]
    [InlineData("060603 45", 3, 0x0800, "45")]
    [InlineData("424203 0000", 3, 0xFFFF, "0000")]
    [InlineData("F0F07F", 3, 0xFFFF, "")]
    [InlineData("FFFF00 22", 3, 0xFFFF, "22")]
    public void A_vector_reads_as_written(string hex, int headerLength, int etherType, string payload)
    {
        Assert.True(LlcFrame.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, etherType), (view.HeaderLength, view.EtherType));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (LlcFrame.TryParse(bytes, out var view, out var error))
            _ = view.HeaderLength + view.EtherType + view.Payload.Length;
        return error;
    }
}
