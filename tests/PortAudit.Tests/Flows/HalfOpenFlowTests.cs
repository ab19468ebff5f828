using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

public sealed class HalfOpenFlowTests
{
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;
    private const TcpFlags Data = TcpFlags.Ack | TcpFlags.Psh;

    [Fact]
    public void A_syn_ack_that_is_never_acknowledged_leaves_the_connection_half_open() =>
        Assert.Equal(Outcome.HalfOpen, Handshake().At(1, Client(TcpFlags.Syn, 100))
            .At(1.1, Server(SynAck, 500, 101)).Flow().Outcome);

    [Fact]
    public void A_syn_ack_at_the_end_of_the_capture_is_undecided() =>
        Assert.Equal(Outcome.Undecided, Handshake().Flow().Outcome);

    [Fact]
    public void The_third_packet_establishes_the_connection() =>
        Assert.Equal(Outcome.Established, Handshake().At(0.2, Client(TcpFlags.Ack, 101, 501)).Flow().Outcome);

    [Fact]
    public void Data_of_the_originator_shows_that_only_the_third_packet_was_missed() =>
        Assert.Equal(Outcome.Established, Handshake().At(0.2, Client(Data, 101, 501, 7)).Flow().Outcome);

    [Fact]
    public void Data_of_the_responder_shows_that_only_the_third_packet_was_missed() =>
        Assert.Equal(Outcome.Established, Handshake().At(0.2, Server(Data, 501, 101, 7)).Flow().Outcome);

    [Fact]
    public void An_acknowledgment_of_data_shows_that_only_the_third_packet_was_missed() =>
        Assert.Equal(Outcome.Established, Handshake().At(0.2, Server(TcpFlags.Ack, 501, 160)).Flow().Outcome);

    [Fact]
    public void A_reset_of_the_originator_leaves_it_half_open() =>
        Assert.Equal(Outcome.HalfOpen, Handshake().At(0.2, Client(TcpFlags.Rst, 101)).Flow().Outcome);

    [Fact]
    public void A_syn_ack_that_nobody_asked_for_and_its_reset_establish_nothing()
    {
        var flow = new ObservedTraffic().At(0, Server(SynAck, 500, 101)).At(0.1, Client(TcpFlags.Rst, 101)).Flow();

        Assert.Equal((Outcome.HalfOpen, DirectionBasis.SynAck), (flow.Outcome, flow.DirectionBasis));
    }

    [Fact]
    public void A_connection_whose_syn_was_not_captured_is_established_by_the_third_packet() =>
        Assert.Equal(Outcome.Established, new ObservedTraffic().At(0, Server(SynAck, 500, 101))
            .At(0.1, Client(TcpFlags.Ack, 101, 501)).Flow().Outcome);

    private static ObservedTraffic Handshake() => new ObservedTraffic()
        .At(0, Client(TcpFlags.Syn, 100))
        .At(0.1, Server(SynAck, 500, 101));

    private static byte[] Client(TcpFlags flags, uint sequence, uint acknowledgment = 0, int length = 0) =>
        Tcp("10.7.0.1", 41000, "10.7.3.2", 8443, flags, sequence, acknowledgment, new byte[length]);

    private static byte[] Server(TcpFlags flags, uint sequence, uint acknowledgment = 0, int length = 0) =>
        Tcp("10.7.3.2", 8443, "10.7.0.1", 41000, flags, sequence, acknowledgment, new byte[length]);
}
