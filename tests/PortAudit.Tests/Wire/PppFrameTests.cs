using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class PppFrameTests
{
    [Theory]
    [InlineData("FF03 0021 45", 4, 0x0021, 0x0800, "45")]
    [InlineData("FF03 21 45", 3, 0x0021, 0x0800, "45")]
    [InlineData("0021 45", 2, 0x0021, 0x0800, "45")]
    [InlineData("21 45", 1, 0x0021, 0x0800, "45")]
    [InlineData("0057 60", 2, 0x0057, 0x86DD, "60")]
    [InlineData("57 60", 1, 0x0057, 0x86DD, "60")]
    [InlineData("0281 00001140", 2, 0x0281, 0x8847, "00001140")]
    [InlineData("FF03 0283 00001140", 4, 0x0283, 0x8848, "00001140")]
    [InlineData("FF03 C021 0101", 4, 0xC021, 0xFFFF, "0101")]
    [InlineData("003D C0", 2, 0x003D, 0xFFFF, "C0")]
    public void A_vector_reads_as_written(string hex, int headerLength, int protocol, int etherType, string payload)
    {
        Assert.True(PppFrame.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, protocol, etherType), (view.HeaderLength, view.Protocol, view.EtherType));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (PppFrame.TryParse(bytes, out var view, out var error))
            _ = view.HeaderLength + view.Protocol + view.EtherType + view.Payload.Length;
        return error;
    }
}
