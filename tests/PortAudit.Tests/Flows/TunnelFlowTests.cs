using System.Buffers.Binary;
using PortAudit.Tests.Wire;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

/// <summary>A packet in a tunnel is of a flow of its own, inside that of the tunnel.</summary>
public sealed class TunnelFlowTests
{
    private const string Left = "192.0.2.1";
    private const string Right = "192.0.2.2";
    private const int EthernetLength = 14;

    private static readonly byte[] Syn = Tcp("10.0.0.9", 40000, "10.0.0.2", 443, TcpFlags.Syn, 100);
    private static readonly byte[] SynAck = Tcp("10.0.0.2", 443, "10.0.0.9", 40000, TcpFlags.Syn
        | TcpFlags.Ack, 500, 101);

    [Fact]
    public void A_flow_inside_gre_is_of_level_0_and_names_its_tunnel_and_its_parent()
    {
        var flows = new ObservedTraffic().At(0, Gre(Left, Right, Syn, key: 7)).At(0.1, Gre(Right, Left, SynAck, key: 7))
            .Flows();

        var outer = Assert.Single(flows, flow => flow.Transport.Value == 47);
        var inner = Assert.Single(flows, flow => flow.Transport == IpProtocol.Tcp);
        Assert.Equal((0, (string?)null, 0UL, 2L),
            (outer.Level, outer.Tunnel, outer.ParentId, outer.Out.Packets + outer.In.Packets));
        Assert.Equal((0, "gre:7", outer.Id, "Sh"), (inner.Level, inner.Tunnel, inner.ParentId, inner.History));
        Assert.Equal(outer.Out.Bytes + outer.In.Bytes, inner.Out.Bytes + inner.In.Bytes);
    }

    [Fact]
    public void Both_directions_in_vxlan_are_one_flow_of_level_1_though_their_carriers_are_two()
    {
        var flows = new ObservedTraffic().At(0, Vxlan(Left, 50001, Right, 33, Syn))
            .At(0.1, Vxlan(Right, 50002, Left, 33, SynAck)).Flows();

        Assert.Equal(3, flows.Count);
        var inner = Assert.Single(flows, flow => flow.Transport == IpProtocol.Tcp);
        Assert.Equal((1, "vxlan:33", 1L, 1L), (inner.Level, inner.Tunnel, inner.Out.Packets, inner.In.Packets));
        Assert.Equal(flows.First(flow => flow.Transport == IpProtocol.Udp).Id, inner.ParentId);
    }

    [Fact]
    public void The_same_addresses_in_two_virtual_networks_are_two_flows() =>
        Assert.Equal(2, new ObservedTraffic().At(0, Vxlan(Left, 50001, Right, 33, Syn))
            .At(0.1, Vxlan(Left, 50001, Right, 34, Syn)).Flows().Count(flow => flow.Transport == IpProtocol.Tcp));

    [Fact]
    public void A_tunnel_without_a_number_is_known_by_its_ends()
    {
        byte[] Inside(string from, string to) => Ip(from, to, new IpProtocol(4), Syn[EthernetLength..], null);
        var flows = new ObservedTraffic().At(0, Inside(Left, Right)).At(0.1, Inside(Right, Left))
            .At(0.2, Inside(Left, "192.0.2.3")).Flows();

        Assert.Equal([2L, 1L], flows.Where(flow => flow.Transport == IpProtocol.Tcp).Select(flow => flow.Out.Packets));
        Assert.All(flows.Where(flow => flow.Transport == IpProtocol.Tcp), flow => Assert.Equal("ipip", flow.Tunnel));
    }

    [Fact]
    public void Tunnels_nest_and_levels_count_tcp_and_udp_only()
    {
        var frame = Gre(Left, Right, Vxlan("198.51.100.1", 50001, "198.51.100.2", 5,
            Ip("10.1.0.1", "10.1.0.2", new IpProtocol(4), Syn[EthernetLength..], vlan: 9)));
        var flows = new ObservedTraffic().At(0, frame).Flows();

        Assert.Equal(4, flows.Count);
        var innermost = Assert.Single(flows, flow => flow.Transport == IpProtocol.Tcp);
        Assert.Equal((1, "gre/vxlan:5/ipip", "9"), (innermost.Level, innermost.Tunnel, innermost.Vlan.ToString()));
        Assert.Equal(flows.Single(flow => flow.Transport.Value == 4).Id, innermost.ParentId);
        Assert.Equal(0, flows.Single(flow => flow.Transport == IpProtocol.Udp).Level);
    }

