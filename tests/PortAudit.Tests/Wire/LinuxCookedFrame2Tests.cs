using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class LinuxCookedFrame2Tests
{
    [Theory]
    [InlineData("0800 0000 00000002 0001 00 06 0200000000010000 45", 1, 0x0800, "45")]
    [InlineData("86DD 0000 00000001 0304 04 06 0000000000000000", 772, 0x86DD, "")]
    [InlineData("8100 0000 00000002 0001 03 06 0200000000010000 0064", 1, 0x8100, "0064")]
    [InlineData("0004 0000 00000002 0001 01 06 0200000000010000 424203", 1, 0x8870, "424203")]
    [InlineData("0800 0000 00000003 0338 04 00 0000000000000000 45", 824, 0xFFFF, "45")]
    public void A_vector_reads_as_written(string hex, int hardwareType, int etherType, string payload)
    {
        Assert.True(LinuxCookedFrame2.TryParse(Hex.Bytes(hex), out var view, out _));
        Assert.Equal((hardwareType, etherType), (view.HardwareType, view.EtherType));
        Assert.Equal(payload, Convert.ToHexString(view.Payload));
        ViewContract.Holds(hex, LinuxCookedFrame2.HeaderLength, Read);
    }

    private static ParseError Read(ReadOnlySpan<byte> bytes)
    {
        if (LinuxCookedFrame2.TryParse(bytes, out var view, out var error))
            _ = view.EtherType + view.HardwareType + view.Payload.Length;
        return error;
    }
}
