using System.Globalization;

namespace PortAudit.Tests.EndToEnd;

/// <summary>The flow table agrees with tshark's fields, packet by packet and byte by byte.</summary>
public sealed class FlowTruthTests
{
    [NeedsFact(Part.Tshark)]
    public void The_flows_of_the_samples_are_tsharks_conversations()
    {
        foreach (var capture in new[] { LyncEdge.Outside, LyncEdge.Inside })
        {
            var truth = Conversations(capture);

            Assert.NotEmpty(truth);
            Assert.Equal(truth, Ours(capture));
        }
    }

    [NeedsFact(Part.Tshark)]
    public void The_community_ids_are_tsharks()
    {
        foreach (var capture in new[] { LyncEdge.Outside, LyncEdge.Inside })
        {
            var theirs = Tshark.CommunityIds(capture);
            var ours = FlowRows.Of(capture).Select(flow => flow.CommunityId).ToHashSet(StringComparer.Ordinal);

            Assert.NotEmpty(theirs);
            Assert.Equal(theirs, ours);
        }
    }

    private static SortedDictionary<string, (long Packets, long Bytes)> Ours(string capture)
    {
        var sums = new SortedDictionary<string, (long Packets, long Bytes)>(StringComparer.Ordinal);
        foreach (var flow in FlowRows.Of(capture).Where(flow => flow.Transport is "tcp" or "udp"))
            Add(sums, Key(flow.Transport, $"{flow.Originator} {flow.OriginatorPort}",
                $"{flow.Responder} {flow.ResponderPort}"), flow.Packets, flow.Bytes);
        return sums;
    }

    private static SortedDictionary<string, (long Packets, long Bytes)> Conversations(string capture)
    {
        var sums = new SortedDictionary<string, (long Packets, long Bytes)>(StringComparer.Ordinal);
        foreach (var row in Tshark.Fields(capture, "(tcp || udp) && !icmp && !icmpv6", "ip.proto", "ip.src",
            "tcp.srcport", "udp.srcport", "ip.dst", "tcp.dstport", "udp.dstport", "frame.len"))
        {
            var key = Key(row[0] == "6" ? "tcp" : "udp", $"{row[1]} {row[2]}{row[3]}", $"{row[4]} {row[5]}{row[6]}");
            Add(sums, key, 1, long.Parse(row[7], CultureInfo.InvariantCulture));
        }

        return sums;
    }

    private static void Add(SortedDictionary<string, (long Packets, long Bytes)> sums, string key, long packets,
        long bytes)
    {
        var known = sums.GetValueOrDefault(key);
        sums[key] = (known.Packets + packets, known.Bytes + bytes);
    }

    private static string Key(string transport, string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? $"{transport} {one} {other}" : $"{transport} {other} {one}";
}