    [Fact]
    public void What_an_authentication_header_protects_is_read()
    {
        var segment = Syn[(EthernetLength + 20)..];
        var flows = new ObservedTraffic().At(0, Ip("10.0.0.9", "10.0.0.2", new IpProtocol(51),
            [6, 4, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, .. new byte[12], .. segment], null)).Flows();

        var inner = Assert.Single(flows, flow => flow.Transport == IpProtocol.Tcp);
        Assert.Equal(("ah", 0, "10.0.0.9:40000", 443),
            (inner.Tunnel, inner.Level, inner.Originator.ToString(), inner.Responder.Port));
        Assert.Equal(Assert.Single(flows, flow => flow.Transport.Value == 51).Id, inner.ParentId);
    }

    [Fact]
    public void A_datagram_on_the_port_of_a_tunnel_that_is_none_is_a_payload() =>
        Assert.Equal((0, null), (new ObservedTraffic()
            .At(0, Udp(Left, 50001, Right, 4789, [0, 0, 0, 0, 0, 0, 33, 0, .. Syn])).Flow() is var flow
                ? flow.Level
                : -1, flow.Tunnel));

    [Fact]
    public void Tunnels_are_followed_to_a_bound()
    {
        var packet = Syn[EthernetLength..];
        for (var depth = 0; depth < 20; depth++)
            packet = Ip(Left, Right, new IpProtocol(4), packet, null)[EthernetLength..];
        byte[] frame = [.. Syn[..EthernetLength], .. packet];

        Assert.Equal(PortAudit.Traffic.Flows.PacketWalk.MaximumTunnels + 1,
            new ObservedTraffic().At(0, frame).Flows().Count);
    }

