using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Captures of which the reach of each connection is known.</summary>
public sealed class ReachCaseTests
{
    private static readonly string[] Words = ["permitted", "escaped", "blocked", "misdropped", "unanswered"];

    [NeedsFact(Part.Cases)]
    public void What_both_sides_of_a_firewall_recorded_escaped_once_and_the_rest_was_blocked()
    {
        var cases = Repository.Cases!;
        var report = LyncEdge.AuditBy(Path.Combine(cases, "site.yaml"), Path.Combine(cases, "points-outside.pcap"),
            Path.Combine(cases, "points-inside.pcap"));

        Assert.Equal([2, 2, 1, 0, 0], Sums(report));
        Assert.Equal(["3389 1 medium", "445 1 info", "9999 1 medium"], report["findings"]!.AsArray()
            .Select(finding => $"{finding!["port"]} {finding["flows"]} {finding["severity"]}")
            .Order(StringComparer.Ordinal));
    }

    [NeedsFact(Part.Cases)]
    public void A_tap_with_a_VLAN_for_each_direction_stops_nothing_and_the_option_is_named()
    {
        var cases = Repository.Cases!;
        var report =
            LyncEdge.AuditBy(Path.Combine(cases, "site.yaml"), Path.Combine(cases, "vlan-asymmetric.pcap"));

        Assert.Equal(5, (long)report["flows_judged"]!);
        Assert.Contains("--equivalent-vlans 80=81", report["coverage"]!["cannot_say"]!.ToJsonString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_with_a_VLAN_for_each_direction_gives_no_finding_that_it_does_not_give_without()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "firewall-outside.pcap");
        try
        {
            File.WriteAllBytes(file, TaggedByDirection(File.ReadAllBytes(LyncEdge.Outside), 2001, 44));
            var plain = LyncEdge.Audit(LyncEdge.Outside);
            var tagged = LyncEdge.Audit(file);

            Assert.Empty(Kinds(tagged).Except(Kinds(plain))
                .Except(["required-flow-one-way lync.access-edge.federation-in", "unexpected-traffic icmp"]));
            Assert.Equal((0L, 0L), (Sums(tagged)[2], Sums(tagged)[3]));
            Assert.Contains("--equivalent-vlans 44=2001", tagged["coverage"]!["cannot_say"]!.ToJsonString(),
                StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [Fact]
    public void Both_sides_of_the_lab_s_firewall_count_each_attempt_once()
    {
        var files = Directory.GetFiles(Repository.PathOf("captures", "firewall"), "*.pcap");
        var report = LyncEdge.AuditBy(Repository.PathOf("captures", "firewall", "site.yaml"), files);
        var closed = report["findings"]!.AsArray()
            .Single(finding => finding!["port"]?.ToString() == "3389")!;

        Assert.Equal((2L, "medium"), ((long)closed["flows"]!, (string)closed["severity"]!));
        Assert.All(report["role_pairs"]!.AsArray(), pair => Assert.Equal((long)pair!["flows"]!,
            Words.Sum(word => (long)pair["words"]![word]!) + Wordless(pair, "background")
                + Wordless(pair, "out-of-scope")));
        Assert.Equal((long)report["flows_judged"]!, report["role_pairs"]!.AsArray().Sum(pair => (long)pair!["flows"]!));
    }

    private static long Wordless(JsonNode pair, string verdict) => (long?)pair["verdicts"]![verdict] ?? 0;

    private static long[] Sums(JsonObject report) => [.. Words.Select(word =>
        report["role_pairs"]!.AsArray().Sum(pair => (long)pair!["words"]![word]!))];

    private static HashSet<string> Kinds(JsonObject report) => [.. report["findings"]!.AsArray()
        .Select(finding => $"{finding!["kind"]} {finding["rule"] ?? finding["transport"]}")];

    /// <summary>A capture of Ethernet frames with a VLAN tag behind the addresses of each: the first VLAN where the
    /// lower IPv4 address sends, else the second.</summary>
    private static byte[] TaggedByDirection(byte[] pcap, ushort low, ushort high)
    {
        const int FileHeader = 24, RecordHeader = 16, Addresses = 12, Source = 26, Destination = 30, Tag = 4;
        using var tagged = new MemoryStream();
        tagged.Write(pcap.AsSpan(0, FileHeader));
        for (var place = FileHeader; place < pcap.Length;)
        {
            var header = pcap.AsSpan(place, RecordHeader).ToArray();
            var captured = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8));
            var frame = pcap.AsSpan(place + RecordHeader, captured);
            place += RecordHeader + captured;
            var isLow = frame.Length >= Destination + 4
                && frame.Slice(Source, 4).SequenceCompareTo(frame.Slice(Destination, 4)) < 0;
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), captured + Tag);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12),
                BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12)) + Tag);
            var tag = new byte[Tag] { 0x81, 0, 0, 0 };
            BinaryPrimitives.WriteUInt16BigEndian(tag.AsSpan(2), isLow ? low : high);
            tagged.Write(header);
            tagged.Write(frame[..Addresses]);
            tagged.Write(tag);
            tagged.Write(frame[Addresses..]);
        }

        return tagged.ToArray();
    }
}
