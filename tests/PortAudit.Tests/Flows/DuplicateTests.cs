using System.Buffers.Binary;
using PortAudit.Tests.Capture;
using PortAudit.Tests.EndToEnd;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

/// <summary>A packet that was recorded twice happened once.</summary>
public sealed class DuplicateTests : IDisposable
{
    private const int IdentificationOffset = 18;
    private const int TimeToLiveOffset = 22;
    private readonly string _folder = Directory.CreateTempSubdirectory("portaudit-").FullName;

    /// <summary>Captures of the corpus whose frames are Ethernet.</summary>
    public static TheoryData<string> EthernetCaptures =>
    [
        "OTRF_Security-Datasets__SCRANTON.cap", "ajbanjara_Wireshark__mapi.cap", "ajbanjara_Wireshark__smb2-peter.pcap",
        "ajbanjara_Wireshark__smtp.pcap",
        "ntop_nDPI__kerberos.pcap", "ntop_nDPI__smtp-starttls.pcap", "ntop_nDPI__tcp_scan.pcapng",
        "odedshimon_BruteShark__HTTP_-_NTLM.pcap", "zeek_zeek__aduser1.pcap",
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void One_datagram_recorded_twice_is_no_second_attempt()
    {
        var flow = new ObservedTraffic().At(0, Query(7)).At(0.0004, Query(7)).Flow();

        Assert.Equal((Outcome.Undecided, 1, 2), (flow.Outcome, flow.Duplicates, flow.Out.Packets));
        Assert.Equal(Outcome.Unanswered, new ObservedTraffic().At(0, Query(7)).At(0.0004, Query(8)).Flow().Outcome);
    }

    [Fact]
    public void A_packet_before_and_behind_a_router_is_one()
    {
        var behind = Query(7);
        behind[TimeToLiveOffset]--;
        behind[0] ^= 1;

        Assert.Equal(1, new ObservedTraffic().At(0, Query(7)).At(0.003, behind).Flow().Duplicates);
    }

    [Theory]
    [InlineData(7, 0.049, 1)]
    [InlineData(7, 0.051, 0)]
    [InlineData(0, 0.0009, 1)]
    [InlineData(0, 0.0011, 0)]
    public void What_has_an_identification_of_its_own_is_remembered_for_longer(ushort identification, double later,
        long duplicates) =>
        Assert.Equal(duplicates,
            new ObservedTraffic().At(0, Query(identification)).At(later, Query(identification)).Flow().Duplicates);

    [Fact]
    public void A_retransmission_with_its_own_identification_is_no_duplicate()
    {
        var flow = new ObservedTraffic().At(0, Segment(1)).At(0.0004, Segment(2)).At(0.0005, Segment(2)).Flow();

        Assert.Equal((1, 1), (flow.StreamOut.Retransmissions, flow.Duplicates));
    }

    [Fact]
    public void Payloads_tell_datagrams_apart_that_have_neither_checksum_nor_identification()
    {
        var flow = new ObservedTraffic()
            .At(0, Udp("10.0.0.1", 4000, "10.0.0.2", 4000, [1, 2, 3, 4, 5, 6, 7, 8, 9]))
            .At(0, Udp("10.0.0.1", 4000, "10.0.0.2", 4000, [1, 2, 3, 4, 5, 6, 7, 8, 8]))
            .Flow();

        Assert.Equal(0, flow.Duplicates);
    }

    [Theory]
    [InlineData(1, 2, 0)]
    [InlineData(1, 1, 1)]
    public void What_a_tunnel_carries_tells_its_packets_apart(uint sequence, uint next, long duplicates)
    {
        var traffic = new ObservedTraffic().At(0, Tunnelled(sequence)).At(0.004, Tunnelled(next));
        var flows = traffic.Flows();

        Assert.Equal([duplicates, duplicates, duplicates], flows.Select(flow => flow.Duplicates));
        Assert.Equal(duplicates, traffic.Points.Single().Duplicates);
    }

    [Fact]
    public void Headers_that_were_cut_away_are_not_taken_for_equal()
    {
        const int UpToPorts = 14 + 40 + 4;
        var (one, other) = (Tcp("2001:db8::1", 4000, "2001:db8::2", 80, TcpFlags.Ack, 1),
            Tcp("2001:db8::1", 4000, "2001:db8::2", 80, TcpFlags.Ack, 2));
        var flow = new ObservedTraffic().At(0, one[..UpToPorts], originalLength: one.Length)
            .At(0, other[..UpToPorts], originalLength: other.Length).Flow();

        Assert.Equal(0, flow.Duplicates);
    }

    [Fact]
    public void Dropped_duplicates_are_in_no_column_and_still_counted()
    {
        var traffic = new ObservedTraffic(new ObserverOptions { DropDuplicates = true }).At(0, Query(7))
            .At(0.0004, Query(7)).At(0.1, Query(8));
        var flow = traffic.Flow();

        Assert.Equal((1, 2, Outcome.Unanswered), (flow.Duplicates, flow.Out.Packets, flow.Outcome));
        Assert.Equal((3, 1), (traffic.Points.Single().Packets, traffic.Points.Single().Duplicates));
    }

    [Fact]
    public void Frames_that_are_kept_while_they_pass_are_those_that_are_counted()
    {
        Assert.Equal([1, 2, 3], Kept(drop: false));
        Assert.Equal([1, 3], Kept(drop: true));
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 2)]
    public void The_second_pass_lists_a_duplicate_as_often_as_it_is_counted(bool drop, int listed)
    {
        var path = PcapFile.Write(Path.Combine(_folder, "a.pcap"), [(1, Query(7)), (1, Query(7)), (2, Query(8))]);
        var options = new ObserverOptions { DropDuplicates = drop };
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        var flows = new List<FlowRecord>();
        TrafficObserver.Observe(captures, options, flows.Add, null, CancellationToken.None);
        var frames = EvidencePass.Find(captures, options, flows, long.MaxValue, null,
            CancellationToken.None)[Assert.Single(flows).Id];

        Assert.Equal((listed, 0), (frames.Frames.Length, frames.NotListed));
    }

