using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class IpnetHeaderTests
{
    [Theory]
    [InlineData("0102 0000 00000020 00000001 00000000 00000000 00000000 45", 24, 0x0800, "45")]
    [InlineData("011A 0000 00000034 00000001 00000000 00000000 00000000 60", 24, 0x86DD, "60")]
    [InlineData("0100 0000 00000034 00000001 00000000 00000000 00000000", 24, 0xFFFF, "")]
    public void A_vector_reads_as_written(string hex, int headerLength, int etherType, string payload)
    {
        Assert.True(IpnetHeader.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((headerLength, etherType), (IpnetHeader.HeaderLength, (int)view.EtherType));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, headerLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (IpnetHeader.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + view.Payload.Length;
        return error;
    }
}
