using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

public sealed class LossFlowTests
{
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;
    private const TcpFlags Data = TcpFlags.Ack | TcpFlags.Psh;

    [Theory]
    [InlineData(31)]
    [InlineData(900)]
    [InlineData(7000)]
    public void Data_after_a_long_silence_that_nothing_answers_is_a_lost_session(int idle)
    {
        var loss = Repeated(Session(), 1 + idle, 150, times: 4).Flow().SessionLoss!.Value;

        Assert.Equal((true, 4, false, 7), (loss.ByOriginator, loss.Attempts, loss.WasReset, (int)loss.Frame.Number));
        Assert.InRange(loss.IdleNs, ObservedTraffic.Seconds(idle), ObservedTraffic.Seconds(idle + 1));
    }

    [Fact]
    public void The_responder_too_can_find_its_session_lost()
    {
        var traffic = Session();
        for (var i = 0; i < 4; i++)
            traffic.At(200 + (i * i), Server(Data, 701, 150, 40));

        Assert.False(traffic.Flow().SessionLoss!.Value.ByOriginator);
    }

    [Fact]
    public void A_reset_is_all_that_comes_back_to_data_after_a_silence()
    {
        var flow = Session().At(400, Client(Data, 150, 701, 50))
            .At(400.001, Server(TcpFlags.Rst, 701).From(255)).Flow();

        Assert.True(flow.SessionLoss!.Value.WasReset);
        Assert.Equal(ResetOrigin.AnotherDevice, flow.Reset!.Value.Origin);
    }

    [Fact]
    public void A_keep_alive_that_nothing_answers_shows_a_lost_session()
    {
        var traffic = Session();
        for (var i = 0; i < 4; i++)
            traffic.At(120 + (i * 75), Client(TcpFlags.Ack, 149, 701));

        Assert.Equal(4, traffic.Flow().SessionLoss!.Value.Attempts);
    }

    [Fact]
    public void An_answer_after_a_silence_shows_that_the_session_stood() =>
        Assert.Null(Session().At(400, Client(Data, 150, 701, 50)).At(401, Client(Data, 150, 701, 50))
            .At(403, Client(Data, 150, 701, 50)).At(403.1, Server(TcpFlags.Ack, 701, 200)).Flow().SessionLoss);

    [Fact]
    public void Keep_alives_that_are_answered_are_no_loss()
    {
        var traffic = Session();
        for (var i = 1; i < 9; i++)
            traffic.At(i * 60, Client(TcpFlags.Ack, 149, 701)).At((i * 60) + 0.1, Server(TcpFlags.Ack, 701, 150));

        Assert.Null(traffic.Flow().SessionLoss);
    }

    [Fact]
    public void Data_whose_acknowledgments_the_capture_misses_shows_no_lost_session()
    {
        var (news, heard) = (Session(), Session());
        for (uint i = 0; i < 6; i++)
        {
            news.At(200 + (40 * i), Client(Data, 150 + (60 * i), 701, 60));
            heard.At(200 + (2 * i), Client(Data, 150, 701 + (90 * i), 60));
        }

        Assert.Null(news.Flow().SessionLoss);
        Assert.Null(heard.Flow().SessionLoss);
    }

    [Fact]
    public void A_segment_larger_than_a_frame_says_nothing_of_size()
    {
        var lost = Repeated(Session(), 3, 150, times: 5, length: 2_576).Flow().LostData!.Value;

        Assert.Equal((2_576, true, false), (lost.Length, lost.IsFirstOfSize, lost.IsSizeTheCause));
    }

    [Theory]
    [InlineData(3, 1, "Sh")]
    [InlineData(1, 3, "ShT")]
    public void A_SYN_is_noted_as_repeated_only_behind_its_answer(int before, int after, string history)
    {
        var traffic = new ObservedTraffic();
        for (var i = 0; i < before; i++)
            traffic.At(i, Client(TcpFlags.Syn, 100));
        traffic.At(4, Server(SynAck, 500, 101));
        for (var i = 1; i < after; i++)
            traffic.At(4 + i, Client(TcpFlags.Syn, 100));

        Assert.Equal(history, traffic.Flow().History);
    }

    [Fact]
    public void A_capture_that_ends_after_one_segment_says_nothing() =>
        Assert.Null(Session().At(400, Client(Data, 150, 701, 50)).Flow().SessionLoss);

    [Fact]
    public void A_host_that_ends_an_idle_session_by_a_reset_has_lost_nothing() =>
        Assert.Null(Session().At(400, Server(TcpFlags.Rst, 701)).Flow().SessionLoss);

    [Fact]
    public void A_session_that_one_side_has_closed_is_not_lost() =>
        Assert.Null(Repeated(Session().At(2, Server(TcpFlags.Fin | TcpFlags.Ack, 701, 150)), 400, 150, 4)
            .Flow().SessionLoss);

    [Fact]
    public void One_direction_alone_shows_no_loss()
    {
        var traffic = new ObservedTraffic().At(0, Client(TcpFlags.Syn, 100)).At(0.2, Client(TcpFlags.Ack, 101, 501));
        var flow = Repeated(traffic, 400, 101, 5).Flow();

        Assert.Null(flow.SessionLoss);
        Assert.Null(flow.LostData);
    }

