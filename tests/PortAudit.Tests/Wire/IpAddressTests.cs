using PortAudit.Tests.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

public sealed class IpAddressTests
{
    private const string Mapped = "00000000 00000000 0000FFFF 01020304";
    private const int SourceInFrame = 14 + 8;
    private const int DestinationInFrame = SourceInFrame + 16;

    [Fact]
    public void A_mapped_address_in_a_header_is_no_ipv4_address_and_shows_as_it_stands()
    {
        var address = IpAddress.FromIpv6Header(Hex.Bytes(Mapped));
        Span<byte> bytes = stackalloc byte[16];

        Assert.False(address.IsIpv4);
        Assert.NotEqual(IpAddress.FromIpv4(0x0102_0304), address);
        Assert.Equal(("::ffff:1.2.3.4", 16), (address.ToString(), address.CopyTo(bytes)));
        Assert.Equal(Hex.Bytes(Mapped), bytes.ToArray());
    }

    [Fact]
    public void A_mapped_address_in_a_message_means_the_ipv4_host()
    {
        Assert.Equal(IpAddress.FromIpv4(0x0102_0304), IpAddress.FromIpv6(Hex.Bytes(Mapped)));
        Assert.True(IpAddress.TryParse("::ffff:1.2.3.4", out var address) && address.IsIpv4);
    }

    [Theory]
    [InlineData("00000000 00000000 00000000 01020304")]
    [InlineData("00000000 00000000 0000FFFE 01020304")]
    [InlineData("00000000 00000001 00000000 01020304")]
    [InlineData("20010DB8 00000000 0000FFFF 01020304")]
    public void Any_other_address_of_a_header_is_as_in_a_message(string hex)
    {
        var address = IpAddress.FromIpv6Header(Hex.Bytes(hex));
        Span<byte> bytes = stackalloc byte[16];

        Assert.Equal(IpAddress.FromIpv6(Hex.Bytes(hex)), address);
        Assert.Equal(16, address.CopyTo(bytes));
        Assert.Equal(Hex.Bytes(hex), bytes.ToArray());
    }

    [Fact]
    public void A_packet_with_mapped_addresses_is_of_another_flow_than_that_of_ipv4()
    {
        var forged = FrameBuilder.Udp("2001:db8::1", 40000, "2001:db8::2", 53, [1]);
        Hex.Bytes(Mapped).CopyTo(forged.AsSpan(SourceInFrame));
        Hex.Bytes("00000000 00000000 0000FFFF 05060708").CopyTo(forged.AsSpan(DestinationInFrame));
        var flows = new ObservedTraffic().At(0, FrameBuilder.Udp("1.2.3.4", 40000, "5.6.7.8", 53, [1])).At(0.1, forged)
            .Flows();

        Assert.Equal(["1.2.3.4:40000", "[::ffff:1.2.3.4]:40000"], flows.Select(flow => flow.Originator.ToString()));
    }
}
