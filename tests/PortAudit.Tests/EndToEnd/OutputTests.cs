using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using PortAudit.Tests.Capture;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.EndToEnd;

/// <summary>The files that an audit of the sample captures writes beside its text.</summary>
public sealed class OutputTests : IDisposable
{
    private static readonly string[] Formats = ["json", "csv", "markdown", "sarif", "junit"];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("csv", "csv")]
    [InlineData("json", "json")]
    [InlineData("markdown", "md")]
    [InlineData("sarif", "sarif")]
    [InlineData("junit", "junit.xml")]
    public void Each_format_reads_as_the_file_that_was_read(string format, string suffix) =>
        Golden.Equal($"EndToEnd/Golden/lync-edge.{suffix}", Audit($"--{format}", "-").Output);

    [Fact]
    public void All_formats_in_one_run_are_those_of_runs_of_their_own_and_the_exit_code_stays()
    {
        var together = Audit([.. Formats.SelectMany(format => new[] { $"--{format}", _directory[format] }),
            "--evidence", _directory["evidence.pcapng"]]);
        var alone = Audit();

        Assert.Equal((alone.ExitCode, alone.Output, ""), (together.ExitCode, together.Output, together.Error));
        Assert.Equal(Formats.Append("evidence.pcapng").Order(StringComparer.Ordinal),
            Directory.GetFiles(_directory.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        foreach (var format in Formats)
        {
            var single = Audit($"--{format}", "-");
            Assert.Equal((1, single.Output), (single.ExitCode, File.ReadAllText(_directory[format])));
        }
    }

    [Theory]
    [InlineData("medium", 1)]
    [InlineData("critical", 0)]
    [InlineData("never", 0)]
    public void Tests_of_JUnit_fail_when_the_run_fails_and_SARIF_tells_its_exit_code(string failOn, int exitCode)
    {
        var run = Audit("--fail-on", failOn, "--junit", _directory["junit"], "--sarif", _directory["sarif"]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(exitCode == 1, XDocument.Load(_directory["junit"]).Descendants("failure").Any());
        Assert.Equal(exitCode,
            (int)JsonNode.Parse(File.ReadAllText(_directory["sarif"]))!["runs"]![0]!["invocations"]![0]!["exitCode"]!);
    }

    [Fact]
    public void The_evidence_holds_the_frames_that_the_report_names_and_no_others()
    {
        var named = Evidence();
        using var source = CaptureFile.Open(_directory["evidence.pcapng"]);
        var packets = PacketCopy.All(source);

        Assert.True(source.Ending!.IsComplete);
        Assert.Equal(named.SelectMany(file => FramesOf(file.Key, file.Value)).Order(), packets.Select(Key).Order());
        Assert.Equal(packets.Select(packet => packet.TimestampNs).Order(),
            packets.Select(packet => packet.TimestampNs));
    }

    [Fact]
    public void The_first_frame_of_each_finding_says_which_finding_it_is()
    {
        Evidence();
        using var source = CaptureFile.Open(_directory["evidence.pcapng"]);
        PacketCopy.All(source);
        var report = JsonNode.Parse(File.ReadAllText(_directory["json"]))!;
        var expected = report["findings"]!.AsArray()
            .Where(finding => finding!["evidence"]!["frames"]!.AsArray().Count > 0).Select(finding =>
        {
            var frames = finding!["evidence"]!["frames"]![0]!;
            var place = string.Create(CultureInfo.InvariantCulture,
                $"{frames["capture"]} frame {(long)frames["numbers"]![0]!}");
            return $"finding {finding["id"]}: {finding["severity"]} {finding["kind"]}, {finding["from_role"]} -> "
                + $"{finding["to_role"]}{(finding["rule"] is { } rule ? $", rule {rule}" : "")}; {place}";
        });

        Assert.Equal(expected.Order(StringComparer.Ordinal),
            source.Annotations.Comments.Select(comment => comment.Text).Order(StringComparer.Ordinal));
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_the_same_bytes_and_times_from_the_evidence_as_from_the_captures()
    {
        var expected = Evidence().SelectMany(file =>
        {
            var frames = Tshark.Frames(file.Key);
            return file.Value.Select(number => frames[number]);
        });

        Assert.Equal(expected.Order(StringComparer.Ordinal),
            Tshark.Frames(_directory["evidence.pcapng"]).Values.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Evidence_on_standard_output_takes_the_place_of_the_text()
    {
        var run = Audit("--evidence", "-");

        // The block type of a section header (draft-ietf-opsawg-pcapng §4.1), which is text.
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("\n\r\r\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("required-flow-blocked, lync-front-end-cms -> lync-edge-internal, rule "
            + "lync.edge-internal.psom; ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("flows judged", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_compared_with_itself_has_nothing_new()
    {
        Audit("--json", _directory["old"]);
        var run = Audit("--baseline", _directory["old"], "--fail-on-new", "--json", _directory["new"]);
        var baseline = JsonNode.Parse(File.ReadAllText(_directory["new"]))!["baseline"]!;

        Assert.Equal(0, run.ExitCode);
        Assert.All(baseline["findings"]!.AsArray(), finding => Assert.Equal("unchanged", (string?)finding!["change"]));
        Assert.Empty(baseline["rules"]!.AsArray());
        Assert.Empty(baseline["caveats"]!.AsArray());
        Assert.Contains("Changes since the earlier report", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_missing_capture_alone_showed_is_no_longer_visible_and_not_mended()
    {
        Audit("--json", _directory["old"]);
        CommandRun.Of("audit", LyncEdge.Outside, "--site", LyncEdge.Site, "--baseline", _directory["old"], "--json",
            _directory["new"]);
        var gone = JsonNode.Parse(File.ReadAllText(_directory["new"]))!["baseline"]!["findings"]!.AsArray()
            .Where(finding => (string?)finding!["change"] == "gone").ToList();

        Assert.NotEmpty(gone);
        Assert.All(gone, finding => Assert.Equal("visibility", (string?)finding!["ground"]));
    }

    [Fact]
    public void Identifiers_of_findings_stay_when_a_host_and_a_catalog_are_added()
    {
        var site = File.ReadAllText(LyncEdge.Site)
            .Replace("catalogs: [lync-server-2013", "catalogs: [cisco-unity-5, lync-server-2013",
                StringComparison.Ordinal)
            .Replace("\nhosts:\n", "\nhosts:\n  - { name: added01, addresses: [10.0.0.250], roles: [cisco-unity] }\n",
                StringComparison.Ordinal);
        File.WriteAllText(_directory["site.yaml"], site);
        var report = LyncEdge.AuditBy(_directory["site.yaml"], LyncEdge.Outside, LyncEdge.Inside);

        Assert.Contains("cisco-unity-5", report["catalogs"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("added01", report["hosts"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Subset(Ids(report).ToHashSet(), Ids(LyncEdge.Audit(LyncEdge.Outside, LyncEdge.Inside)).ToHashSet());
    }

    [Fact]
    public void Identifiers_of_findings_are_the_same_in_other_captures_of_the_network()
    {
        var together = LyncEdge.Audit(LyncEdge.Outside, LyncEdge.Inside);
        var apart = new[] { LyncEdge.Audit(LyncEdge.Outside), LyncEdge.Audit(LyncEdge.Inside) };

        Assert.Equal(ProvedIds(together).Order(StringComparer.Ordinal),
            apart.SelectMany(ProvedIds).Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> ProvedIds(JsonObject report) =>
        report["findings"]!.AsArray().Where(finding => finding!["evidence"]!["frames"]!.AsArray().Count > 0)
            .Select(finding => (string)finding!["id"]!);

    private static IEnumerable<string> Ids(JsonObject report) =>
        report["findings"]!.AsArray().Select(finding => (string)finding!["id"]!).Order(StringComparer.Ordinal);

    private static (long, int, string, int) Key(PacketCopy packet) =>
        (packet.TimestampNs, packet.OriginalLength, packet.Hex, packet.LinkType.Value);

    private static IEnumerable<(long, int, string, int)> FramesOf(string capture, HashSet<long> numbers)
    {
        using var source = CaptureFile.Open(capture);
        return [.. PacketCopy.All(source).Where(packet => numbers.Contains(packet.Number)).Select(Key)];
    }

    /// <summary>Writes evidence and report, and returns the frames that the report names, by file.</summary>
    private Dictionary<string, HashSet<long>> Evidence()
    {
        Audit("--json", _directory["json"], "--evidence", _directory["evidence.pcapng"]);
        return JsonNode.Parse(File.ReadAllText(_directory["json"]))!["findings"]!.AsArray()
            .SelectMany(finding => finding!["evidence"]!["frames"]!.AsArray())
            .GroupBy(frames => (string)frames!["capture"]!)
            .ToDictionary(group => group.Key, group =>
                group.SelectMany(frames => frames!["numbers"]!.AsArray().Select(number => (long)number!)).ToHashSet());
    }

    /// <summary>Paths from here to the captures are the same in every checkout.</summary>
    private static CommandRun Audit(params string[] options)
    {
        var here = Directory.GetCurrentDirectory();
        return CommandRun.Of(["audit", Path.GetRelativePath(here, LyncEdge.Outside),
            Path.GetRelativePath(here, LyncEdge.Inside), "--site", Path.GetRelativePath(here, LyncEdge.Site),
            .. options]);
    }
}