    [Fact]
    public void A_full_size_segment_that_is_never_acknowledged_is_lost_for_its_size()
    {
        var lost = Repeated(Session(), 3, 150, times: 5, length: 1_360).Flow().LostData!.Value;

        Assert.Equal((true, 1_360, 5), (lost.ByOriginator, lost.Length, lost.Times));
        Assert.True(lost.IsSizeTheCause);
    }

    [Fact]
    public void A_small_segment_that_is_never_acknowledged_is_lost_for_another_cause()
    {
        var lost = Repeated(Session(), 3, 150, times: 5, length: 400).Flow().LostData!.Value;

        Assert.Equal((400, 5, false), (lost.Length, lost.Times, lost.IsSizeTheCause));
    }

    [Fact]
    public void A_segment_that_is_acknowledged_at_last_is_not_lost() =>
        Assert.Null(Repeated(Session(), 3, 150, 5, 1_360).At(60, Server(TcpFlags.Ack, 701, 1_510)).Flow().LostData);

    [Fact]
    public void A_transfer_whose_receiver_vanishes_is_not_lost_for_its_size()
    {
        var traffic = Session();
        for (uint i = 0; i < 3; i++)
        {
            traffic.At(2 + i, Client(Data, 150 + (i * 1_360), 701, 1_360))
                .At(2.1 + i, Server(TcpFlags.Ack, 701, 150 + ((i + 1) * 1_360)));
        }

        Assert.False(Repeated(traffic, 6, 150 + (3 * 1_360), 5, 1_360).Flow().LostData!.Value.IsSizeTheCause);
    }

    [Fact]
    public void A_receiver_that_goes_on_without_acknowledging_full_size_shows_that_size_is_the_cause()
    {
        var traffic = Session().At(2, Client(Data, 150, 701, 1_360)).At(2.1, Server(TcpFlags.Ack, 701, 1_510));
        Repeated(traffic, 6, 1_510, 5, 1_360).At(60, Server(Data, 701, 1_510, 9));

        Assert.True(traffic.Flow().LostData!.Value.IsSizeTheCause);
    }

    [Fact]
    public void A_sender_that_gets_through_with_smaller_segments_proves_the_cause()
    {
        var traffic = Session().At(2, Client(Data, 150, 701, 1_360)).At(2.1, Server(TcpFlags.Ack, 701, 1_510));
        var lost = Repeated(traffic, 6, 1_510, 4, 1_360).At(60, Client(Data, 1_510, 701, 536))
            .At(60.1, Server(TcpFlags.Ack, 701, 2_046)).At(61, Client(Data, 2_046, 701, 536))
            .At(61.1, Server(TcpFlags.Ack, 701, 2_582)).Flow().LostData!.Value;

        Assert.Equal((1_360, 4, true), (lost.Length, lost.Times, lost.PassedSmaller));
        Assert.True(lost.IsSizeTheCause);
    }

    [Fact]
    public void One_repetition_is_an_ordinary_loss() =>
        Assert.Null(Repeated(Session(), 3, 150, times: 2, length: 1_360).Flow().LostData);

    [Fact]
    public void A_receiver_that_has_closed_its_window_has_lost_nothing()
    {
        var full = Server(TcpFlags.Ack, 701, 150);
        full[14 + 20 + 14] = full[14 + 20 + 15] = 0;

        Assert.Null(Repeated(Session().At(2, full), 3, 150, 6, 1_360).Flow().LostData);
    }

    [Fact]
    public void A_flow_that_waited_for_answers_allocates_nothing_more()
    {
        var details = new FlowDetailPool();
        var flow = default(Flow);
        var first = details.WatchOf(ref flow);
        first.IdleNs = 5;
        details.Return(ref flow);

        Assert.Same(first, details.WatchOf(ref flow));
        Assert.True(first.IsBlank);
    }

    /// <summary>A connection that the originator has sent 49 bytes over, and the responder 200.</summary>
    private static ObservedTraffic Session() => new ObservedTraffic()
        .At(0, Client(TcpFlags.Syn, 100))
        .At(0.1, Server(SynAck, 500, 101))
        .At(0.2, Client(TcpFlags.Ack, 101, 501))
        .At(0.3, Client(Data, 101, 501, 49))
        .At(0.4, Server(Data, 501, 150, 200))
        .At(0.5, Client(TcpFlags.Ack, 150, 701));

    private static ObservedTraffic Repeated(ObservedTraffic traffic, double at, uint sequence, int times,
        int length = 60)
    {
        for (var i = 0; i < times; i++)
            traffic.At(at + (0.3 * ((1 << i) - 1)), Client(Data, sequence, 701, length));
        return traffic;
    }

    private static byte[] Client(TcpFlags flags, uint sequence, uint acknowledgment = 0, int length = 0) =>
        Tcp("10.7.0.1", 41000, "10.7.3.2", 1521, flags, sequence, acknowledgment, new byte[length]).From(128);

    private static byte[] Server(TcpFlags flags, uint sequence, uint acknowledgment = 0, int length = 0) =>
        Tcp("10.7.3.2", 1521, "10.7.0.1", 41000, flags, sequence, acknowledgment, new byte[length]).From(61);
}
