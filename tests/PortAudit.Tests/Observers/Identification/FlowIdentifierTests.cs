using System.Text;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Observers.Identification;

/// <summary>What reaches the recognisers, and what is made of their answers.</summary>
public sealed class FlowIdentifierTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private static readonly byte[] Banner = Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.2\r\n");
    private static readonly byte[] Request =
        Encoding.ASCII.GetBytes("OPTIONS sip:b@example.test SIP/2.0\r\nVia: SIP/2.0/TCP a\r\n\r\n");

    [Fact]
    public void A_protocol_is_named_by_its_bytes_on_any_port_with_the_frame_that_proved_it()
    {
        var flow = Open(443).At(1, Tcp(Server, 443, Client, 40000, TcpFlags.Ack, 501, 101, Banner)).Flow();

        Assert.Equal(("ssh", IdentificationBasis.Payload), (flow.Protocol, flow.ProtocolBasis));
        Assert.Equal(new FrameReference(0, 3), flow.ProtocolFrame);
    }

    [Fact]
    public void Without_payload_the_port_names_it_and_the_basis_says_so()
    {
        var flow = Open(443).Flow();

        Assert.Equal(("tls", IdentificationBasis.Port), (flow.Protocol, flow.ProtocolBasis));
        Assert.Null(flow.ProtocolFrame);
    }

    [Fact]
    public void Segments_out_of_order_are_put_in_order_first()
    {
        var flow = Open(9)
            .At(1, Tcp(Client, 40000, Server, 9, TcpFlags.Ack, 111, 501, Request[10..]))
            .At(2, Tcp(Client, 40000, Server, 9, TcpFlags.Ack, 101, 501, Request[..10]))
            .Flow();

        Assert.Equal("sip", flow.Protocol);
    }

    [Fact]
    public void A_connection_met_in_its_middle_is_tried_again_at_later_segments()
    {
        var flow = new ObservedTraffic()
            .At(1, Tcp(Client, 40000, Server, 9, TcpFlags.Ack, 1000, 501,
                [0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE]))
            .At(2, Tcp(Client, 40000, Server, 9, TcpFlags.Ack, 1008, 501, Request))
            .Flow();

        Assert.Equal("sip", flow.Protocol);
    }

    [Fact]
    public void A_keep_alive_does_not_begin_a_stream_that_is_met_in_its_middle()
    {
        var flow = new ObservedTraffic()
            .At(1, Tcp(Client, 40000, Server, 9, TcpFlags.Ack, 1000, 501, [0]))
            .At(2, Tcp(Client, 40000, Server, 9, TcpFlags.Ack, 1001, 501, Request))
            .Flow();

        Assert.Equal("sip", flow.Protocol);
    }

    [Fact]
    public void The_client_that_the_bytes_name_turns_a_flow_of_weak_basis()
    {
        var flow = new ObservedTraffic()
            .At(1, Tcp(Server, 50001, Client, 50002, TcpFlags.Ack, 1000, 501))
            .At(2, Tcp(Client, 50002, Server, 50001, TcpFlags.Ack, 501, 1000, Request))
            .Flow();

        Assert.Equal((Client, DirectionBasis.Payload, "^aD"),
            (flow.Originator.Address.ToString(), flow.DirectionBasis, flow.History));
        Assert.Equal((1, 1), (flow.Out.Packets, flow.In.Packets));
        Assert.Equal(Request.Length, flow.Out.PayloadBytes);
    }

    [Fact]
    public void The_client_that_the_bytes_name_does_not_overrule_a_syn()
    {
        // A server may send the first request on a connection that the other side opened.
        var flow = Open(5060).At(1, Tcp(Server, 5060, Client, 40000, TcpFlags.Ack, 501, 101, Request)).Flow();

        Assert.Equal((Client, DirectionBasis.Syn, "sip"),
            (flow.Originator.Address.ToString(), flow.DirectionBasis, flow.Protocol));
    }

    [Fact]
    public void A_netbios_session_goes_over_to_the_smb_that_it_carries()
    {
        var names = string.Concat(Enumerable.Repeat("20" + string.Concat(Enumerable.Repeat("4341", 16)) + "00", 2));
        var request = Convert.FromHexString("81000044" + names);
        var create = Convert.FromHexString("00000084fe534d4240000000000000000500" + new string('0', 100) + "3900"
            + new string('0', 84) + "78000c00" + new string('0', 16) + "6c0073006100720070006300");
        var answer = Convert.FromHexString("00000040fe534d4240000000000000000500010001000000" + new string('0', 88));
        var flow = Open(139)
            .At(1, Tcp(Client, 40000, Server, 139, TcpFlags.Ack, 101, 501, request))
            .At(2, Tcp(Server, 139, Client, 40000, TcpFlags.Ack, 501, 173, [0x82, 0, 0, 0]))
            .At(3, Tcp(Client, 40000, Server, 139, TcpFlags.Ack, 173, 505, create))
            .At(4, Tcp(Server, 139, Client, 40000, TcpFlags.Ack, 505, 309, answer))
            .Flow();

        Assert.Equal(("smb2", "lsarpc", "nbss"), (flow.Protocol, flow.Service, flow.StartedAs));
    }

    [Theory]
    [InlineData("8300000182")]
    [InlineData("82000000")]
    public void A_netbios_session_that_carries_nothing_keeps_its_name(string answer)
    {
        var names = string.Concat(Enumerable.Repeat("20" + string.Concat(Enumerable.Repeat("4341", 16)) + "00", 2));
        var flow = Open(139)
            .At(1, Tcp(Client, 40000, Server, 139, TcpFlags.Ack, 101, 501, Convert.FromHexString("81000044" + names)))
            .At(2, Tcp(Server, 139, Client, 40000, TcpFlags.Ack, 501, 173, Convert.FromHexString(answer)))
            .Flow();

        Assert.Equal(("nbss", null, null), (flow.Protocol, flow.Service, flow.StartedAs));
    }

    [Fact]
    public void A_datagram_is_named_by_its_bytes_on_any_port()
    {
        var query = Convert.FromHexString("123401000001000000000000" + "03777777076578616d706c6504746573740000010001");
        var frame = Udp(Client, 40000, Server, 9999, query);
        var flow = new ObservedTraffic().At(1, frame).Flow();

        Assert.Equal("dns", flow.Protocol);
    }

    [Theory]
    [InlineData("224.0.0.251", "mdns")]
    [InlineData("224.0.0.252", "llmnr")]
    [InlineData("224.0.0.250", "dns")]
    public void The_group_to_which_a_query_goes_tells_the_dialects_of_dns_apart_on_any_port(string group,
        string protocol)
    {
        var query = Convert.FromHexString("123400000001000000000000" + "0666696c6573720000010001");

        Assert.Equal(protocol, new ObservedTraffic().At(1, Udp(Client, 40000, group, 9999, query)).Flow().Protocol);
    }

    [Fact]
    public void Media_in_frames_takes_the_name_from_the_checks_of_ice_over_tcp()
    {
        const string Check = "0001001C2112A442000102030405060708090A0B" + "00060004613A6264" + "002400046E7F00FF"
            + "802A00080011223344556677";
        var media = string.Concat(Enumerable.Range(1, 3)
            .Select(number => $"000E8000{number:X4}{number * 160:X8}7D2D3E1FD5D5"));
        var check = Convert.FromHexString($"{Check.Length / 2:X4}{Check}");
        var flow = Open(50000)
            .At(1, Tcp(Client, 40000, Server, 50000, TcpFlags.Ack, 101, 501, check))
            .At(2, Tcp(Client, 40000, Server, 50000, TcpFlags.Ack, (uint)(101 + check.Length), 501,
                Convert.FromHexString(media)))
            .Flow();

        Assert.Equal(("rtp", "stun"), (flow.Protocol, flow.StartedAs));
    }

    private static ObservedTraffic Open(ushort port) => new ObservedTraffic()
        .At(0, Tcp(Client, 40000, Server, port, TcpFlags.Syn, 100))
        .At(0.1, Tcp(Server, port, Client, 40000, TcpFlags.Syn | TcpFlags.Ack, 500, 101));
}