    [Fact]
    public void Nothing_allocates()
    {
        var filter = new DuplicateFilter();
        var frame = Segment(1);
        PacketDecoder.Decode(frame, LinkType.Ethernet, frame.Length, out var packet);
        var time = 0L;

        Assert.Equal(0, Allocation.Least(() => filter.Repeats(1, Side.Low, packet, [], time++)));
    }

    [Fact]
    public void The_sample_recorded_twice_has_the_same_flows_but_for_packets_and_bytes() =>
        AssertSameWhenRepeated(LyncEdge.Outside);

    [NeedsTheory(Part.Corpus, Part.Tshark)]
    [MemberData(nameof(EthernetCaptures))]
    public void A_real_capture_recorded_twice_has_the_same_flows_but_for_packets_and_bytes(string name) =>
        AssertSameWhenRepeated(Corpus.PathOf(name));

    /// <summary>A segment in VXLAN in GRE (RFC 2784 §2.1, RFC 7348 §5). The Identification of the three headers never
    /// changes.</summary>
    private static byte[] Tunnelled(uint sequence)
    {
        var segment = Identified(Tcp("10.0.0.9", 40000, "10.0.0.2", 443, TcpFlags.Ack, sequence));
        byte[] overlay = [8, 0, 0, 0, 0, 0, 5, 0, .. segment];
        var outer = Identified(Udp("198.51.100.1", 50001, "198.51.100.2", 4789, overlay));
        return Identified(Ip("192.0.2.1", "192.0.2.2", new IpProtocol(47), [0, 0, 8, 0, .. outer[14..]], null));

        static byte[] Identified(byte[] frame)
        {
            frame[IdentificationOffset + 1] = 7;
            return frame;
        }
    }

    private static IEnumerable<long> Kept(bool drop) => new ObservedTraffic(new ObserverOptions
    {
        DropDuplicates = drop,
        KeepFrames = true
    })
        .At(0, Query(7)).At(0.0004, Query(7)).At(0.1, Query(8)).Flow().Frames.Select(frame => frame.Number);

    [Fact]
    public void Times_at_the_ends_of_what_there_is_are_no_copies()
    {
        var early = new ObservedTraffic();
        early.AtNs(0, Query(7));
        early.AtNs(long.MinValue, Query(7));
        early.AtNs(long.MaxValue, Query(7));

        Assert.All(early.Flows(), flow => Assert.Equal(0, flow.Duplicates));
    }

    private static byte[] Query(ushort identification) =>
        Identified(Udp("10.0.0.1", 4000, "10.0.0.2", 4000, [1]), identification);

    private static byte[] Segment(ushort identification) =>
        Identified(Tcp("10.0.0.1", 4000, "10.0.0.2", 4000, TcpFlags.Ack, 1, 1, [1, 2]), identification);

    private static byte[] Identified(byte[] frame, ushort identification)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(IdentificationOffset), identification);
        return frame;
    }

    private void AssertSameWhenRepeated(string capture)
    {
        var once = Observe(RepeatedCapture.Write(capture, isRepeated: false)!, drop: false);
        var twice = RepeatedCapture.Write(capture, isRepeated: true)!;

        Assert.NotEmpty(once);
        Assert.Equal(once.Select(WithoutCounts), Observe(twice, drop: false).Select(WithoutCounts));
        Assert.Equal(once.Select(flow => (flow.Out.Packets * 2, flow.In.Bytes * 2)),
            Observe(twice, drop: false).Select(flow => (flow.Out.Packets, flow.In.Bytes)));

        // What is in the file twice by itself is dropped with the rest.
        var dropped = Observe(twice, drop: true);
        Assert.Equal(once.Select(flow => flow.Out.Packets + flow.In.Packets - flow.Duplicates),
            dropped.Select(flow => flow.Out.Packets + flow.In.Packets));
        Assert.Equal(once.Select(WithoutCounts), dropped.Select(WithoutCounts));
    }

    private static string WithoutCounts(FlowRecord flow) =>
        $"{flow.FlowId} {flow.Originator} {flow.Responder} {flow.DirectionBasis} {flow.Outcome} {flow.StoppedBy} "
            + $"{flow.StoppedHow} {flow.History} {flow.SynCount} {flow.Protocol} {flow.ProtocolBasis} {flow.Service} "
            + $"{flow.StreamOut} {flow.StreamIn}";

    private List<FlowRecord> Observe(byte[] capture, bool drop)
    {
        var path = Path.Combine(_folder, "repeated.pcap");
        File.WriteAllBytes(path, capture);
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        var flows = new List<FlowRecord>();
        TrafficObserver.Observe(captures, new ObserverOptions { DropDuplicates = drop }, flows.Add, null,
            CancellationToken.None);
        return [.. flows.OrderBy(flow => flow.Id)];
    }
}
