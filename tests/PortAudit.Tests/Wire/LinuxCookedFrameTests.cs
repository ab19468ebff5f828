using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class LinuxCookedFrameTests
{
    [Theory]
    [InlineData("0000 0001 0006 0200000000010000 0800 45", 1, 0x0800, "45")]
    [InlineData("0004 0304 0006 0000000000000000 86DD", 772, 0x86DD, "")]
    [InlineData("0003 0001 0006 0200000000010000 8100 0064", 1, 0x8100, "0064")]
    [InlineData("0001 0001 0006 0200000000010000 0004 424203", 1, 0x8870, "424203")]
    [InlineData("0001 0001 0006 0200000000010000 0001 FFFF", 1, 0xFFFF, "FFFF")]
    [InlineData("0000 0118 0000 0000000000000000 000C 00", 280, 0xFFFF, "00")]
    [InlineData("0000 030A 0000 0000000000000000 0800 45", 778, 0x0800, "45")]
    [InlineData("0000 0302 0000 0000000000000000 0800 45", 770, 0xFFFF, "45")]
    [InlineData("0000 0323 0000 0000000000000000 0800 45", 803, 0xFFFF, "45")]
    [InlineData("0004 0338 0000 0000000000000000 0800 45", 824, 0xFFFF, "45")]
    public void A_vector_reads_as_written(string hex, int hardwareType, int etherType, string payload)
    {
        Assert.True(LinuxCookedFrame.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((hardwareType, etherType), (view.HardwareType, view.EtherType));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, LinuxCookedFrame.HeaderLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (LinuxCookedFrame.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + view.HardwareType + view.Payload.Length;
        return error;
    }
}