    [Fact]
    public void An_icmp_error_in_a_tunnel_stops_the_flow_in_that_tunnel()
    {
        var refusal = Icmp("10.0.0.1", "10.0.0.9", 3, 13, Syn);
        var flows = new ObservedTraffic().At(0, Vxlan(Left, 50001, Right, 33, Syn))
            .At(0.1, Vxlan(Right, 50001, Left, 33, refusal)).At(0.2, Syn).Flows();

        Assert.Equal(
            [("vxlan:33", Outcome.Rejected), (null, Outcome.Undecided)],
            flows.Where(flow => flow.Transport == IpProtocol.Tcp).Select(flow => (flow.Tunnel, flow.Outcome)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000")]
    public void A_redirected_packet_is_found_with_and_without_the_header_of_wccp_2(string redirect)
    {
        byte[] header = [0, 0, 0x88, 0x3E, .. Convert.FromHexString(redirect)];
        var flows = new ObservedTraffic()
            .At(0, Ip(Left, Right, new IpProtocol(47), [.. header, .. Syn[EthernetLength..]], null)).Flows();

        Assert.Equal(("gre", "S"), (Assert.Single(flows, flow => flow.Transport == IpProtocol.Tcp) is var inner
            ? inner.Tunnel
            : "", inner.History));
    }

    [Theory]
    [InlineData("0000 880B", "FF03 0021", "gre")]
    [InlineData("0000 8200", "0801 0000 020000000001 020000000002 020000000003 1000 AAAA03 000000 0800", "gre")]
    [InlineData("0000 8370", "0801 0000 020000000001 020000000002 020000000003 1000 AAAA03 000000 0800", "gre")]
    [InlineData("0000 8847", "00010040 00012140", "gre")]
    [InlineData("2000 8848", "00000007 00012140", "gre:7")]
    [InlineData("0000 894F", "0FC20201 00000AFF", "gre")]
    [InlineData("0000 894F", "0FC20205 00000AFF 00012140", "gre")]
    [InlineData("0000 8201", "0801 0000 020000000001 020000000002 020000000003 1000 AAAA03 000000 0800", null)]
    public void What_gre_carries_is_said_by_its_type(string header, string link, string? tunnel)
    {
        var flows = new ObservedTraffic().At(0, Ip(Left, Right, new IpProtocol(47),
            [.. Hex.Bytes(header), .. Hex.Bytes(link), .. Syn[EthernetLength..]], null)).Flows();

        Assert.Equal(tunnel, flows.SingleOrDefault(flow => flow.Transport == IpProtocol.Tcp)?.Tunnel);
    }

    [Theory]
    [InlineData(137, "00012140", "mpls")]
    [InlineData(103, "2100DEFF 00000000", "pim")]
    [InlineData(103, "21009EFF 40000000", null)]
    [InlineData(103, "2000DEFF 00000000", null)]
    public void What_is_in_a_packet_is_said_by_its_protocol(byte protocol, string header, string? tunnel)
    {
        var flows = new ObservedTraffic()
            .At(0, Ip(Left, Right, new IpProtocol(protocol), [.. Hex.Bytes(header), .. Syn[EthernetLength..]], null))
            .Flows();

        Assert.Equal(tunnel, flows.SingleOrDefault(flow => flow.Transport == IpProtocol.Tcp)?.Tunnel);
    }

    [Theory]
    [InlineData(4754, "0000 0800", "", "gre")]
    [InlineData(4789, "0C000001 00002100", "", "vxlan:33")]
    [InlineData(4789, "0C000003 00002100", "020000000001 020000000002 0800", "vxlan:33")]
    [InlineData(4789, "0C000007 00002100", "", null)]
    [InlineData(4789, "FF01D1F2 00002100", "020000000001 020000000002 0800", "vxlan:33")]
    [InlineData(4789, "F701D1F2 00002100", "020000000001 020000000002 0800", null)]
    [InlineData(4790, "0C000004 00002100", "0FC20201 00000AFF", "vxlan:33")]
    [InlineData(4790, "0C000004 00002100", "0FC20203 00000AFF 020000000001 020000000002 0800", "vxlan:33")]
    [InlineData(6081, "00008847 00002100", "00012140", "geneve:33")]
    [InlineData(4341, "88123456 0000FF01", "", "lisp:255")]
    [InlineData(4341, "C0123456 00000001", "", "lisp")]
    [InlineData(4341, "C0123456 00000001", "00", null)]
    [InlineData(4342, "80000000", "", "lisp")]
    [InlineData(4342, "88000000", "", null)]
    [InlineData(4342, "10000000", "", null)]
    [InlineData(5247, "00100000 00000000", "020000000001 020000000002 0800", "capwap")]
    [InlineData(5247, "00100300 00000000", "0801 0000 020000000001 020000000002 020000000003 1000 AAAA03 000000 0800",
        "capwap")]
    [InlineData(5247, "00100300 00000000",
        "1188 0000 020000000001 020000000002 020000000003 1000 0000 AAAA03 000000 0800", "capwap")]
    [InlineData(5247, "00100300 00000000", "0841 0000 020000000001 020000000002 020000000003 1000 AAAA03 000000 0800",
        null)]
    [InlineData(5247, "00100380 00010008", "0801 0000 020000000001 020000000002 020000000003 1000 AAAA03 000000 0800",
        null)]
    [InlineData(5247, "00100308 00000000", "0801 0000 020000000001 020000000002 020000000003 1000 AAAA03 000000 0800",
        null)]
    [InlineData(6635, "00010040 00012140", "", "mpls")]
    [InlineData(37008, "01 00 0001 0A 01 C8 01", "020000000001 020000000002 0800", "tzsp")]
    [InlineData(37008, "01 00 0012 01", "0801 0000 020000000001 020000000002 020000000003 1000 AAAA03 000000 0800",
        "tzsp")]
    [InlineData(37008, "01 04 0001 01", "020000000001 020000000002 0800", null)]
    [InlineData(6635, "00010040 00012040", "", null)]
    [InlineData(6635, "00012140", "00", null)]
    public void What_is_in_a_datagram_is_said_by_port_and_header(int port, string header, string link, string? tunnel)
    {
        var flows = new ObservedTraffic().At(0, Udp(Left, 50001, Right, (ushort)port,
            [.. Hex.Bytes(header), .. Hex.Bytes(link), .. Syn[EthernetLength..]])).Flows();

        Assert.Equal(tunnel, flows.SingleOrDefault(flow => flow.Transport == IpProtocol.Tcp)?.Tunnel);
    }

    [Theory]
    [InlineData(4341, "C0123456 00000001")]
    [InlineData(4342, "80000000")]
    [InlineData(6635, "00012140")]
    public void Where_a_port_proves_little_the_packet_has_to_fill_the_datagram(int port, string header)
    {
        int Inner(byte[] packet) =>
            new ObservedTraffic().At(0, Udp(Left, 50001, Right, (ushort)port, [.. Hex.Bytes(header), .. packet]))
                .Flows().Count(flow => flow.Tunnel is not null);
        var ipv6 = Udp("2001:db8::1", 40000, "2001:db8::2", 53, [1])[EthernetLength..];

        Assert.Equal((1, 0), (Inner(Syn[EthernetLength..]), Inner([.. Syn[EthernetLength..], 0])));
        Assert.Equal((1, 0), (Inner(ipv6), Inner([.. ipv6, 0])));
    }

    [Theory]
    [InlineData("08000000 00002100", "020000000001 020000000002 86DD", true)]
    [InlineData("FF01D1F2 00002100", "020000000001 020000000002 0800", true)]
    [InlineData("FF01D1F2 00002100", "020000000001 020000000002 86DD", false)]
    [InlineData("FF01D1F2 00002100", "020000000001 020000000002 0806", false)]
    [InlineData("FF01D1F2 00002100", "020000000001 020000000002", false)]
    public void Bits_that_are_to_be_ignored_are_where_a_packet_of_ip_follows(string header, string link, bool isTunnel)
    {
        var packet = Frames.Decode(Udp(Left, 50001, Right, 4789,
            [.. Hex.Bytes(header), .. Hex.Bytes(link), .. Syn[EthernetLength..]]), null, 1);

        Assert.Equal(isTunnel ? TunnelKind.Vxlan : TunnelKind.None, packet.Inner.Kind);
    }

    [Theory]
    [InlineData("0000 0800", true)]
    [InlineData("0000 86DD", false)]
    [InlineData("0000 6558 020000000001 020000000002 0800", true)]
    [InlineData("0000 6558 020000000001 020000000002 0806", false)]
    [InlineData("0000 8300 0001 0000 0000 0000", false)]
    public void Gre_over_udp_has_a_packet_of_ip_in_it(string header, bool isTunnel)
    {
        var packet = Frames.Decode(Udp(Left, 53, Right, 4754,
            [.. Hex.Bytes(header), .. Syn[EthernetLength..]]), null, 1);

        Assert.Equal(isTunnel ? TunnelKind.Gre : TunnelKind.None, packet.Inner.Kind);
    }

    [Fact]
    public void A_service_of_a_backbone_bridge_is_no_level_and_tells_flows_apart()
    {
        static byte[] Bridged(byte service, byte[] frame) => [.. Frames.Ethernet(0x88E7, [0, 0, 0, service], frame)];
        var both = new ObservedTraffic().At(0, Bridged(100, Syn)).At(0.1, Bridged(100, SynAck)).Flow();
        var flows = new ObservedTraffic().At(0, Bridged(100, Syn)).At(0.1, Bridged(200, SynAck))
            .At(0.2, Gre(Left, Right, Syn)).At(0.3, Bridged(200, Gre(Left, Right, Syn))).Flows();

        Assert.Equal((0, "pbb:100", 0UL, 1L), (both.Level, both.Tunnel, both.ParentId, both.In.Packets));
        Assert.Equal(["gre", "pbb:100", "pbb:200", "pbb:200/gre"],
            flows.Where(flow => flow.Transport == IpProtocol.Tcp).Select(flow => flow.Tunnel).Order());
    }

    private static byte[] Gre(string from, string to, byte[] frame, uint? key = null)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, key ?? 0);
        byte[] header = key is null ? [0, 0, 8, 0] : [0x20, 0, 8, 0, .. bytes];
        return Ip(from, to, new IpProtocol(47), [.. header, .. frame[EthernetLength..]], null);
    }

    private static byte[] Vxlan(string from, ushort fromPort, string to, byte network, byte[] frame) =>
        Udp(from, fromPort, to, 4789, [8, 0, 0, 0, 0, 0, network, 0, .. frame]);
}
