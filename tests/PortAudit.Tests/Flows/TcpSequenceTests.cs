using System.Buffers.Binary;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

/// <summary>What of a TCP stream did not come once and in order.</summary>
public sealed class TcpSequenceTests
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private const int WindowOffset = 48;
    private const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;

    [Fact]
    public void A_connection_in_order_has_nothing_to_report()
    {
        var flow = Opened().At(1, Data(101, 10)).At(1.1, Answer(501, 111)).At(1.2, Data(111, 10))
            .At(1.3, Answer(501, 121)).Flow();

        Assert.Equal((default, default, "ShADa"), (flow.StreamOut, flow.StreamIn, flow.History));
    }

    [Fact]
    public void Payload_sent_again_is_a_retransmission_of_its_direction()
    {
        var flow = Opened().At(1, Data(101, 10)).At(1.5, Data(101, 10)).At(1.6, Data(101, 20)).Flow();

        Assert.Equal(new StreamCounters { Retransmissions = 2 }, flow.StreamOut);
        Assert.Equal((default, "ShADT"), (flow.StreamIn, flow.History));
    }

    [Theory]
    [InlineData(0.001, 0, 1)]
    [InlineData(0.200, 1, 0)]
    public void A_segment_that_fills_a_hole_was_overtaken_when_it_comes_at_once_and_sent_again_when_it_comes_late(
        double delay, long retransmissions, long outOfOrder)
    {
        var flow = Opened().At(1, Data(111, 10)).At(1 + delay, Data(101, 10)).At(2, Answer(501, 121)).Flow();

        Assert.Equal(new StreamCounters { Jumps = 1, Retransmissions = retransmissions, OutOfOrder = outOfOrder },
            flow.StreamOut);
        Assert.DoesNotContain("T", flow.History, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_keep_alive_is_no_retransmission(int length)
    {
        var flow = Opened().At(1, Data(101, 10)).At(1.1, Answer(501, 111)).At(60, Data(110, length))
            .At(60.1, Answer(501, 111)).At(120, Data(110, length)).Flow();

        Assert.Equal(new StreamCounters { KeepAlives = 2 }, flow.StreamOut);
        Assert.Equal((10 + (2 * length), "ShADa"), (flow.Out.PayloadBytes, flow.History));
    }

    [Fact]
    public void Probes_of_a_closed_window_are_no_data_and_no_gap_when_the_byte_is_taken_at_last()
    {
        var flow = Opened()
            .At(1, Data(101, 10))
            .At(1.1, WithWindow(Answer(501, 111), 0))
            .At(2, Data(111, 1))
            .At(2.1, WithWindow(Answer(501, 111), 0))
            .At(4, Data(111, 1))
            .At(4.1, Answer(501, 112))
            .At(4.2, Data(112, 10))
            .Flow();

        Assert.Equal(new StreamCounters { WindowProbes = 2 }, flow.StreamOut);
        Assert.Equal("ShADaw", flow.History);
    }

    [Fact]
    public void A_probe_that_was_refused_is_sent_again_with_what_follows_and_nothing_is_retransmitted()
    {
        var flow = Opened()
            .At(1, WithWindow(Answer(501, 101), 0))
            .At(2, Data(101, 1))
            .At(2.1, WithWindow(Answer(501, 101), 0))
            .At(3, Answer(501, 101))
            .At(3.1, Data(101, 10))
            .At(3.2, Answer(501, 111))
            .Flow();

        Assert.Equal(new StreamCounters { WindowProbes = 1 }, flow.StreamOut);
    }

    [Fact]
    public void Bytes_that_were_acknowledged_and_never_seen_are_a_gap()
    {
        var flow = Opened().At(1, Data(101, 10)).At(1.1, Data(151, 10)).At(1.2, Answer(501, 161)).Flow();

        Assert.Equal(new StreamCounters { Jumps = 1, Gaps = 1, GapBytes = 40 }, flow.StreamOut);
        Assert.Equal("ShADaG", flow.History);
    }

    [Fact]
    public void An_acknowledgment_of_what_was_never_seen_is_a_gap_without_any_later_segment()
    {
        var flow = Opened().At(1, Data(101, 10)).At(1.1, Answer(501, 131)).At(1.2, Data(131, 10)).Flow();

        Assert.Equal(new StreamCounters { Gaps = 1, GapBytes = 20 }, flow.StreamOut);
    }

    [Fact]
    public void A_hole_counts_as_far_as_it_was_acknowledged_and_not_at_all_when_it_was_not()
    {
        Assert.Equal((0, 0), Gaps(Opened().At(1, Data(151, 10)).Flow()));
        Assert.Equal((0, 0), Gaps(Opened().At(1, Data(151, 10)).At(1.1, Answer(501, 101)).Flow()));
        Assert.Equal((1, 30), Gaps(Opened().At(1, Data(151, 10)).At(1.1, Answer(501, 131)).Flow()));
    }

    [Fact]
    public void Segments_that_come_late_fill_holes_from_either_end_and_from_the_middle()
    {
        var flow = Opened()
            .At(1, Data(201, 10))
            .At(1.1, Data(101, 20))
            .At(1.1, Data(181, 20))
            .At(1.1, Data(141, 10))
            .At(1.2, Answer(501, 211))
            .Flow();

        Assert.Equal((2, 20 + 30), Gaps(flow));
        Assert.Equal(3, flow.StreamOut.Retransmissions);
    }

    [Fact]
    public void Of_too_many_holes_the_lowest_is_closed_as_it_stands()
    {
        var traffic = Opened();
        for (var i = 0; i <= StreamSide.MaximumHoles; i++)
            traffic.At(1, Data((uint)(111 + (20 * i)), 10)).At(1, Answer(501, (uint)(121 + (20 * i))));
        var flow = traffic.At(2, Data(101, 10)).Flow();

        Assert.Equal((StreamSide.MaximumHoles + 1, 10 * (StreamSide.MaximumHoles + 1)), Gaps(flow));
        Assert.Equal(1, flow.StreamOut.Retransmissions);
        Assert.Equal(1, traffic.Points.Single().HolesClosedEarly);
    }

    [Fact]
    public void What_the_snap_length_cut_is_no_gap()
    {
        var frame = Data(101, 400);
        var flow = Opened().At(1, frame[..60], originalLength: frame.Length).At(1.1, Answer(501, 501)).Flow();

        Assert.Equal(default, flow.StreamOut);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_giant_that_offload_will_divide_counts_whole_with_any_checksum_and_without_a_total_length(
        bool leavesLengthToOffload)
    {
        const int TotalLengthOffset = 16;
        const int Giant = 60_000;
        var giant = Data(101, Giant);
        if (leavesLengthToOffload)
            giant.AsSpan(TotalLengthOffset, 2).Clear();
        var flow = Opened().At(1, giant).At(1.1, Answer(501, 101 + Giant)).At(1.2, Data(101 + Giant, 10)).Flow();

        Assert.Equal((Giant + 10, default, "ShADa"), (flow.Out.PayloadBytes, flow.StreamOut, flow.History));
    }

    [Fact]
    public void One_direction_alone_has_no_gaps()
    {
        var flow = new ObservedTraffic().At(1, Answer(501, 1000)).At(1.1, Answer(501, 90_000)).Flow();

        Assert.Equal((Outcome.OneWay, default), (flow.Outcome, flow.StreamOut + flow.StreamIn));
    }

    [Fact]
    public void Sequence_numbers_wrap_around()
    {
        var flow = new ObservedTraffic()
            .At(0, Tcp(Client, 40000, Server, 5061, TcpFlags.Syn, uint.MaxValue - 5))
            .At(0.1, Tcp(Server, 5061, Client, 40000, SynAck, 500, uint.MaxValue - 4))
            .At(0.2, Data(uint.MaxValue - 4, 10))
            .At(0.3, Data(5 + 20, 10))
            .At(0.4, Answer(501, 35))
            .Flow();

        Assert.Equal(new StreamCounters { Jumps = 1, Gaps = 1, GapBytes = 20 }, flow.StreamOut);
    }

    [Fact]
    public void A_jump_beyond_the_largest_window_begins_the_sequence_anew()
    {
        var flow = Opened().At(1, Data(0x6000_0000, 10)).At(1.1, Answer(501, 0x6000_000A))
            .At(1.2, Data(0x6000_000A, 10)).Flow();

        Assert.Equal(default, flow.StreamOut);
    }

    [Fact]
    public void A_syn_that_the_first_data_overtook_changes_nothing_of_what_was_seen()
    {
        var flow = new ObservedTraffic()
            .At(0, Data(101, 10))
            .At(0.001, Tcp(Client, 40000, Server, 5061, TcpFlags.Syn, 100))
            .At(0.2, Data(111, 10))
            .Flow();

        Assert.Equal((default, DirectionBasis.Syn), (flow.StreamOut, flow.DirectionBasis));
    }

    [Fact]
    public void The_answer_to_the_first_of_two_syns_with_their_own_numbers_leaves_no_gap()
    {
        var flow = new ObservedTraffic()
            .At(0, Tcp(Client, 40000, Server, 5061, TcpFlags.Syn, 900))
            .At(1, Tcp(Client, 40000, Server, 5061, TcpFlags.Syn, 100))
            .At(1.1, Tcp(Server, 5061, Client, 40000, SynAck, 500, 901))
            .At(1.2, Data(901, 10))
            .At(1.3, Answer(501, 911))
            .Flow();

        Assert.Equal((default, 2), (flow.StreamOut, flow.SynCount));
    }

    [Fact]
    public void A_window_that_was_not_captured_is_not_closed()
    {
        const int UpToControlBits = 14 + 20 + 14;
        var frame = Data(101, 400);
        var flow = Opened().At(1, frame[..UpToControlBits], originalLength: frame.Length).Flow();

        Assert.Equal("ShAD", flow.History);
    }

    [Fact]
    public void The_sums_of_a_capture_point_are_those_of_its_flows()
    {
        var traffic = Opened().At(1, Data(101, 10)).At(1.5, Data(101, 10)).At(1.6, Data(151, 10))
            .At(1.7, Answer(501, 161));
        traffic.Flow();

        Assert.Equal(new StreamCounters { Retransmissions = 1, Jumps = 1, Gaps = 1, GapBytes = 40 },
            traffic.Points.Single().Streams);
    }

    private static (long, long) Gaps(FlowRecord flow) => (flow.StreamOut.Gaps, flow.StreamOut.GapBytes);

    private static ObservedTraffic Opened() => new ObservedTraffic()
        .At(0, Tcp(Client, 40000, Server, 5061, TcpFlags.Syn, 100))
        .At(0.1, Tcp(Server, 5061, Client, 40000, SynAck, 500, 101))
        .At(0.2, Data(101, 0));

    private static byte[] Data(uint sequence, int length) =>
        Tcp(Client, 40000, Server, 5061, TcpFlags.Ack, sequence, 501, new byte[length]);

    private static byte[] Answer(uint sequence, uint acknowledgment) =>
        Tcp(Server, 5061, Client, 40000, TcpFlags.Ack, sequence, acknowledgment);

    private static byte[] WithWindow(byte[] frame, ushort window)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(WindowOffset), window);
        return frame;
    }
}
