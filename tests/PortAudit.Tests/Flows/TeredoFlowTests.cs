using PortAudit.Tests.Wire;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

/// <summary>Nothing but an IPv6 packet of Teredo that fills its datagram is taken for a tunnel (RFC 4380 §5.2; RFC 6081
/// §4).</summary>
public sealed class TeredoFlowTests
{
    private const int EthernetLength = 14;
    private const string Client = "2001:0:5ef5:79fd:0:59d:a0ff:fffe";
    private const string Host = "2001:db8::2";
    private const string LinkLocal = "fe80::8000:f227:bef7:c8dd";

    [Theory]
    [InlineData("login ok user=alice from=workstation-17 at 12:00:01 session=77")]
    [InlineData("metric.cpu.load:0.73|g\nmetric.mem.free:1024|g\nmetric.disk:1|c")]
    [InlineData("get key:user:1234 and something else which is long enough here")]
    public void Text_on_the_port_is_a_payload(string text) =>
        Assert.Null(new ObservedTraffic()
            .At(0, Udp("10.0.0.1", 3544, "10.0.0.2", 8125, System.Text.Encoding.ASCII.GetBytes(text))).Flow().Tunnel);

    [Theory]
    [InlineData(Client, Host, true)]
    [InlineData(Host, Client, true)]
    [InlineData("3ffe:831f::1", Host, true)]
    [InlineData("2001:db8::1", Host, false)]
    [InlineData(LinkLocal, "ff02::2", false)]
    public void One_end_has_an_address_of_teredo(string from, string to, bool isTunnel) =>
        Assert.Equal(isTunnel, IsTunnel(Udp(from, 40000, to, 53, [1])[EthernetLength..]));

    [Theory]
    [InlineData(133, true)]
    [InlineData(134, true)]
    [InlineData(135, false)]
    public void Router_discovery_is_between_addresses_of_the_link(byte type, bool isTunnel) =>
        Assert.Equal(isTunnel, IsTunnel(Icmp(LinkLocal, "ff02::2", type, 0)[EthernetLength..]));

    [Theory]
    [InlineData("", true)]
    [InlineData("01 04 01020304", true)]
    [InlineData("05 02 0000", true)]
    [InlineData("01 04 01020304 03 08 0000 0A000001 0DD8", true)]
    [InlineData("40 00", true)]
    [InlineData("00", false)]
    [InlineData("01 05 01020304", false)]
    [InlineData("01 04 01020304 01", false)]
    public void What_follows_a_packet_has_the_form_of_trailers(string trailers, bool isTunnel)
    {
        Assert.Equal(isTunnel, IsTunnel([.. Udp(Client, 40000, Host, 53, [1])[EthernetLength..],
            .. Hex.Bytes(trailers)]));
        Assert.Equal(isTunnel, IsTunnel([.. Ip(Client, Host, new IpProtocol(59), [], null)[EthernetLength..],
            .. Hex.Bytes(trailers)]));
    }

    [Fact]
    public void A_packet_longer_than_its_datagram_is_none() =>
        Assert.False(IsTunnel(Udp(Client, 40000, Host, 53, [1, 2])[EthernetLength..^1]));

    [Fact]
    public void A_packet_that_the_capture_cut_is_taken()
    {
        var frame = Udp("10.0.0.1", 40000, "10.0.0.2", 3544,
            [.. Udp(Client, 40000, Host, 53, new byte[100])[EthernetLength..], 1, 4, 0, 0, 0, 0]);
        Assert.Equal(2, new ObservedTraffic().At(0, frame[..120], originalLength: frame.Length).Flows().Count);
        Assert.Equal(2, new ObservedTraffic().At(0, frame[..^3], originalLength: frame.Length).Flows().Count);
    }

    private static bool IsTunnel(byte[] payload) =>
        new ObservedTraffic().At(0, Udp("10.0.0.1", 40000, "10.0.0.2", 3544, payload)).Flows()
            .Any(flow => flow.Tunnel == "teredo");
}
