using System.Globalization;
using PortAudit.Tests.Capture;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Flows;

/// <summary>
/// The time to the first answer against the times that tshark gives for the frames of the same conversation. Compared
/// are conversations that both sides take for one: where one of them cuts a conversation in two, there is no pair to
/// compare.
/// </summary>
public sealed class AnswerDelayOracleTests
{
    /// <summary>Frames outside of tunnels and of fragments.</summary>
    private const string Plain = "(tcp || udp) && !icmp && !icmpv6 && !gre && !vxlan && !teredo && !gtp && !(udp && "
        + "tcp) && !(ip.flags.mf == 1) && !(ip.frag_offset > 0) && !ipv6.fraghdr && !(ip.proto == 4) && !(ip.proto == "
        + "41) && !(ipv6.nxt == 4) && !(ipv6.nxt == 41)";

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Delays_are_those_between_tsharks_first_frames()
    {
        var compared = 0;
        foreach (var capture in new[]
        {
            "OTRF_Security-Datasets__SCRANTON.cap",
            "OTRF_Security-Datasets__purplesharp_ad_playbook_I_2020-10-22042947.cap", "ajbanjara_Wireshark__mapi.cap",
            "ajbanjara_Wireshark__nb6-startup.pcap",
            "odedshimon_BruteShark__SIP_CALL_RTP_G711.pcap", "odedshimon_BruteShark__Kerberos_-_v5_UDP.pcap",
            "corelight_zerologon__CVE-2020-1472_test_win2019.pcap", "apache_drill__testv1.pcap",
            "ntop_nDPI__teams.pcap", "ntop_nDPI__kerberos.pcap",
        })
        {
            var path = Corpus.PathOf(capture);
            var theirs = Theirs(path);
            foreach (var (key, flow) in Ours(path))
            {
                if (!theirs.TryGetValue(key, out var their))
                    continue;
                compared += their is null ? 0 : 1;
                Assert.True(their is { } ns ? AnswerDelay.Between(0, ns) == flow.Answer : flow.Answer.Ns is null,
                    $"{capture} {key}: tshark {their} ns, here {flow.Answer.Ns} ns");
            }
        }

        Assert.InRange(compared, 300, int.MaxValue);
    }

    /// <summary>Flows by their ends, the originator's first; those that share their ends are left out.</summary>
    private static Dictionary<string, FlowRecord> Ours(string path)
    {
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, null, CancellationToken.None);
        return flows
            .Where(flow => flow is { Level: 0, Tunnel: null } && flow.Transport.HasPorts)
            .GroupBy(flow => Unordered($"{flow.Transport} {flow.Originator.Address} {flow.Originator.Port}",
                $"{flow.Transport} {flow.Responder.Address} {flow.Responder.Port}"))
            .Where(group => group.Count() == 1)
            .Select(group => group.Single())
            .ToDictionary(flow => $"{flow.Transport} {flow.Originator.Address} {flow.Originator.Port} > "
                + $"{flow.Responder.Address} {flow.Responder.Port}");
    }

    /// <summary>For each conversation of tshark, both ways, the time from the first frame of one end to that of the
    /// other in nanoseconds; null where there is none by the rules of <see cref="FlowRecord.Answer"/>.</summary>
    private static Dictionary<string, long?> Theirs(string path)
    {
        string[] fields = ["ip.src", "ipv6.src", "tcp.srcport", "udp.srcport", "ip.dst", "ipv6.dst", "tcp.dstport",
            "udp.dstport", "tcp.stream", "udp.stream", "frame.time_epoch", "tcp.flags.syn", "tcp.flags.ack"];
        var ends = new Dictionary<string, (long FirstNs, bool HasSyn)>();
        var streams = new Dictionary<string, HashSet<string>>();
        foreach (var row in Tshark.Fields(path, Plain, fields))
        {
            var transport = row[8].Length > 0 ? "tcp" : "udp";
            var (from, to) = ($"{row[0]}{row[1]} {row[2]}{row[3]}", $"{row[4]}{row[5]} {row[6]}{row[7]}");
            var stream = $"{transport} {row[8]}{row[9]}";
            var isSyn = IsSet(row[11]) && !IsSet(row[12]);
            if (!ends.TryGetValue($"{transport} {from} > {to}", out var end))
                end = (Nanoseconds(row[10]), false);
            ends[$"{transport} {from} > {to}"] = end with { HasSyn = end.HasSyn || isSyn };
            var pair = Unordered($"{transport} {from}", $"{transport} {to}");
            if (!streams.TryGetValue(pair, out var known))
                streams.Add(pair, known = []);
            known.Add(stream);
        }

        var delays = new Dictionary<string, long?>();
        foreach (var (key, end) in ends)
        {
            var parts = key.Split(' ', 2);
            var names = parts[1].Split(" > ");
            if (names[0] == names[1]
                || streams[Unordered($"{parts[0]} {names[0]}", $"{parts[0]} {names[1]}")].Count > 1)
                continue;
            var isAnswered = ends.TryGetValue($"{parts[0]} {names[1]} > {names[0]}", out var other)
                && other.FirstNs >= end.FirstNs && (parts[0] != "tcp" || end.HasSyn);
            delays.Add(key, isAnswered ? other.FirstNs - end.FirstNs : null);
        }

        return delays;
    }

    private static bool IsSet(string flag) => flag is "1" or "True";

    private static string Unordered(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? $"{one} {other}" : $"{other} {one}";

    private static long Nanoseconds(string epoch) =>
        (long)(decimal.Parse(epoch, CultureInfo.InvariantCulture) * 1_000_000_000m);
}
