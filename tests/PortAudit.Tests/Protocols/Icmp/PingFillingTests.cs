using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Icmp;

namespace PortAudit.Tests.Protocols.Icmp;

public sealed class PingFillingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000000000000000000000000000000000000000")]
    [InlineData("6162636465666768696a6b6c6d6e6f7071727374757677616263646566676869")]
    [InlineData("7a1c216700000000d3450c0000000000101112131415161718191a1b1c1d1e1f2021222324252627")]
    [InlineData("1db87e3a000000000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("fdfeff000102030405060708")]
    public void What_programs_fill_pings_with_is_filling(string data) => Assert.True(PingFilling.Is(Hex.Bytes(data)));

    [Theory]
    [InlineData("77686f616d69")]
    [InlineData("7a1c216700000000d3450c0000000000deadbeefdeadbeefdeadbeefdeadbeefdeadbeef")]
    [InlineData("4500005400004000400123e90a5f01010a5f010208005beb3d0800012d6e13512d4906000809")]
    public void Anything_else_is_not(string data) => Assert.False(PingFilling.Is(Hex.Bytes(data)));
}
