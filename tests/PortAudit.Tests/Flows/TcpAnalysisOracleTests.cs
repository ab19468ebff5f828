using PortAudit.Tests.Capture;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Flows;

/// <summary>Our counts of what did not come once and in order against tshark's analysis of the same connections,
/// direction by direction.</summary>
/// <remarks>
/// tshark calls a segment that repeats or fills something out of order or retransmitted by guessing from round-trip
/// times; here what was seen before is a retransmission, and what fills a hole is one or the other by its delay. So the
/// sum of both is compared. Other differences, each with its reason, are in docs/decisions/008-tcp-sequence.md;
/// captures with packets that are recorded twice are left out, as tshark takes those for retransmissions.
/// </remarks>
public sealed class TcpAnalysisOracleTests
{
    /// <summary>Damaged on purpose: sequence numbers are noise.</summary>
    private const string Fuzzed = "ntop_nDPI__fuzz-2006-06-26-2594.pcap";

    [NeedsTheory(Part.Corpus, Part.Tshark)]
    [MemberData(nameof(Corpus.Captures), MemberType = typeof(Corpus))]
    public void Repeated_and_late_segments_keep_alives_and_jumps_are_those_of_tshark(string name)
    {
        var flows = Observe(Corpus.PathOf(name));
        if (name == Fuzzed || flows.Any(flow => flow.Duplicates > 0))
            return;

        var (ours, theirs) = (Ours(flows), Theirs(Corpus.PathOf(name)));
        Assert.Equal(theirs.Keys,
            ours.Keys.Where(key => ours[key] with { Gaps = 0 } != default || theirs.ContainsKey(key)));
        Assert.All(theirs, their => AssertAgree(their.Key, their.Value, ours[their.Key]));
    }

    /// <summary>Where an acknowledgment went beyond what was seen, tshark counts the next segment as a jump; here the
    /// range is a gap already.</summary>
    private static void AssertAgree(string key, Counts theirs, Counts ours)
    {
        Assert.Equal((key, theirs.Again, theirs.KeepAlives, theirs.WindowProbes),
            (key, ours.Again, ours.KeepAlives, ours.WindowProbes));
        Assert.InRange(theirs.Jumps, ours.Jumps, ours.Jumps + ours.Gaps);
    }

    private static List<FlowRecord> Observe(string path)
    {
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, null, CancellationToken.None);
        flows.RemoveAll(flow => flow.Transport != IpProtocol.Tcp || flow.Level > 0 || flow.Tunnel is not null);
        return flows;
    }

    private static SortedDictionary<string, Counts> Ours(List<FlowRecord> flows)
    {
        var sums = new SortedDictionary<string, Counts>(StringComparer.Ordinal);
        foreach (var flow in flows)
        {
            Add(sums, flow.Originator, flow.Responder, flow.StreamOut);
            Add(sums, flow.Responder, flow.Originator, flow.StreamIn);
        }

        return sums;
    }

    private static void Add(SortedDictionary<string, Counts> sums, Endpoint from, Endpoint to,
        in StreamCounters stream) =>
        Add(sums, $"{from.Address} {from.Port} {to.Address} {to.Port}", new Counts(stream.Retransmissions
            + stream.OutOfOrder, stream.KeepAlives, stream.WindowProbes, stream.Jumps, stream.Gaps));

    /// <summary>Segments without payload that are sent again (SYN, FIN) are not counted here.</summary>
    private static SortedDictionary<string, Counts> Theirs(string path)
    {
        var sums = new SortedDictionary<string, Counts>(StringComparer.Ordinal);
        string[] fields =
        [
            "ip.src", "ipv6.src", "tcp.srcport", "ip.dst", "ipv6.dst", "tcp.dstport", "tcp.len",
            "tcp.analysis.retransmission", "tcp.analysis.out_of_order", "tcp.analysis.keep_alive",
            "tcp.analysis.zero_window_probe", "tcp.analysis.lost_segment",
        ];
        const string OutsideOfTunnels = "tcp && !icmp && !icmpv6 && !gre && !udp && !(ip.proto == 4) && !(ip.proto == "
            + "41) && !(ipv6.nxt == 4) && !(ipv6.nxt == 41)";
        foreach (var row in Tshark.Fields(path, OutsideOfTunnels, fields))
        {
            var hasPayload = row[6] is not ("" or "0");
            var key = $"{row[0]}{row[1]} {row[2]} {row[3]}{row[4]} {row[5]}";
            Add(sums, key, new Counts(hasPayload ? Flag(row[7]) | Flag(row[8]) : 0, Flag(row[9]), Flag(row[10]),
                Flag(row[11]), Gaps: 0));
        }

        return sums;
    }

    private static long Flag(string field) => field.Length > 0 ? 1 : 0;

    private static void Add(SortedDictionary<string, Counts> sums, string key, Counts counts)
    {
        if (counts == default)
            return;
        var known = sums.GetValueOrDefault(key);
        sums[key] = new Counts(known.Again + counts.Again, known.KeepAlives + counts.KeepAlives,
            known.WindowProbes + counts.WindowProbes, known.Jumps + counts.Jumps, known.Gaps + counts.Gaps);
    }

    private readonly record struct Counts(long Again, long KeepAlives, long WindowProbes, long Jumps, long Gaps);
}
