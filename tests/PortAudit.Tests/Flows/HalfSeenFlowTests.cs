using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

/// <summary>What a flow was when the capture holds less than passed, or segments of an earlier connection: nothing is
/// called stopped that was not, and nothing open that was not.</summary>
public sealed class HalfSeenFlowTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private const string Router = "10.0.0.254";
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;
    private const TcpFlags FinAck = TcpFlags.Fin | TcpFlags.Ack;
    private const TcpFlags RstAck = TcpFlags.Rst | TcpFlags.Ack;

    [Fact]
    public void Answers_alone_are_one_direction_of_a_conversation()
    {
        var ping = new ObservedTraffic().At(0, Echo(Server, Client, isReply: true, 1, [1]))
            .At(1, Echo(Server, Client, isReply: true, 2, [1])).Flow();
        var dns = new ObservedTraffic().At(0, Udp(Server, 53, Client, 40000, [0]))
            .At(1, Udp(Server, 53, Client, 40000, [0])).Flow();

        Assert.Equal((Client, Outcome.OneWay, "d"), (ping.Originator.Address.ToString(), ping.Outcome, ping.History));
        Assert.Equal((Client, Outcome.OneWay, "d"), (dns.Originator.Address.ToString(), dns.Outcome, dns.History));
    }

    [Theory]
    [InlineData(Client, Server)]
    [InlineData("2001:db8::1", "2001:db8::2")]
    public void Hosts_that_ask_each_other_in_vain_have_a_flow_each(string one, string other)
    {
        var flows = new ObservedTraffic().At(0, Echo(one, other, isReply: false, 1, [1]))
            .At(1, Echo(other, one, isReply: false, 1, [1])).At(10, Echo(one, other, isReply: false, 2, [1]))
            .At(11, Echo(other, one, isReply: false, 2, [1])).Flows();

        Assert.Equal([(one, Outcome.Unanswered, 2L), (other, Outcome.Unanswered, 2L)],
            flows.Select(flow => (flow.Originator.Address.ToString(), flow.Outcome, flow.Out.Packets)));
    }

    [Fact]
    public void A_host_that_pings_itself_has_one_flow()
    {
        var flow = new ObservedTraffic().At(0, Echo(Client, Client, isReply: false, 1, [1]))
            .At(0.1, Echo(Client, Client, isReply: true, 1, [1])).Flow();

        Assert.Equal(2, flow.Out.Packets + flow.In.Packets);
    }

    [Fact]
    public void A_challenge_answers_no_syn()
    {
        var attempt = new ObservedTraffic().At(0, FromClient(TcpFlags.Syn, 1000))
            .At(0.1, FromServer(TcpFlags.Ack, 7, 999_999)).At(1, FromClient(TcpFlags.Syn, 1000));

        var flow = attempt.Flow();

        Assert.Equal((Outcome.Unanswered, "Sa", null), (flow.Outcome, flow.History, flow.Streams));
    }

    [Fact]
    public void A_reset_behind_a_challenge_or_an_old_fin_refuses()
    {
        var challenged = new ObservedTraffic().At(0, FromClient(TcpFlags.Syn, 1000))
            .At(0.1, FromServer(TcpFlags.Ack, 7, 999_999)).At(1, FromClient(TcpFlags.Syn, 1000))
            .At(1.1, FromServer(RstAck, 0, 1001)).Flow();
        var reused = new ObservedTraffic().At(0, FromClient(TcpFlags.Syn, 1000)).At(0.1, FromServer(FinAck, 7, 500))
            .At(0.2, FromServer(RstAck, 0, 1001)).Flow();

        Assert.Equal((Outcome.Refused, Server), (challenged.Outcome, challenged.StoppedBy?.ToString()));
        Assert.Equal((Outcome.Refused, "Sfr"), (reused.Outcome, reused.History));
    }

    [Fact]
    public void An_answer_whose_syn_ack_was_not_captured_is_one()
    {
        var acknowledged = new ObservedTraffic().At(0, FromClient(TcpFlags.Syn, 1000))
            .At(0.1, FromServer(TcpFlags.Ack, 7, 1001)).Flow();
        var withData = new ObservedTraffic().At(0, FromClient(TcpFlags.Syn, 1000))
            .At(0.1, FromServer(TcpFlags.Ack, 7, 6001, [1, 2])).Flow();

        Assert.Equal(Outcome.Established, acknowledged.Outcome);
        Assert.Equal(Outcome.Established, withData.Outcome);
    }

    [Fact]
    public void An_originator_that_went_on_was_answered_whatever_comes_then()
    {
        var opened = new ObservedTraffic().At(0, FromClient(TcpFlags.Syn, 1000))
            .At(0.1, FromClient(TcpFlags.Ack, 1001, 501)).At(0.2, FromClient(TcpFlags.Ack, 1001, 501, [1]));

        var reset = opened.At(0.3, FromServer(TcpFlags.Rst, 501)).Flow();

        Assert.Equal((Outcome.Established, "SADr", null), (reset.Outcome, reset.History, reset.StoppedBy));
        Assert.Equal(ResetOrigin.Unknown, reset.Reset?.Origin);
    }

    [Fact]
    public void What_an_originator_sends_behind_the_reset_of_its_attempt_opens_nothing()
    {
        var flow = new ObservedTraffic().At(0, FromClient(TcpFlags.Syn, 1000)).At(0.1, FromServer(RstAck, 0, 1001))
            .At(0.2, FromClient(TcpFlags.Ack, 1001, 0)).Flow();

        Assert.Equal(Outcome.Refused, flow.Outcome);
    }

    [Fact]
    public void An_error_about_what_is_sent_later_does_not_stop_what_was_open()
    {
        var data = FromClient(TcpFlags.Ack, 1001, 501, [1]);
        var flow = new ObservedTraffic().At(0, FromClient(TcpFlags.Syn, 1000))
            .At(0.1, FromClient(TcpFlags.Ack, 1001, 501)).At(0.2, data).At(0.3, Icmp(Router, Client, 11, 0, data))
            .Flows()[0];

        Assert.Equal(Outcome.OneWay, flow.Outcome);
    }

    [Fact]
    public void A_firewall_that_forbids_what_it_has_no_state_for_rejects()
    {
        var data = FromClient(TcpFlags.Ack, 1001, 501, [1]);

        Assert.Equal(Outcome.Rejected,
            new ObservedTraffic().At(0, data).At(0.1, Icmp(Router, Client, 3, 13, data)).Flows()[0].Outcome);
        Assert.Equal(Outcome.OneWay,
            new ObservedTraffic().At(0, data).At(0.1, Icmp(Router, Client, 11, 0, data)).Flows()[0].Outcome);
    }

    [Fact]
    public void The_first_keep_alive_of_an_idle_connection_is_no_gap()
    {
        var flow = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Ack, 1000, 501))
            .At(0.1, FromServer(TcpFlags.Ack, 501, 1001))
            .At(50, FromClient(TcpFlags.Ack, 1001, 501, [1, 2]))
            .At(50.1, FromServer(TcpFlags.Ack, 501, 1003))
            .Flow();

        Assert.Equal(("AaD", null), (flow.History, flow.Streams));
    }

    [Fact]
    public void Connections_of_which_one_side_is_seen_are_told_apart_by_their_opening()
    {
        var ofClient = new ObservedTraffic();
        var ofServer = new ObservedTraffic();
        for (var round = 0u; round < 3; round++)
        {
            var first = 1000 + (round * 100_000);
            ofClient.At(round, FromClient(TcpFlags.Syn, first))
                .At(round + 0.1, FromClient(TcpFlags.Ack, first + 1, 501))
                .At(round + 0.2, FromClient(FinAck, first + 1, 501));
            ofServer.At(round, FromServer(SynAck, first, 501)).At(round + 0.1, FromServer(FinAck, first + 1, 501));
        }

        Assert.Equal([3L, 3L, 3L], ofClient.Flows().Select(flow => flow.Out.Packets));
        Assert.Equal([2L, 2L, 2L], ofServer.Flows().Select(flow => flow.In.Packets));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_open_connection_of_which_one_side_is_seen_is_as_long_lived_as_any(bool isClient)
    {
        var segment = isClient ? FromClient(TcpFlags.Ack, 1001, 501, [1]) : FromServer(TcpFlags.Ack, 501, 1001);
        Assert.Single(new ObservedTraffic().At(0, segment).At(7_439, segment).Flows());
        Assert.Equal(2, new ObservedTraffic().At(0, segment).At(7_441, segment).Flows().Count);
    }

    [Fact]
    public void An_originator_that_goes_on_alone_and_a_responder_that_sends_data_have_open_connections()
    {
        Assert.Single(new ObservedTraffic().At(0, FromClient(TcpFlags.Syn, 1000))
            .At(0.1, FromClient(TcpFlags.Ack, 1001, 501)).At(7_000, FromClient(TcpFlags.Ack, 1001, 501)).Flows());
        Assert.Single(new ObservedTraffic().At(0, FromServer(SynAck, 500, 1001))
            .At(0.1, FromServer(TcpFlags.Ack, 501, 1001, [1])).At(7_000, FromServer(TcpFlags.Ack, 502, 1001)).Flows());
    }

    [Fact]
    public void What_is_opening_or_ends_on_the_one_side_that_is_seen_is_not_open()
    {
        Assert.Equal(2, new ObservedTraffic().At(0, FromClient(TcpFlags.Syn, 1000))
            .At(241, FromClient(TcpFlags.Syn, 1000)).Flows().Count);
        Assert.Equal(2, new ObservedTraffic().At(0, FromServer(SynAck, 500, 1001))
            .At(241, FromServer(SynAck, 500, 1001)).Flows().Count);
        Assert.Equal(2, new ObservedTraffic().At(0, FromClient(FinAck, 1001, 501))
            .At(241, FromClient(FinAck, 1001, 501)).Flows().Count);
        Assert.Equal(2, new ObservedTraffic().At(0, FromClient(TcpFlags.Ack, 1001, 501))
            .At(1, FromServer(TcpFlags.Rst, 501)).At(242, FromClient(TcpFlags.Ack, 1001, 501)).Flows().Count);
    }

    [Fact]
    public void Syns_and_their_answers_with_new_numbers_are_one_attempt_while_nobody_goes_on()
    {
        Assert.Equal(2, new ObservedTraffic().At(0, FromClient(TcpFlags.Syn, 1000))
            .At(1, FromClient(TcpFlags.Syn, 90_000)).Flow().SynCount);
        Assert.Equal(2, new ObservedTraffic().At(0, FromServer(SynAck, 1000, 501))
            .At(1, FromServer(SynAck, 90_000, 501)).Flow().In.Packets);
    }

    [Fact]
    public void An_error_stays_with_the_end_that_it_is_about_when_the_flow_turns()
    {
        // Until its end nothing but the port says who is who; then eight bytes of syslog turn it.
        var message = Udp(Client, 514, Server, 15514, "<13>test"u8.ToArray());
        var refused = new ObservedTraffic().At(0, message).At(0.1, Icmp(Server, Client, 3, 3, message)).Flows()[0];
        var rejected = new ObservedTraffic().At(0, message).At(0.1, Icmp(Router, Client, 3, 13, message)).Flows()[0];

        Assert.Equal((Client, Outcome.Refused, new FrameReference(0, 2)),
            (refused.Originator.Address.ToString(), refused.Outcome, refused.OutcomeFrame));
        Assert.Equal((Outcome.Rejected, Router), (rejected.Outcome, rejected.StoppedBy?.ToString()));
    }

    [Theory]
    [InlineData("2001:db8::2", 4, 1, Outcome.Refused)]
    [InlineData("2001:db8::2", 3, 1, Outcome.Unanswered)]
    [InlineData("2001:db8::fe", 3, 0, Outcome.Rejected)]
    public void A_next_header_that_nobody_knows_refuses_and_lacking_fragments_stop_nothing(string sender, byte type,
        byte code, Outcome expected)
    {
        var request = Udp("2001:db8::1", 40000, "2001:db8::2", 3478, [0]);

        Assert.Equal(expected, new ObservedTraffic().At(0, request)
            .At(0.1, Icmp(sender, "2001:db8::1", type, code, request)).At(9, request).Flows()[0].Outcome);
    }

    [Fact]
    public void A_reset_in_spite_of_which_both_sides_finished_ended_nothing()
    {
        var opened = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100).From(60)).At(0.1, FromServer(SynAck, 500, 101).From(60))
            .At(0.2, FromClient(TcpFlags.Ack, 101, 501).From(60))
            .At(0.3, FromServer(TcpFlags.Rst, 9_999).From(63));

        var finished = opened.At(0.4, FromClient(FinAck, 101, 501).From(60))
            .At(0.5, FromServer(FinAck, 501, 102).From(60)).Flow();

        Assert.Equal((Outcome.Established, null, false), (finished.Outcome, finished.Reset, finished.WasCutOff));
    }

    [Fact]
    public void An_attempt_before_the_clock_was_set_back_had_its_time()
    {
        var traffic = new ObservedTraffic().At(100_000, FromClient(TcpFlags.Syn, 100));
        for (var second = 0; second < 20; second++)
            traffic.At(second, Udp(Client, 40000, Server, 9, [1]));

        Assert.Equal(Outcome.Unanswered,
            Assert.Single(traffic.Flows(), flow => flow.Transport == IpProtocol.Tcp).Outcome);
    }

    private static byte[] FromClient(TcpFlags flags, uint sequence, uint acknowledgment = 0, byte[]? payload = null) =>
        Tcp(Client, 40000, Server, 5061, flags, sequence, acknowledgment, payload);

    private static byte[] FromServer(TcpFlags flags, uint sequence, uint acknowledgment = 0, byte[]? payload = null) =>
        Tcp(Server, 5061, Client, 40000, flags, sequence, acknowledgment, payload);
}
