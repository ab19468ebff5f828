using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

public sealed class TcpFlowTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;

    [Fact]
    public void A_handshake_makes_an_established_flow_from_the_sender_of_the_syn()
    {
        var flow = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(0.1, FromServer(SynAck, 500, 101))
            .At(0.2, FromClient(TcpFlags.Ack, 101, 501))
            .Flow();

        Assert.Equal("10.0.0.1:40000", flow.Originator.ToString());
        Assert.Equal("10.0.0.2:5061", flow.Responder.ToString());
        Assert.Equal((Outcome.Established, DirectionBasis.Syn, "ShA"),
            (flow.Outcome, flow.DirectionBasis, flow.History));
        Assert.Equal((2, 1), (flow.Out.Packets, flow.In.Packets));
    }

    [Fact]
    public void Bytes_are_frame_lengths_and_payload_is_what_tcp_carried()
    {
        var flow = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(0.1, FromServer(SynAck, 500, 101))
            .At(0.2, FromClient(TcpFlags.Ack | TcpFlags.Psh, 101, 501, payload: new byte[10]))
            .Flow();

        Assert.Equal(new DirectionCounters(2, 54 + 64, 10), flow.Out);
        Assert.Equal(new DirectionCounters(1, 54, 0), flow.In);
    }

    [Fact]
    public void The_original_length_counts_when_the_capture_cut_the_frame()
    {
        var whole = FromClient(TcpFlags.Ack, 1, payload: new byte[400]);
        var flow = new ObservedTraffic().At(0, whole[..60], originalLength: whole.Length).Flow();

        Assert.Equal(new DirectionCounters(1, 454, 400), flow.Out);
    }

    [Fact]
    public void A_syn_ack_seen_first_names_its_receiver_as_originator()
    {
        var flow = new ObservedTraffic()
            .At(0, FromServer(SynAck, 500, 101))
            .At(0.1, FromClient(TcpFlags.Ack, 101, 501))
            .Flow();

        Assert.Equal(Client, flow.Originator.Address.ToString());
        Assert.Equal((DirectionBasis.SynAck, Outcome.Established, "hA"),
            (flow.DirectionBasis, flow.Outcome, flow.History));
    }

    [Fact]
    public void A_syn_that_its_answer_overtook_is_the_same_flow()
    {
        var flow = new ObservedTraffic()
            .At(0, FromServer(SynAck, 500, 101))
            .At(0.1, FromClient(TcpFlags.Syn, 100))
            .At(0.2, FromClient(TcpFlags.Ack, 101, 501))
            .Flow();

        Assert.Equal((DirectionBasis.Syn, "hSA"), (flow.DirectionBasis, flow.History));
    }

    [Fact]
    public void Retried_syns_are_one_unanswered_attempt()
    {
        var flow = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(1, FromClient(TcpFlags.Syn, 100))
            .At(3, FromClient(TcpFlags.Syn, 100))
            .Flow();

        Assert.Equal((Outcome.Unanswered, 3, "S"), (flow.Outcome, flow.SynCount, flow.History));
    }

    [Fact]
    public void A_syn_retried_with_another_sequence_number_before_any_answer_is_the_same_attempt()
    {
        var flow = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(1, FromClient(TcpFlags.Syn, 900))
            .Flow();

        Assert.Equal(2, flow.SynCount);
    }

    [Fact]
    public void One_syn_at_the_end_of_the_capture_is_undecided_and_unanswered_once_waited_for()
    {
        Assert.Equal(Outcome.Undecided, new ObservedTraffic().At(0, FromClient(TcpFlags.Syn, 100)).Flow().Outcome);

        var waited = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(3, Udp("10.9.9.9", 1000, "10.9.9.8", 2000, [1]))
            .Flows();
        Assert.Equal(Outcome.Unanswered, waited[0].Outcome);
    }

    [Fact]
    public void A_rst_of_the_responder_refuses()
    {
        var flow = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(0.1, FromServer(TcpFlags.Rst | TcpFlags.Ack, 0, 101))
            .Flow();

        Assert.Equal((Outcome.Refused, "Sr", "TCP RST with TTL 64"), (flow.Outcome, flow.History, flow.StoppedHow));
        Assert.Equal(Server, flow.StoppedBy.ToString());
    }

    [Theory]
    [InlineData(TcpFlags.Rst | TcpFlags.Ack, 101u, 0.000_02)]
    [InlineData(TcpFlags.Rst | TcpFlags.Ack, 101u, 0.5)] // the SYN before was not captured; this one is its retry
    [InlineData(TcpFlags.Rst, 0u, 0.000_02)]
    public void A_syn_that_its_reset_overtook_is_one_refused_attempt(TcpFlags flags, uint acknowledgment, double later)
    {
        var flow = new ObservedTraffic()
            .At(1, FromServer(flags, 0, acknowledgment))
            .At(1 + later, FromClient(TcpFlags.Syn, 100))
            .At(5, FromClient(TcpFlags.Syn, 100))
            .Flow();

        Assert.Equal((Outcome.Refused, "rS", DirectionBasis.Syn, 2),
            (flow.Outcome, flow.History, flow.DirectionBasis, flow.SynCount));
        Assert.Equal((Client, Server, null),
            (flow.Originator.Address.ToString(), flow.StoppedBy?.ToString(), flow.Answer.Ns));
    }

    [Fact]
    public void A_syn_that_its_reset_overtook_turns_the_flow()
    {
        var flow = new ObservedTraffic().At(1, Tcp(Server, 50123, Client, 50124, TcpFlags.Rst | TcpFlags.Ack, 0, 101))
            .At(1.000_02, Tcp(Client, 50124, Server, 50123, TcpFlags.Syn, 100)).Flow();

        Assert.Equal((Client, Outcome.Refused, "^rS"),
            (flow.Originator.Address.ToString(), flow.Outcome, flow.History));
    }

    [Theory]
    [InlineData(TcpFlags.Rst | TcpFlags.Ack, 7001u, 0.000_02)] // of another connection
    [InlineData(TcpFlags.Rst, 0u, 0.5)]
    public void A_syn_behind_a_reset_that_does_not_answer_it_is_another_flow(TcpFlags flags, uint acknowledgment,
        double later)
    {
        var flows = new ObservedTraffic().At(1, FromServer(flags, 9, acknowledgment))
            .At(1 + later, FromClient(TcpFlags.Syn, 100)).At(5, FromClient(TcpFlags.Syn, 100)).Flows();

        Assert.Equal([(Outcome.OneWay, "r"), (Outcome.Unanswered, "S")],
            flows.Select(flow => (flow.Outcome, flow.History)));
    }

    [Fact]
    public void A_new_syn_on_the_ports_of_an_attempt_whose_reset_overtook_it_is_another_flow()
    {
        var flows = new ObservedTraffic()
            .At(1, FromServer(TcpFlags.Rst | TcpFlags.Ack, 0, 101))
            .At(1.000_02, FromClient(TcpFlags.Syn, 100))
            .At(30, FromClient(TcpFlags.Syn, 7000))
            .At(30.1, FromServer(TcpFlags.Rst | TcpFlags.Ack, 0, 7001))
            .Flows();

        Assert.Equal([(Outcome.Refused, "rS"), (Outcome.Refused, "Sr")],
            flows.Select(flow => (flow.Outcome, flow.History)));
    }

    [Fact]
    public void A_syn_on_the_ports_of_a_finished_connection_is_another_flow()
    {
        var flows = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(0.1, FromServer(SynAck, 500, 101))
            .At(0.2, FromClient(TcpFlags.Fin | TcpFlags.Ack, 101, 501))
            .At(0.3, FromServer(TcpFlags.Fin | TcpFlags.Ack, 501, 102))
            .At(5, FromClient(TcpFlags.Syn, 7000))
            .Flows();

        Assert.Equal(["ShFf", "S"], flows.Select(flow => flow.History));
        Assert.NotEqual(flows[0].FlowId, flows[1].FlowId);
    }

    [Theory]
    [InlineData(TcpFlags.Fin, "FIr")]
    [InlineData(default(TcpFlags), "Ir")]
    [InlineData(TcpFlags.Fin | TcpFlags.Psh | TcpFlags.Urg, "FIr")]
    [InlineData(TcpFlags.Fin | TcpFlags.Ack, "Fr")]
    [InlineData(TcpFlags.Ack, "Ar")]
    public void Flags_of_no_connection_are_told(TcpFlags flags, string history) =>
        Assert.Equal(history, new ObservedTraffic().At(0, FromClient(flags, 100))
            .At(0.1, FromServer(TcpFlags.Rst | TcpFlags.Ack, 0, 101)).Flow().History);

    [Fact]
    public void A_new_sequence_number_on_an_open_connection_is_another_flow()
    {
        var flows = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(0.1, FromServer(SynAck, 500, 101))
            .At(5, FromClient(TcpFlags.Syn, 7000))
            .Flows();

        Assert.Equal(2, flows.Count);
    }

    [Fact]
    public void A_repeated_syn_of_an_open_connection_is_no_other_flow()
    {
        var flow = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(0.1, FromServer(SynAck, 500, 101))
            .At(0.2, FromClient(TcpFlags.Syn, 100))
            .Flow();

        Assert.Equal(Outcome.HalfOpen, flow.Outcome);
    }

    [Fact]
    public void A_syn_ack_with_other_numbers_is_another_flow_when_the_syn_of_it_was_not_captured()
    {
        var flows = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(0.1, FromServer(SynAck, 500, 101))
            .At(0.2, FromClient(TcpFlags.Rst | TcpFlags.Ack, 101, 501))
            .At(5, FromServer(SynAck, 90_000, 7001))
            .At(5.1, FromClient(TcpFlags.Ack, 7001, 90_001))
            .Flows();

        Assert.Equal(["ShR", "hA"], flows.Select(flow => flow.History));
        Assert.Equal([Outcome.HalfOpen, Outcome.Established], flows.Select(flow => flow.Outcome));
        Assert.All(flows, flow => Assert.Equal(Client, flow.Originator.Address.ToString()));
    }

    [Fact]
    public void A_syn_ack_that_answers_the_syn_again_is_no_other_flow()
    {
        var flow = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(0.1, FromServer(SynAck, 500, 101))
            .At(1, FromClient(TcpFlags.Syn, 100))
            .At(1.1, FromServer(SynAck, 77_000, 101))
            .At(1.2, FromClient(TcpFlags.Ack, 101, 77_001))
            .Flow();

        Assert.Equal((2, "ShTA"), (flow.SynCount, flow.History));
    }

    [Fact]
    public void A_simultaneous_open_is_one_established_flow_of_the_first_sender()
    {
        var flow = new ObservedTraffic()
            .At(0, FromServer(TcpFlags.Syn, 500))
            .At(0.01, FromClient(TcpFlags.Syn, 100))
            .At(0.1, FromClient(SynAck, 100, 501))
            .At(0.2, FromServer(SynAck, 500, 101))
            .At(0.3, FromServer(TcpFlags.Ack, 501, 101, [1]))
            .Flow();

        Assert.Equal((Server, Outcome.Established, "SshHD"),
            (flow.Originator.Address.ToString(), flow.Outcome, flow.History));
        Assert.Equal((1, default), (flow.SynCount, flow.StreamOut + flow.StreamIn));
    }

    [Fact]
    public void A_rst_behind_a_fin_ends_an_established_flow()
    {
        var flow = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(0.1, FromServer(SynAck, 500, 101))
            .At(0.2, FromClient(TcpFlags.Fin | TcpFlags.Ack, 101, 501))
            .At(0.3, FromServer(TcpFlags.Rst, 501))
            .Flow();

        Assert.Equal((Outcome.Established, "ShFr"), (flow.Outcome, flow.History));
    }

    [Fact]
    public void An_open_that_the_originator_never_completes_is_half_open_however_often_the_port_answers()
    {
        var flow = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(0.1, FromServer(SynAck, 500, 101))
            .At(1.1, FromServer(SynAck, 500, 101))
            .At(3.1, FromServer(SynAck, 500, 101))
            .Flow();

        Assert.Equal((Outcome.HalfOpen, "Sh", default), (flow.Outcome, flow.History, flow.StreamIn));
    }

    [Fact]
    public void A_syn_retried_after_a_refusal_is_the_same_attempt()
    {
        var flow = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(0.001, FromServer(TcpFlags.Rst | TcpFlags.Ack, 0, 101))
            .At(0.5, FromClient(TcpFlags.Syn, 100))
            .At(0.501, FromServer(TcpFlags.Rst | TcpFlags.Ack, 0, 101))
            .Flow();

        Assert.Equal((Outcome.Refused, 2, "Sr"), (flow.Outcome, flow.SynCount, flow.History));
    }

    [Fact]
    public void Traffic_without_its_opening_is_midstream_and_directed_by_the_service_port()
    {
        var flow = new ObservedTraffic()
            .At(0, Tcp(Server, 53, Client, 40000, TcpFlags.Ack, 10, 20, [1, 2, 3]))
            .At(0.1, Tcp(Client, 40000, Server, 53, TcpFlags.Ack, 20, 13))
            .Flow();

        Assert.Equal((Outcome.Midstream, DirectionBasis.Port), (flow.Outcome, flow.DirectionBasis));
        Assert.Equal(Client, flow.Originator.Address.ToString());
        Assert.Equal("dA", flow.History);
    }

    [Fact]
    public void Without_opening_or_service_port_the_first_sender_stands_as_originator_and_it_says_so()
    {
        var flow = new ObservedTraffic()
            .At(0, Tcp(Server, 50123, Client, 50124, TcpFlags.Ack, 10, 20, [1]))
            .At(0.1, Tcp(Client, 50124, Server, 50123, TcpFlags.Ack, 20, 11))
            .Flow();

        Assert.Equal(DirectionBasis.FirstPacket, flow.DirectionBasis);
        Assert.Equal(Server, flow.Originator.Address.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_conversation_of_which_one_direction_was_captured_is_one_way(bool withSyn)
    {
        var traffic = new ObservedTraffic();
        if (withSyn)
            traffic.At(0, FromClient(TcpFlags.Syn, 100));
        var flow = traffic.At(0.1, FromClient(TcpFlags.Ack, 101, 501, payload: [1])).Flow();

        Assert.Equal(Outcome.OneWay, flow.Outcome);
    }

    [Fact]
    public void Data_sent_twice_is_a_retransmission()
    {
        var flow = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(0.1, FromServer(SynAck, 500, 101))
            .At(0.2, FromClient(TcpFlags.Ack, 101, 501, payload: [1, 2]))
            .At(0.5, FromClient(TcpFlags.Ack, 101, 501, payload: [1, 2]))
            .Flow();

        Assert.Equal("ShDT", flow.History);
    }

    [Fact]
    public void A_data_connection_of_active_ftp_met_in_its_middle_was_opened_by_port_20()
    {
        var flow = new ObservedTraffic().At(0, Tcp(Client, 40000, Server, 20, TcpFlags.Ack)).Flow();

        Assert.Equal((Server, DirectionBasis.Port), (flow.Originator.Address.ToString(), flow.DirectionBasis));
    }

    [Fact]
    public void Silence_longer_than_the_idle_timeout_ends_a_flow()
    {
        Assert.Equal(2, OpenThenSilentFor(7441).Count);
        Assert.Single(OpenThenSilentFor(7439));
    }

    [Fact]
    public void An_icmp_prohibition_rejects_and_names_its_sender_and_frame()
    {
        var syn = FromClient(TcpFlags.Syn, 100);
        var flows = new ObservedTraffic().At(0, syn).At(0.1, Icmp("10.0.0.254", Client, 3, 13, syn)).Flows();

        var flow = flows[0];
        Assert.Equal((Outcome.Rejected, "ICMP 3/13 communication administratively prohibited"),
            (flow.Outcome, flow.StoppedHow));
        Assert.Equal("10.0.0.254", flow.StoppedBy.ToString());
        Assert.Equal(new FrameReference(0, 2), flow.OutcomeFrame);
        Assert.Equal((1, 0), (flow.Out.Packets, flow.In.Packets));
        Assert.True(flows[1].QuotesSeenFlow);
    }

    [Theory]
    [InlineData(Server, 2, Outcome.Refused, IcmpReason.None)]
    [InlineData(Server, 3, Outcome.Refused, IcmpReason.None)]
    [InlineData("10.0.0.254", 3, Outcome.Rejected, IcmpReason.None)] // translation of ports, or a firewall that says so
    [InlineData("10.0.0.254", 0, Outcome.Rejected, IcmpReason.Undeliverable)]
    [InlineData("10.0.0.254", 1, Outcome.Rejected, IcmpReason.Undeliverable)]
    [InlineData("10.0.0.254", 9, Outcome.Rejected, IcmpReason.Prohibited)]
    [InlineData(Server, 10, Outcome.Rejected, IcmpReason.Prohibited)] // a firewall on the host
    [InlineData(Server, 13, Outcome.Rejected, IcmpReason.Prohibited)]
    [InlineData("10.0.0.254", 4, Outcome.Undecided, IcmpReason.None)] // fragmentation needed: a smaller one passes
    public void An_unreachable_stops_by_its_code_and_sender(string sender, byte code, Outcome outcome,
        IcmpReason reason)
    {
        var syn = FromClient(TcpFlags.Syn, 100);
        var flow = new ObservedTraffic().At(0, syn).At(0.1, Icmp(sender, Client, 3, code, syn)).Flows()[0];

        Assert.Equal((outcome, reason), (flow.Outcome, flow.IcmpReason));
        Assert.Equal(outcome == Outcome.Undecided ? null : sender, flow.StoppedBy?.ToString());
    }

    [Theory]
    [InlineData(true, 11, 0, IcmpReason.Undeliverable)]
    [InlineData(true, 11, 1, IcmpReason.None)]
    [InlineData(true, 3, 12, IcmpReason.Undeliverable)]
    [InlineData(false, 1, 0, IcmpReason.Undeliverable)]
    [InlineData(false, 1, 3, IcmpReason.Undeliverable)]
    [InlineData(false, 3, 0, IcmpReason.Undeliverable)]
    [InlineData(false, 1, 1, IcmpReason.Prohibited)]
    [InlineData(false, 1, 6, IcmpReason.Prohibited)]
    [InlineData(false, 1, 4, IcmpReason.None)]
    [InlineData(true, 1, 3, IcmpReason.None)]
    public void An_error_gives_its_reason(bool isIpv4, byte type, byte code, IcmpReason reason) =>
        Assert.Equal(reason, OutcomeOf.ReasonOf(isIpv4, type, code));

    [Fact]
    public void Errors_about_retries_are_one_stop_by_the_first_of_them()
    {
        var syn = FromClient(TcpFlags.Syn, 100);
        var error = Icmp("10.0.0.254", Client, 3, 13, syn);
        var flows = new ObservedTraffic().At(0, syn).At(0.1, error).At(1, syn).At(1.1, Icmp(Server, Client, 3, 3, syn))
            .At(3, syn).At(3.1, error).Flows();

        Assert.Equal((3, Outcome.Rejected, "10.0.0.254", new FrameReference(0, 2)),
            (flows[0].SynCount, flows[0].Outcome, flows[0].StoppedBy?.ToString(), flows[0].OutcomeFrame));
        Assert.Equal(3, flows.Count); // the attempt, and what each of the two senders had to say
    }

    [Fact]
    public void An_icmp_error_does_not_undo_a_conversation()
    {
        var data = FromClient(TcpFlags.Ack, 101, 501, payload: [1]);
        var flows = new ObservedTraffic()
            .At(0, FromClient(TcpFlags.Syn, 100))
            .At(0.1, FromServer(SynAck, 500, 101))
            .At(0.2, data)
            .At(0.3, Icmp("10.0.0.254", Client, 3, 1, data))
            .Flows();

        Assert.Equal(Outcome.Established, flows[0].Outcome);
    }

    [Fact]
    public void Fragmentation_needed_stops_nothing()
    {
        var syn = FromClient(TcpFlags.Syn, 100);
        var flow =
            new ObservedTraffic().At(0, syn).At(0.1, Icmp("10.0.0.254", Client, 3, 4, syn)).At(1, syn).Flows()[0];

        Assert.Equal(Outcome.Unanswered, flow.Outcome);
    }

    private static IReadOnlyList<FlowRecord> OpenThenSilentFor(double seconds) => new ObservedTraffic()
        .At(0, FromClient(TcpFlags.Syn, 100))
        .At(0, FromServer(SynAck, 500, 101))
        .At(0, FromClient(TcpFlags.Ack, 101, 501))
        .At(seconds, FromClient(TcpFlags.Ack, 101, 501))
        .Flows();

    private static byte[] FromClient(TcpFlags flags, uint sequence, uint acknowledgment = 0, byte[]? payload = null) =>
        Tcp(Client, 40000, Server, 5061, flags, sequence, acknowledgment, payload);

    private static byte[] FromServer(TcpFlags flags, uint sequence, uint acknowledgment = 0, byte[]? payload = null) =>
        Tcp(Server, 5061, Client, 40000, flags, sequence, acknowledgment, payload);
}
