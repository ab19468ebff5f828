using System.Collections.Immutable;
using System.Text.Json;
using PortAudit.Audit.Findings;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class DisplayFilterOracleTests
{
    /// <summary>Captures that are audited are smaller, in bytes: tshark reads each of them once for every
    /// finding.</summary>
    private const long MaximumBytes = 300_000;

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void A_filter_selects_the_packets_of_its_flows_and_no_others()
    {
        var capture = Path.Combine(Repository.Corpus!, "OISF_suricata-verify__ftp-passive-mode.pcap");
        var packets = Tshark.Fields(capture, "tcp", "frame.number", "ip.src", "tcp.srcport", "ip.dst", "tcp.dstport")
            .Select(fields => (Number: long.Parse(fields[0], System.Globalization.CultureInfo.InvariantCulture),
                A: $"{fields[1]}:{fields[2]}", B: $"{fields[3]}:{fields[4]}"))
            .ToList();
        var flows = packets.GroupBy(packet => string.CompareOrdinal(packet.A, packet.B) < 0
            ? $"{packet.A} tcp {packet.B}"
            : $"{packet.B} tcp {packet.A}").ToList();

        Assert.True(flows.Count > 1);
        foreach (var flow in flows)
        {
            var filter = DisplayFilter.OfFlows([FlowTuple.Of(Of(flow.Key))], FilterGrain.Exact);
            Assert.Equal(flow.Select(packet => packet.Number), Tshark.Select(capture, filter));
        }

        var all = DisplayFilter.OfFlows([.. flows.Select(flow => FlowTuple.Of(Of(flow.Key)))], FilterGrain.Exact);
        Assert.Equal(packets.Select(packet => packet.Number), Tshark.Select(capture, all));
    }

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void The_filter_of_a_finding_selects_as_many_frames_as_it_has()
    {
        var different = new List<string>();
        foreach (var capture in Directory.EnumerateFiles(Repository.Corpus!).Order(StringComparer.Ordinal)
            .Where(file => new FileInfo(file).Length < MaximumBytes))
        {
            var run = CommandRun.Of("audit", capture, "--quiet", "--json", "-");
            if (run.Output.Length == 0)
                continue; // no capture
            using var report = JsonDocument.Parse(run.Output);
            foreach (var finding in report.RootElement.GetProperty("findings").EnumerateArray())
            {
                var evidence = finding.GetProperty("evidence");
                var filter = evidence.GetProperty("filter").GetString() ?? "";
                if (filter.Length == 0 || IsCoarse(finding))
                    continue;
                var listed = evidence.GetProperty("frames").EnumerateArray()
                    .SelectMany(frames => frames.GetProperty("numbers").EnumerateArray())
                    .Select(number => number.GetInt64()).ToList();
                var selected = Tshark.Select(capture, filter, "-o", "ip.defragment:TRUE");
                if (selected.Count != listed.Count + evidence.GetProperty("frames_not_listed").GetInt64()
                    || listed.Except(selected).Any())
                    different.Add($"{Path.GetFileName(capture)} {finding.GetProperty("id")}: {filter}");
            }
        }

        // Two flows of the same ends, 21 years apart by the times of the file.
        Assert.DoesNotContain(different,
            line => !line.Contains("smb_data_print-segv", StringComparison.Ordinal));
    }

    private static bool IsCoarse(JsonElement finding) => finding.GetProperty("explanation").GetString()!
        .Contains("the filter leaves ports or hosts out", StringComparison.Ordinal);

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void A_filter_of_frames_selects_exactly_them()
    {
        var capture = Path.Combine(Repository.Corpus!, "OISF_suricata-verify__ftp-passive-mode.pcap");
        ImmutableArray<long> numbers = [1, 4, 7];

        Assert.Equal(numbers.AsEnumerable(), Tshark.Select(capture, DisplayFilter.OfFrames(numbers)));
    }

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Every_form_of_filter_is_one_that_tshark_understands()
    {
        var capture = Path.Combine(Repository.Corpus!, "OISF_suricata-verify__ftp-passive-mode.pcap");
        string[] flows = ["1.0.0.1:5 tcp 1.0.0.2:6", "1.0.0.1:6 tcp 1.0.0.2:6", "1.0.0.1:7 tcp 1.0.0.2:6",
            "1.0.0.1:123 udp 1.0.0.2:123", "[2001:db8::1]:5 udp [2001:db8::2]:6", "1.0.0.1:5 sctp 1.0.0.2:6",
            "1.0.0.1:8 icmp 1.0.0.2:0", "[::1]:128 icmp6 [::2]:0", "1.0.0.1:0 ip:47 1.0.0.2:0"];
        foreach (var grain in Enum.GetValues<FilterGrain>())
        {
            var tuples = flows.Select(flow => FlowTuple.Of(Of(flow)) with { Vlan = VlanTags.None.Push(5) })
                .SelectMany(tuple => new[] { tuple, tuple with { IsFragmented = true } });
            _ = Tshark.Select(capture, DisplayFilter.OfFlows([.. tuples], grain));
        }
    }
}
