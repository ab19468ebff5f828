using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

public sealed class BehaviourTableTests
{
    private static readonly ObserverOptions Asked = new() { Behaviour = BehaviourCounting.All };
    private uint _sequence;
    private int _datagrams;

    [Fact]
    public void Without_the_option_nothing_is_kept() =>
        Assert.Null(new ObservedTraffic().At(0, Datagram(true, 160)).Flow().Behaviour);

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void A_flow_has_a_behaviour_from_ten_packets_with_payload(int filled, bool expected)
    {
        var traffic = new ObservedTraffic(Asked).At(0, Segment(false, 0)).At(0.1, Segment(true, 0));
        for (var i = 0; i < filled; i++)
            traffic.At(i + 1, Segment(true, 10));

        Assert.Equal(expected, traffic.Flow().Behaviour is not null);
    }

    [Fact]
    public void Audio_of_20_ms_each_way_is_of_one_size_and_one_gap()
    {
        var traffic = new ObservedTraffic(Asked);
        for (var i = 0; i < 50; i++)
            traffic.At(i * 0.02, Datagram(true, 172)).At((i * 0.02) + 0.003, Datagram(false, 172));
        var behaviour = traffic.Flow().Behaviour!;

        Assert.Equal((100, 99, 1), (behaviour.Packets, behaviour.Turns, behaviour.Bursts));
        Assert.Equal(983_000_000, behaviour.SpanNs);
        Assert.Equal([0, 0, 50, 0, 0, 0], behaviour.Out.Sizes.AsEnumerable());
        Assert.Equal([0, 0, 0, 49, 0, 0, 0], behaviour.In.Gaps.AsEnumerable());
        Assert.Equal((50L, 50L * 172, 50L * 172 * 172),
            (behaviour.In.Filled, behaviour.In.PayloadBytes, behaviour.In.SquareSum));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(31, 0)]
    [InlineData(32, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(250, 3)]
    [InlineData(600, 4)]
    [InlineData(1_199, 4)]
    [InlineData(1_200, 5)]
    public void A_size_is_of_the_class_whose_bounds_hold_it(int size, int index)
    {
        var sizes = Filled(new ObservedTraffic(Asked), 0, 10, size).Flow().Behaviour!.Out.Sizes;

        Assert.Equal(Enumerable.Range(0, 6).Select(i => i == index ? 10 : 0), sizes);
    }

    [Theory]
    [InlineData(0.000_999, 0)]
    [InlineData(0.001, 1)]
    [InlineData(0.008, 2)]
    [InlineData(0.016, 3)]
    [InlineData(0.028, 4)]
    [InlineData(0.07, 5)]
    [InlineData(1, 6)]
    public void A_gap_is_of_the_class_whose_bounds_hold_it(double seconds, int index)
    {
        var traffic = new ObservedTraffic(Asked).At(0, Datagram(true, 9)).At(seconds, Datagram(true, 8));
        var gaps = Filled(traffic, seconds + 0.05, 8, 9).Flow().Behaviour!.Out.Gaps;

        Assert.Equal(Enumerable.Range(0, 7).Select(i => (i == index ? 1 : 0) + (i == 4 ? 8 : 0)), gaps);
    }

    [Fact]
    public void A_pause_ends_a_burst_and_an_empty_packet_counts_alone()
    {
        var traffic = new ObservedTraffic(Asked)
            .At(0, Segment(true, 10)).At(0.05, Segment(true, 10));
        for (var i = 0; i < 8; i++)
            traffic.At(0.15 + (i * 0.05), Segment(true, 10));
        var behaviour = traffic.At(0.9, Segment(false, 0)).Flow().Behaviour!;

        Assert.Equal((11, 0, 2), (behaviour.Packets, behaviour.Turns, behaviour.Bursts));
        Assert.Equal((0, 1), (behaviour.Out.Empty, behaviour.In.Empty));
        Assert.Equal(500_000_000, behaviour.SpanNs);
    }

    [Fact]
    public void A_packet_recorded_twice_counts_once()
    {
        var frame = Datagram(true, 50);

        Assert.Equal(10, Filled(new ObservedTraffic(Asked).At(0, frame).At(0.0001, frame), 1, 9, 60).Flow().Behaviour!
            .Packets);
    }

    [Fact]
    public void Only_the_first_packets_of_a_long_flow_are_counted()
    {
        var traffic = new ObservedTraffic(Asked);
        for (var i = 0; i < FlowBehaviour.MaximumPackets + 100; i++)
            traffic.At(i * 0.001, Datagram(true, 10 + (i % 7)));
        var flow = traffic.Flow();

        Assert.Equal(FlowBehaviour.MaximumPackets, flow.Behaviour!.Packets);
        Assert.Equal(FlowBehaviour.MaximumPackets + 100, flow.Out.Packets);
    }

    [Fact]
    public void The_next_flow_in_a_slot_begins_anew()
    {
        var flows = Filled(Filled(new ObservedTraffic(Asked), 0, 12, 50), 900, 10, 70).Flows();

        Assert.Equal([12, 10], flows.Select(flow => flow.Behaviour!.Packets));
    }

    [Fact]
    public void Flows_beyond_the_limit_have_no_behaviour_and_are_counted()
    {
        var table = new BehaviourTable(ofProved: true, maximumSlots: 1);
        var (sent, flow) = (new SentPacket(Side.Low, 0, default), default(Flow));
        table.Note(0, default, sent, isFirst: true);
        table.Note(5_000, default, sent, isFirst: true);
        table.Note(5_000, default, sent, isFirst: false);

        Assert.Null(table.Of(5_000, ref flow, wasProved: false));
        Assert.Equal(1, table.NotFollowed);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("00112233445566778899aabbccddee", 0)]
    [InlineData("00000000000000000000000000000000", 1)]
    [InlineData("00112233445566778899aabbccddeeff", 121)]
    public void Disorder_is_the_entropy_in_thirtieths_of_a_bit(string hex, byte expected) =>
        Assert.Equal(expected, PayloadDisorder.Of(Convert.FromHexString(hex)));

    [Fact]
    public void The_third_payload_of_a_direction_is_measured()
    {
        var traffic = new ObservedTraffic(Asked).At(0, Datagram(true, 40)).At(1, Datagram(true, 41));
        traffic.At(2, Udp("10.0.0.1", 4_000, "10.0.0.2", 5_000, [.. Enumerable.Range(0, 64).Select(i => (byte)i)]));
        var behaviour = Filled(traffic, 3, 7, 43).Flow().Behaviour!;

        Assert.Equal(((byte?)180, (byte?)null), (behaviour.Out.Disorder, behaviour.In.Disorder));
    }

    [Fact]
    public void The_behaviour_turns_with_the_flow()
    {
        // The port is the server's: the answer was recorded before the question.
        var traffic = new ObservedTraffic(Asked);
        for (var i = 0; i < 5; i++)
            traffic.At(2 * i, Udp("10.0.0.2", 53, "10.0.0.1", 4_000, Content(300)))
                .At((2 * i) + 1, Udp("10.0.0.1", 4_000, "10.0.0.2", 53, Content(40)));
        var flow = traffic.Flow();

        Assert.Equal(53, flow.Responder.Port);
        Assert.Equal((200L, 1_500L), (flow.Behaviour!.Out.PayloadBytes, flow.Behaviour.In.PayloadBytes));
    }

    [Theory]
    [InlineData("lync-edge/firewall-inside.pcapng")]
    [InlineData("media/sip.pcap")]
    public void Counters_are_those_of_the_flow(string capture)
    {
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Open([Repository.PathOf("captures", capture)], () => Stream.Null);
        TrafficObserver.Observe(captures, Asked, flows.Add, null, CancellationToken.None);

        flows.RemoveAll(flow => flow.Behaviour is null);
        foreach (var flow in flows.Where(flow => flow is { Duplicates: 0, IsFragmented: false }))
        {
            var behaviour = flow.Behaviour!;
            Assert.True(behaviour.Out.Filled + behaviour.In.Filled >= FlowBehaviour.MinimumFilled);
            Assert.Equal(flow.Out.Packets + flow.In.Packets, behaviour.Packets);
            Assert.Equal((flow.Out.PayloadBytes, flow.In.PayloadBytes),
                (behaviour.Out.PayloadBytes, behaviour.In.PayloadBytes));
            Assert.Equal(flow.Out.Packets, behaviour.Out.Empty + behaviour.Out.Filled);
            Assert.Equal(Math.Max(0, behaviour.Out.Filled - 1), behaviour.Out.Gaps.Sum());
        }

        Assert.NotEmpty(flows);
    }

    [Theory]
    [InlineData("lync-edge/firewall-inside.pcapng")]
    [InlineData("media/sip.pcap")]
    public void Where_only_unproved_flows_are_counted_proved_ones_are_not(string capture)
    {
        var all = Read(capture, BehaviourCounting.All);
        var unproved = Read(capture, BehaviourCounting.Unproved);

        Assert.Equal(all.Count, unproved.Count);
        foreach (var (one, other) in all.Zip(unproved))
        {
            var isProved = one.ProtocolBasis is IdentificationBasis.Payload or IdentificationBasis.Handshake;
            Assert.Equal(isProved ? null : one.Behaviour?.Packets, other.Behaviour?.Packets);
        }

        Assert.Contains(all, flow => flow.Behaviour is not null);
    }

    [Fact]
    public void Where_only_unproved_flows_are_counted_they_count_as_ever()
    {
        var options = new ObserverOptions { Behaviour = BehaviourCounting.Unproved };
        var traffic = new ObservedTraffic(options).At(0, Segment(false, 0)).At(0.1, Segment(true, 0));
        for (var i = 0; i < 11; i++)
            traffic.At(i + 1, Segment(true, 10));
        var behaviour = traffic.Flow().Behaviour!;

        Assert.Equal((13, 1, 1), (behaviour.Packets, behaviour.Out.Empty, behaviour.In.Empty));
    }

    [Theory]
    [InlineData(BehaviourCounting.All, true)]
    [InlineData(BehaviourCounting.Unproved, false)]
    public void A_flow_whose_name_was_withdrawn_is_not_counted_by_halves(BehaviourCounting counting, bool expected)
    {
        // A request for a remote desktop, answered by what no such server sends: nothing names the connection.
        var request = Convert.FromHexString(
            "0300002B26E00000000000436F6F6B69653A206D737473686173683D61646D696E0D0A0100080001000000");
        _sequence = 101;
        var traffic = new ObservedTraffic(new ObserverOptions { Behaviour = counting })
            .At(0, Tcp("10.0.0.1", 4_000, "10.0.0.2", 5_000, TcpFlags.Syn, 100))
            .At(0.1, Tcp("10.0.0.2", 5_000, "10.0.0.1", 4_000, TcpFlags.Syn | TcpFlags.Ack, 500, 101))
            .At(0.2, Tcp("10.0.0.1", 4_000, "10.0.0.2", 5_000, TcpFlags.Ack, NextSequence(request.Length), 501,
                request))
            .At(0.3, Tcp("10.0.0.2", 5_000, "10.0.0.1", 4_000, TcpFlags.Ack, 501, _sequence, [0]));
        for (var i = 0; i < 12; i++)
            traffic.At(i + 1, Segment(true, 10));
        traffic.At(14, Tcp("10.0.0.2", 5_000, "10.0.0.1", 4_000, TcpFlags.Ack | TcpFlags.Fin, 502, _sequence));
        var flow = traffic.Flow();

        Assert.Equal((null, "rdp"), (flow.Protocol, flow.Declined));
        Assert.Equal(expected, flow.Behaviour is not null);
    }

    private static List<FlowRecord> Read(string capture, BehaviourCounting counting)
    {
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Open([Repository.PathOf("captures", capture)], () => Stream.Null);
        TrafficObserver.Observe(captures, new ObserverOptions { Behaviour = counting }, flows.Add, null,
            CancellationToken.None);
        return [.. flows.OrderBy(flow => flow.Id)];
    }

    /// <summary>Datagrams of one size from the originator, every 50 ms.</summary>
    private ObservedTraffic Filled(ObservedTraffic traffic, double from, int count, int size)
    {
        for (var i = 0; i < count; i++)
            traffic.At(from + (i * 0.05), Datagram(true, size));
        return traffic;
    }

    private byte[] Datagram(bool isOut, int size) => isOut
        ? Udp("10.0.0.1", 4_000, "10.0.0.2", 5_000, Content(size))
        : Udp("10.0.0.2", 5_000, "10.0.0.1", 4_000, Content(size));

    private byte[] Segment(bool isOut, int size) => isOut
        ? Tcp("10.0.0.1", 4_000, "10.0.0.2", 5_000, TcpFlags.Ack, NextSequence(size), payload: Content(size))
        : Tcp("10.0.0.2", 5_000, "10.0.0.1", 4_000, TcpFlags.Ack, payload: Content(size));

    private uint NextSequence(int size) => (_sequence += (uint)size) - (uint)size;

    /// <summary>Bytes no other datagram has, as equal ones within a moment count as recorded twice.</summary>
    private byte[] Content(int size)
    {
        var content = new byte[size];
        var number = ++_datagrams;
        for (var i = 0; i < Math.Min(size, 3); i++)
            content[i] = (byte)(number >> (8 * i));
        return content;
    }
}
