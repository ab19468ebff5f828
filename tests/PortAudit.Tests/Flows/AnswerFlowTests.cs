using System.Text;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

/// <summary>Answers that come from another endpoint than was asked.</summary>
public sealed class AnswerFlowTests
{
    private const string Phone = "10.9.1.4";
    private const string Proxy = "10.9.2.8";

    [Fact]
    public void A_sip_request_answered_from_another_port_is_answered()
    {
        var flows = new ObservedTraffic()
            .At(0, Udp(Phone, 5062, Proxy, 5060, Sip("OPTIONS sip:b@10.9.2.8 SIP/2.0")))
            .At(0.1, Udp(Proxy, 33_412, Phone, 5062, Sip("SIP/2.0 200 OK")))
            .Flows();

        Assert.All(flows, flow => Assert.Equal((Outcome.Established, Phone),
            (flow.Outcome, flow.Originator.Address.ToString())));
        Assert.Equal([null, "10.9.2.8:5060"], flows.Select(flow => flow.RequestedAt?.ToString()));
    }

    [Fact]
    public void An_answer_to_another_phone_answers_nothing()
    {
        var flows = new ObservedTraffic()
            .At(0, Udp(Phone, 5062, Proxy, 5060, Sip("OPTIONS sip:b@10.9.2.8 SIP/2.0")))
            .At(0.1, Udp(Proxy, 33_412, Phone, 5063, Sip("SIP/2.0 200 OK")))
            .Flows();

        Assert.Equal([Outcome.Undecided, Outcome.OneWay], flows.Select(flow => flow.Outcome));
    }

    [Fact]
    public void A_request_that_was_answered_where_it_went_owes_nothing_to_another_port()
    {
        var flows = new ObservedTraffic()
            .At(0, Udp(Phone, 5062, Proxy, 5060, Sip("OPTIONS sip:b@10.9.2.8 SIP/2.0")))
            .At(0.1, Udp(Proxy, 5060, Phone, 5062, Sip("SIP/2.0 200 OK")))
            .At(0.2, Udp(Proxy, 33_412, Phone, 5062, Sip("SIP/2.0 200 OK")))
            .Flows();

        Assert.Equal([Outcome.Established, Outcome.OneWay], flows.Select(flow => flow.Outcome));
    }

    [Theory]
    [InlineData("10.9.1.77")] // to the address that is offered
    [InlineData("255.255.255.255")] // to a client that asks for a broadcast
    public void The_messages_of_dhcp_are_one_answered_exchange(string answered)
    {
        var flows = new ObservedTraffic()
            .At(0, Udp("0.0.0.0", 68, "255.255.255.255", 67, Dhcp(isReply: false, message: 1)))
            .At(0.2, Udp("10.9.1.1", 67, answered, 68, Dhcp(isReply: true, message: 2)))
            .At(0.3, Udp("0.0.0.0", 68, "255.255.255.255", 67, Dhcp(isReply: false, message: 3)))
            .At(0.4, Udp("10.9.1.1", 67, answered, 68, Dhcp(isReply: true, message: 5)))
            .Flows();

        Assert.Equal([Outcome.Established, Outcome.Established], flows.Select(flow => flow.Outcome));
        Assert.Equal("255.255.255.255:67", flows[1].RequestedAt?.ToString());
    }

    [Fact]
    public void An_offer_that_nobody_asked_for_is_one_way() =>
        Assert.Equal(Outcome.OneWay, new ObservedTraffic()
            .At(0, Udp("10.9.1.1", 67, "10.9.1.77", 68, Dhcp(isReply: true, message: 2))).Flow().Outcome);

    [Fact]
    public void A_broadcast_request_and_its_answer_are_one_exchange_wherever_each_was_recorded()
    {
        var flows = new ObservedTraffic()
            .At(0, Udp("0.0.0.0", 68, "255.255.255.255", 67, Dhcp(isReply: false, message: 1)), "eth0")
            .At(0.2, Udp("10.9.1.1", 67, "10.9.1.77", 68, Dhcp(isReply: true, message: 2)), "bridge")
            .Flows();

        Assert.Equal([Outcome.Established, Outcome.Established], flows.Select(flow => flow.Outcome));
        Assert.Equal("255.255.255.255:67", flows[1].RequestedAt?.ToString());
    }

    [Theory]
    [InlineData(10, 1)] // another transaction
    [InlineData(9, 2)] // another client
    public void An_answer_to_another_client_answers_no_request(byte transaction, byte client)
    {
        var flows = new ObservedTraffic()
            .At(0, Udp("0.0.0.0", 68, "255.255.255.255", 67, Dhcp(isReply: false, message: 1)))
            .At(0.2, Udp("10.9.1.1", 67, "10.9.1.77", 68, Dhcp(isReply: true, message: 2, transaction, client)))
            .Flows();

        Assert.Equal([Outcome.Undecided, Outcome.OneWay], flows.Select(flow => flow.Outcome));
    }

