using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

public sealed class DatagramFlowTests
{
    private const string Client = "10.0.0.9";
    private const string Server = "10.0.0.2";

    [Fact]
    public void An_answer_establishes()
    {
        var flow = new ObservedTraffic().At(0, Udp(Client, 40000, Server, 3478, [0]))
            .At(0.1, Udp(Server, 3478, Client, 40000, [0])).Flow();

        Assert.Equal((Outcome.Established, DirectionBasis.Port, "Dd"),
            (flow.Outcome, flow.DirectionBasis, flow.History));
        Assert.Equal(Client, flow.Originator.Address.ToString());
    }

    [Fact]
    public void Datagrams_without_answer_are_unanswered_and_one_at_the_end_is_undecided()
    {
        Assert.Equal(Outcome.Undecided,
            new ObservedTraffic().At(0, Udp(Client, 40000, Server, 3478, [0])).Flow().Outcome);
        Assert.Equal(Outcome.Unanswered, new ObservedTraffic().At(0, Udp(Client, 40000, Server, 3478, [0]))
            .At(1, Udp(Client, 40000, Server, 3478, [0])).Flow().Outcome);
    }

    [Theory]
    [InlineData(Server, 3, 3, Outcome.Refused)]
    [InlineData("10.0.0.254", 3, 3, Outcome.Rejected)]
    [InlineData(Server, 3, 10, Outcome.Rejected)]
    [InlineData("10.0.0.254", 11, 0, Outcome.Rejected)]
    public void Who_sent_which_icmp_error_tells_refused_from_rejected(string sender, byte type, byte code,
        Outcome expected)
    {
        var request = Udp(Client, 40000, Server, 3478, [0]);

        Assert.Equal(expected, new ObservedTraffic().At(0, request).At(0.1, Icmp(sender, Client, type, code, request))
            .Flows()[0].Outcome);
    }

    [Theory]
    [InlineData("2001:db8::2", 1, 4, Outcome.Refused)]
    [InlineData("2001:db8::fe", 1, 1, Outcome.Rejected)]
    public void The_same_holds_for_ipv6(string sender, byte type, byte code, Outcome expected)
    {
        var request = Udp("2001:db8::1", 40000, "2001:db8::2", 3478, [0]);
        var flow =
            new ObservedTraffic().At(0, request).At(0.1, Icmp(sender, "2001:db8::1", type, code, request)).Flows()[0];

        Assert.Equal(expected, flow.Outcome);
        Assert.Equal("[2001:db8::1]:40000", flow.Originator.ToString());
    }

    [Fact]
    public void An_icmp_error_about_the_answer_says_nothing_about_the_request()
    {
        var answer = Udp(Server, 3478, Client, 40000, [0]);
        var flows = new ObservedTraffic().At(0, answer).At(0.1, Icmp(Client, Server, 3, 3, answer)).Flows();

        Assert.NotEqual(Outcome.Refused, flows[0].Outcome);
        Assert.Null(flows[0].OutcomeFrame);
    }

    [Fact]
    public void A_multicast_address_is_never_the_originator()
    {
        // 5353 is a service port, so the port alone would call the group the client.
        var flow = new ObservedTraffic().At(0, Udp(Client, 5353, "224.0.0.251", 40000, [0])).Flow();

        Assert.Equal(Client, flow.Originator.Address.ToString());
    }

    [Fact]
    public void No_payload_makes_a_multicast_address_the_originator()
    {
        // A DNS answer sent to a group: the QR bit alone would make the group the client.
        var flow = new ObservedTraffic().At(0, Udp(Server, 40000, "224.0.0.250", 40001, Convert.FromHexString(
            "000785830001000000000000076E6F7768657265076578616D706C6503636F6D0000210001"))).Flow();

        Assert.Equal((Server, "dns"), (flow.Originator.Address.ToString(), flow.Protocol));
    }

