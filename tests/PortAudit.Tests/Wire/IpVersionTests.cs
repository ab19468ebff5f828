using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class IpVersionTests
{
    [Theory]
    [InlineData("45 00", 0x0800)]
    [InlineData("4F", 0x0800)]
    [InlineData("60 00", 0x86DD)]
    [InlineData("00 00", 0xFFFF)]
    [InlineData("50", 0xFFFF)]
    [InlineData("", 0xFFFF)]
    public void The_first_four_bits_tell(string hex, int etherType) =>
        Assert.Equal(etherType, IpVersion.ToEtherType(Hex.Bytes(hex)));
}
