using System.Text.Json.Nodes;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>The audit of the sample captures finds the faults that the lab built into them, each once, and nothing
/// else.</summary>
public sealed class LyncEdgeAuditTests
{
    private static readonly Lazy<JsonObject> Report = new(() => LyncEdge.Audit(LyncEdge.Outside, LyncEdge.Inside));

    [Fact]
    public void The_findings_are_the_deliberate_faults_each_once()
    {
        var expected = DeliberateFault.All.Select(fault =>
            $"{fault.Kind} {fault.Rule} {fault.Transport}/{fault.Port} {fault.Verdict}");
        var actual = Findings().Select(finding =>
            $"{finding["kind"]} {finding["rule"]} {finding["transport"]}/{finding["port"]} {finding["verdict"]}");

        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_finding_counts_the_attempts_and_names_the_hosts_and_the_capture_of_its_fault()
    {
        foreach (var fault in DeliberateFault.All)
        {
            var finding = Findings().Single(candidate =>
                (string?)candidate["kind"] == fault.Kind && (string?)candidate["rule"] == fault.Rule);
            var captures = finding["evidence"]!["frames"]!.AsArray()
                .Select(frames => Path.GetFileName((string?)frames!["capture"]));

            Assert.Equal(fault.Attempts, (long)finding["flows"]!);
            Assert.Equal(fault.Attempts > 0 ? [fault.Capture] : [], captures);
            Assert.Equal(fault.Attempts > 0 ? fault.From : [], Addresses(finding["originators"]!));
            Assert.Equal(fault.Attempts > 0 ? fault.To : [], Addresses(finding["responders"]!));
        }
    }

    [Fact]
    public void Every_required_rule_that_is_no_fault_was_exercised()
    {
        var faulty = DeliberateFault.All.Select(fault => fault.Rule).ToHashSet(StringComparer.Ordinal);
        var exercised = Report.Value["rules"]!.AsArray()
            .Where(row => (string?)row!["status"] is "seen" or "seen-by-port")
            .Select(row => (string)row!["id"]!)
            .ToHashSet(StringComparer.Ordinal);
        var missing = Report.Value["rules"]!.AsArray()
            .Where(row => (string?)row!["need"] is "required" or "conditional"
                && (string?)row["status"] is not ("not-applicable" or "window-too-short" or "not-observable"))
            .Select(row => (string)row!["id"]!)
            .Where(id => !exercised.Contains(id) && !faulty.Contains(id));

        Assert.Empty(missing);
    }

    [NeedsFact(Part.Tshark)]
    public void Every_evidence_filter_selects_exactly_the_frames_it_names()
    {
        foreach (var frames in Findings().SelectMany(finding => finding["evidence"]!["frames"]!.AsArray()))
        {
            var numbers = frames!["numbers"]!.AsArray().Select(number => (long)number!).ToList();

            Assert.NotEmpty(numbers);
            Assert.Equal(numbers, Tshark.Select((string)frames["capture"]!, (string)frames["filter"]!));
        }
    }

    [NeedsFact(Part.Tshark)]
    public void The_filter_of_a_finding_selects_all_packets_of_its_flows()
    {
        var flows = FlowRows.Of(LyncEdge.Outside, LyncEdge.Inside);
        foreach (var finding in Findings().Where(finding => (long)finding["flows"]! > 0))
        {
            var filter = (string)finding["evidence"]!["filter"]!;
            var selected = new[] { LyncEdge.Outside, LyncEdge.Inside }
                .Sum(capture => Tshark.Fields(capture, $"({filter}) && !icmp", "frame.number").Count);

            Assert.Equal(flows.Where(flow => Belongs(flow, finding)).Sum(flow => flow.Packets), selected);
        }
    }

    [Fact]
    public void The_same_command_twice_writes_the_same_bytes() =>
        Assert.Equal(LyncEdge.Audit(LyncEdge.Outside, LyncEdge.Inside).ToJsonString(),
            LyncEdge.Audit(LyncEdge.Outside, LyncEdge.Inside).ToJsonString());

    [Fact]
    public void The_order_of_the_captures_changes_nothing() =>
        Assert.Equal(LyncEdge.Comparable(Report.Value),
            LyncEdge.Comparable(LyncEdge.Audit(LyncEdge.Inside, LyncEdge.Outside)));

    [NeedsFact(Part.Tshark)]
    public void Captures_split_into_several_files_change_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("portaudit-").FullName;
        try
        {
            SplitCapture.Split(LyncEdge.Outside, Path.Combine(folder, "outside.pcap"), framesEach: 150);
            SplitCapture.Split(LyncEdge.Inside, Path.Combine(folder, "inside.pcapng"), framesEach: 200);
            var parts = Directory.GetFiles(folder);

            Assert.True(parts.Length > 4);
            Assert.Equal(LyncEdge.Comparable(Report.Value),
                LyncEdge.Comparable(LyncEdge.Audit([.. parts.OrderDescending(StringComparer.Ordinal)])));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_command_of_the_readme_reports_them_and_exits_1()
    {
        var command = File.ReadLines(Repository.PathOf("README.md")).Single(line =>
            line.StartsWith("dotnet run -c Release --project src/PortAudit.Cli -- audit", StringComparison.Ordinal));
        var arguments = command.Split(" -- ")[1].Split(' ')
            .Select(word => word.StartsWith("captures/", StringComparison.Ordinal) ? Repository.PathOf(word) : word);
        var run = CommandRun.Of([.. arguments]);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Errors);
        Assert.All(DeliberateFault.All, fault => Assert.Contains(fault.Kind, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void The_text_of_the_report_is_the_one_that_was_read()
    {
        // Paths stand in the text and decide where its lines break: those from here to the captures are the same in
        // every checkout.
        var here = Directory.GetCurrentDirectory();
        var run = CommandRun.Of("audit", Path.GetRelativePath(here, LyncEdge.Outside),
            Path.GetRelativePath(here, LyncEdge.Inside), "--site", Path.GetRelativePath(here, LyncEdge.Site));

        Golden.Equal("EndToEnd/Golden/lync-edge.txt", run.Output);
        var first = run.Output[..run.Output.IndexOf("\nFindings\n", StringComparison.Ordinal)];
        Assert.Contains($"```\n{first}```\n", File.ReadAllText(Repository.PathOf("README.md")),
            StringComparison.Ordinal);
    }

    private static IEnumerable<JsonObject> Findings() =>
        Report.Value["findings"]!.AsArray().Select(finding => finding!.AsObject());

    private static bool Belongs(FlowRows flow, JsonObject finding) =>
        flow.Transport == (string)finding["transport"]!
        && flow.ResponderPort == finding["port"]!.ToString()
        && finding["originators"]!.ToJsonString().Contains($"\"{flow.Originator}\"", StringComparison.Ordinal)
        && finding["responders"]!.ToJsonString().Contains($"\"{flow.Responder}\"", StringComparison.Ordinal);

    private static IEnumerable<string> Addresses(JsonNode hosts) => hosts.AsArray().Select(host => (string)host!);
}