    [Theory]
    [InlineData(67, 68)]
    [InlineData(547, 546)]
    public void Clients_of_dhcp_are_known_by_their_port(int server, int client)
    {
        var flow = new ObservedTraffic().At(0, Udp(Server, (ushort)server, Client, (ushort)client, [0])).Flow();

        Assert.Equal((Client, DirectionBasis.Port), (flow.Originator.Address.ToString(), flow.DirectionBasis));
    }

    [Fact]
    public void An_offer_to_everybody_comes_from_the_server_and_rests_on_its_order()
    {
        var flow = new ObservedTraffic().At(0, Udp(Server, 67, "255.255.255.255", 68, [0])).Flow();

        Assert.Equal((Server, DirectionBasis.FirstPacket), (flow.Originator.Address.ToString(), flow.DirectionBasis));
    }

    [Fact]
    public void Echo_request_and_reply_are_one_flow_of_the_requester_whoever_is_seen_first()
    {
        var asked = new ObservedTraffic().At(0, Icmp(Client, Server, 8, 0)).At(0.1, Icmp(Server, Client, 0, 0)).Flow();
        var answeredFirst = new ObservedTraffic().At(0, Icmp(Server, Client, 0, 0)).At(0.1, Icmp(Client, Server, 8, 0))
            .Flow();

        Assert.All([asked, answeredFirst], flow => Assert.Equal((Client, Outcome.Established, DirectionBasis.Payload),
            (flow.Originator.Address.ToString(), flow.Outcome, flow.DirectionBasis)));
        Assert.Equal((8, 0), (asked.Originator.Port, asked.Responder.Port));
        Assert.Equal((asked.Originator, asked.Responder), (answeredFirst.Originator, answeredFirst.Responder));
    }

    [Fact]
    public void Errors_that_two_hosts_send_each_other_are_two_flows()
    {
        var flows = new ObservedTraffic().At(0, Icmp(Client, Server, 3, 3)).At(1, Icmp(Server, Client, 3, 3)).Flows();

        Assert.Equal([Client, Server], flows.Select(flow => flow.Originator.Address.ToString()));
        Assert.All(flows, flow => Assert.Equal((3, 3), (flow.Originator.Port, flow.Responder.Port)));
    }

    [Fact]
    public void Vlan_and_capture_point_keep_flows_apart()
    {
        var flows = new ObservedTraffic()
            .At(0, Udp(Client, 40000, Server, 3478, [0]))
            .At(1, Udp(Client, 40000, Server, 3478, [0], vlan: 6))
            .At(2, Udp(Client, 40000, Server, 3478, [0], vlan: 7))
            .At(3, Udp(Client, 40000, Server, 3478, [0]), point: "inside")
            .Flows();

        Assert.Equal(["", "6", "7", ""], flows.Select(flow => flow.Vlan.ToString()));
        Assert.Equal(4, flows.Select(flow => flow.FlowId).Distinct().Count());
    }

    [Fact]
    public void A_full_table_ends_the_flow_that_was_silent_longest_and_counts_it()
    {
        var traffic = new ObservedTraffic(new ObserverOptions { MaximumFlows = 2 })
            .At(0, Udp(Client, 1001, Server, 3478, [0]))
            .At(1, Udp(Client, 1002, Server, 3478, [0]))
            .At(2, Udp(Client, 1001, Server, 3478, [0]))
            .At(3, Udp(Client, 1003, Server, 3478, [0]))
            .At(4, Udp(Client, 1001, Server, 3478, [0]));
        var flows = traffic.Flows();

        Assert.Equal(1, traffic.Evicted);
        Assert.Equal(3, flows.Count);
        Assert.Equal(3, flows.Single(flow => flow.Originator.Port == 1001).Out.Packets);
    }

    [Fact]
    public void Kept_frames_are_the_first_of_the_flow()
    {
        var traffic = new ObservedTraffic(new ObserverOptions { KeepFrames = true });
        for (var i = 0; i < 30; i++)
            traffic.At(i, Udp(Client, 1001, Server, 3478, [0]));
        var flow = traffic.Flow();

        Assert.Equal(Enumerable.Range(1, 20), flow.Frames.Select(frame => (int)frame.Number));
        Assert.Equal(10, EvidencePass.OfKept(flow).NotListed);
    }
}
