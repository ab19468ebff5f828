using PortAudit.Tests.Wire;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

/// <summary>What tells conversations in GRE apart: the VLANs of mirrored frames, and the networks of NVGRE.</summary>
public sealed class GreFlowTests
{
    private const string Left = "192.0.2.1";
    private const string Right = "192.0.2.2";
    private const string Erspan = "1000 88BE 00000001";

    private static readonly byte[] Syn = Tcp("10.0.0.9", 40000, "10.0.0.2", 443, TcpFlags.Syn, 100);
    private static readonly byte[] SynAck = Tcp("10.0.0.2", 443, "10.0.0.9", 40000, TcpFlags.Syn
        | TcpFlags.Ack, 500, 101);
    private static readonly byte[] TaggedSyn = Tcp("10.0.0.9", 40000, "10.0.0.2", 443, TcpFlags.Syn, 100, vlan: 30);

    // draft-foschiano-erspan §4.2: En is bits 3 and 4 of the third byte.
    [Theory]
    [InlineData("100A 1006 00000001", "10")]
    [InlineData("100A 0806 00000001", "10")]
    [InlineData("100A 0006 00000001", "")]
    [InlineData("100A 1806 00000001", "")]
    [InlineData("1000 1006 00000001", "")]
    public void The_vlan_of_a_mirrored_frame_is_that_of_the_header_where_its_tag_was_taken(string header,
        string vlan) =>
        Assert.Equal((vlan, "erspan:6"),
            (Inner(Carried(Left, Right, Erspan, header, Syn)) is var flow ? flow.Vlan.ToString() : null, flow.Tunnel));

    [Fact]
    public void A_tag_that_is_left_is_inside_the_one_that_was_taken() =>
        Assert.Equal("10.30", Inner(Carried(Left, Right, Erspan, "100A 1006 00000001", TaggedSyn)).Vlan.ToString());

    [Fact]
    public void The_same_addresses_in_two_mirrored_vlans_are_two_flows()
    {
        var flows = new ObservedTraffic().At(0, Carried(Left, Right, Erspan, "100A 1006 00000001", Syn))
            .At(0.1, Carried(Left, Right, Erspan, "1014 1006 00000001", SynAck)).Flows();

        Assert.Equal(["10", "20"],
            flows.Where(flow => flow.Transport == IpProtocol.Tcp).Select(flow => flow.Vlan.ToString()));
    }

    [Fact]
    public void Both_directions_of_a_network_of_nvgre_are_one_flow_whatever_their_flow_identifiers()
    {
        var flows = new ObservedTraffic().At(0, Carried(Left, Right, "2000 6558", "00138911", Syn))
            .At(0.1, Carried(Right, Left, "2000 6558", "00138977", SynAck)).Flows();

        var inner = Assert.Single(flows, flow => flow.Transport == IpProtocol.Tcp);
        Assert.Equal(("nvgre:5001", 1L, 1L), (inner.Tunnel, inner.Out.Packets, inner.In.Packets));
    }

    [Fact]
    public void Two_networks_of_nvgre_are_two_flows() =>
        Assert.Equal(2, new ObservedTraffic().At(0, Carried(Left, Right, "2000 6558", "00138911", Syn))
            .At(0.1, Carried(Left, Right, "2000 6558", "00138A11", Syn)).Flows()
            .Count(flow => flow.Transport == IpProtocol.Tcp));

    // RFC 7637 §3.2: neither checksum nor sequence number; networks 0 to 0xFFF are reserved, 0xFFFFFF is of the vendor.
    [Theory]
    [InlineData("2000 6558", "00100000", "nvgre:4096")]
    [InlineData("2000 6558", "FFFFFE01", "nvgre:16777214")]
    [InlineData("2000 6558", "000FFFFF", "gre:1048575")]
    [InlineData("2000 6558", "00000007", "gre:7")]
    [InlineData("2000 6558", "FFFFFF01", "gre:4294967041")]
    [InlineData("3000 6558", "00138911 00000001", "gre:1280273")]
    [InlineData("A000 6558", "00000000 00138911", "gre:1280273")]
    public void Other_keys_stay_whole(string header, string key, string tunnel) =>
        Assert.Equal(tunnel, Inner(Carried(Left, Right, header, key, Syn)).Tunnel);

    private static FlowRecord Inner(byte[] frame) =>
        Assert.Single(new ObservedTraffic().At(0, frame).Flows(), flow => flow.Transport == IpProtocol.Tcp);

    private static byte[] Carried(string from, string to, string header, string next, byte[] frame) =>
        Ip(from, to, new IpProtocol(47), [.. Hex.Bytes(header), .. Hex.Bytes(next), .. frame], null);
}