    [Fact]
    public void A_second_client_of_one_flow_is_answered_too()
    {
        var flows = new ObservedTraffic(new ObserverOptions { ReadNames = false })
            .At(0, Udp("0.0.0.0", 68, "255.255.255.255", 67, Dhcp(isReply: false, message: 1)))
            .At(0.1, Udp("0.0.0.0", 68, "255.255.255.255", 67, Dhcp(isReply: false, message: 1, 10, 2)))
            .At(0.2, Udp("10.9.1.1", 67, "10.9.1.78", 68, Dhcp(isReply: true, message: 2, 10, 2)))
            .Flows();

        Assert.Equal([Outcome.Established, Outcome.Established], flows.Select(flow => flow.Outcome));
    }

    [Fact]
    public void A_renewal_is_not_answered_by_the_answer_to_the_broadcast_behind_it()
    {
        var flows = new ObservedTraffic()
            .At(0, Udp("10.9.1.77", 68, "10.9.3.1", 67, Dhcp(isReply: false, message: 3)))
            .At(4, Udp("10.9.1.77", 68, "255.255.255.255", 67, Dhcp(isReply: false, message: 3)))
            .At(4.1, Udp("10.9.1.1", 67, "10.9.1.77", 68, Dhcp(isReply: true, message: 5)))
            .Flows();

        Assert.Equal([Outcome.Unanswered, Outcome.Established, Outcome.Established],
            flows.Select(flow => flow.Outcome));
    }

    [Fact]
    public void What_a_relay_passes_on_leaves_the_request_of_the_client_answered()
    {
        var flows = new ObservedTraffic()
            .At(0, Udp("0.0.0.0", 68, "255.255.255.255", 67, Dhcp(isReply: false, message: 1)))
            .At(0.1, Udp("10.9.1.1", 67, "10.9.3.1", 67, Dhcp(isReply: false, message: 1)))
            .At(0.2, Udp("10.9.3.1", 67, "10.9.1.1", 67, Dhcp(isReply: true, message: 2)))
            .At(0.3, Udp("10.9.1.1", 67, "10.9.1.77", 68, Dhcp(isReply: true, message: 2)))
            .Flows();

        Assert.All(flows, flow => Assert.Equal(Outcome.Established, flow.Outcome));
        Assert.Equal([null, null, "255.255.255.255:67"], flows.Select(flow => flow.RequestedAt?.ToString()));
    }

    [Theory]
    [InlineData(1, "10.9.1.1", "10.9.1.77", false, 2, true)]
    [InlineData(8, "10.9.1.1", "10.9.1.77", false, 2, true)]
    [InlineData(12, "10.9.1.1", "10.9.1.77", false, 2, false)] // long ago
    [InlineData(1, "10.9.1.2", "10.9.1.77", false, 2, false)] // from another host
    [InlineData(1, "10.9.1.1", "10.9.1.78", false, 2, false)] // to another address
    [InlineData(1, "10.9.1.1", "10.9.1.77", true, 2, false)] // somebody has it
    [InlineData(1, "10.9.1.1", "10.9.1.77", false, 5, false)] // no OFFER
    public void A_server_of_dhcp_asks_whether_an_address_is_free_before_it_offers_it(double seconds, string server,
        string address, bool isAnswered, byte message, bool isProbe)
    {
        var traffic = new ObservedTraffic()
            .At(0, Udp("0.0.0.0", 68, "255.255.255.255", 67, Dhcp(isReply: false, message: 1)))
            .At(0.1, Echo(server, address, isReply: false, 0, [1]));
        if (isAnswered)
            traffic = traffic.At(0.2, Echo(address, server, isReply: true, 0, [1]));
        byte[] offer = Dhcp(isReply: true, message);
        new byte[] { 10, 9, 1, 77 }.CopyTo(offer, 16); // RFC 2131 §2: yiaddr
        var flows = traffic.At(seconds, Udp("10.9.1.1", 67, "255.255.255.255", 68, offer)).Flows();

        Assert.Equal(isProbe, flows.Any(flow => flow.IsOfferProbe));
        Assert.All(flows, flow => Assert.True(!flow.IsOfferProbe || flow.Transport.IsIcmp));
    }

    private static byte[] Sip(string first) => Encoding.ASCII.GetBytes($"{first}\r\nVia: SIP/2.0/UDP 10.9.1.4:5062;"
        + "branch=z9hG4bK77\r\nFrom: <sip:a@10.9.1.4>;tag=1\r\nTo: <sip:b@10.9.2.8>\r\nCall-ID: 7@10.9.1.4\r\n"
        + "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");

    /// <summary>A message of DHCP (RFC 2131 §2, RFC 2132 §9.6).</summary>
    private static byte[] Dhcp(bool isReply, byte message, byte transaction = 9, byte client = 1)
    {
        byte[] options = [0x63, 0x82, 0x53, 0x63, 53, 1, message, 54, 4, 10, 9, 1, 1, 255];
        var bytes = new byte[236 + options.Length];
        (bytes[0], bytes[1], bytes[2]) = ((byte)(isReply ? 2 : 1), 1, 6);
        (bytes[7], bytes[33]) = (transaction, client);
        options.CopyTo(bytes, 236);
        return bytes;
    }
}
