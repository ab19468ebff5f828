using System.Text.Json.Nodes;
using PortAudit.Tests.Capture;
using PortAudit.Tests.EndToEnd;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Cli.Commands;

/// <summary>Packets by finding and by frame number.</summary>
public sealed class PacketsCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Frames_of_a_capture_have_a_line_each_and_the_first_ones_their_layers()
    {
        var run = CommandRun.Of("packets", Capture("a.pcap", 30), "2,5-9");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal([2, 5, 6, 7, 8, 9], Lines(run.Output));
        Assert.Equal(["Frame 2, 54 bytes", "Frame 5, 54 bytes", "Frame 6, 54 bytes"], Trees(run.Output));
    }

    [Theory]
    [InlineData("", 20, 3)]
    [InlineData("-q", 20, 0)]
    [InlineData("-c 2", 2, 2)]
    [InlineData("--trees 1", 20, 1)]
    [InlineData("-v", 30, 30)]
    [InlineData("-v --trees 0", 30, 0)]
    public void How_much_is_shown_is_for_the_user_to_say(string options, int lines, int trees)
    {
        var run = CommandRun.Of(["packets", Capture("a.pcap", 30),
            .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal((0, lines, trees), (run.ExitCode, Lines(run.Output).Count, Trees(run.Output).Count));
    }

    [Fact]
    public void Frames_that_are_not_shown_are_counted()
    {
        var run = CommandRun.Of("packets", Capture("a.pcap", 30), "1-25");

        Assert.Contains("\n5 more packets not shown: -v shows all.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_is_read_once_as_it_comes()
    {
        using var input = File.OpenRead(Capture("a.pcap", 4));
        var run = CommandRun.Of(input, "packets", "-", "3", "-q");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([3], Lines(run.Output));
    }

    [Theory]
    [InlineData(2, "is not a frame number", "0")]
    [InlineData(2, "is not a frame number", "9-3")]
    [InlineData(2, "is not a frame number", "f00")]
    [InlineData(2, "more than 10,000 frames are named", "1-20000")]
    [InlineData(2, "-q and -v exclude each other", "-q", "-v")]
    [InlineData(2, "is none", "1", "-r", "x.pcap")]
    [InlineData(3, "1 of these frames could not be read", "9")]
    public void What_is_wrong_with_the_frames_is_said(int exitCode, string problem, params string[] which)
    {
        var run = CommandRun.Of(["packets", Capture("a.pcap", 4), .. which]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_that_is_not_there_is_exit_code_3()
    {
        var run = CommandRun.Of("packets", _directory["gone.pcap"], "1");

        Assert.Equal(3, run.ExitCode);
        Assert.Single(run.Errors);
    }

    [Fact]
    public void A_finding_shows_the_frames_that_prove_it()
    {
        var (report, findings) = Audit();
        var finding = findings[0]!;
        var id = (string)finding["id"]!;
        var run = CommandRun.Of("packets", report, id[..6], "-v", "--trees", "0");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith($"{id}  high  {finding["headline"]}\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(finding["evidence"]!["frames"]![0]!["numbers"]!.AsArray().Select(number => (int)number!),
            Lines(run.Output));
        Assert.Contains("SSH-2.0-OpenSSH", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_finding_the_findings_are_listed()
    {
        var (report, findings) = Audit();
        var run = CommandRun.Of("packets", report);

        Assert.Equal(findings.Select(finding => $"{finding!["id"]}  {finding["severity"]}  {finding["headline"]}"),
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_finding_about_nothing_that_happened_has_no_packets()
    {
        var (report, findings) = Audit();
        var finding = findings.First(each => each!["evidence"]!["frames"]!.AsArray().Count == 0)!;
        var run = CommandRun.Of("packets", report, (string)finding["id"]!);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("It has no packets", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Captures_that_moved_are_found_beside_the_report_or_where_the_user_says()
    {
        var (report, findings) = Audit();
        var id = (string)findings[0]!["id"]!;
        File.WriteAllText(report, File.ReadAllText(report).Replace(Path.GetDirectoryName(LyncEdge.Outside)!, "gone",
            StringComparison.Ordinal));

        var missing = CommandRun.Of("packets", report, id);
        var given = CommandRun.Of("packets", report, id, "-r", LyncEdge.Outside, "-r", LyncEdge.Inside);
        File.Copy(LyncEdge.Outside, _directory["firewall-outside.pcap"]);
        var beside = CommandRun.Of("packets", report, id);

        Assert.Equal(3, missing.ExitCode);
        Assert.Contains("gone/firewall-outside.pcap: this capture of the report is not found; name it with -r",
            missing.Error, StringComparison.Ordinal);
        Assert.Equal((0, 0), (given.ExitCode, beside.ExitCode));
        Assert.Equal(Lines(given.Output), Lines(beside.Output));
        Assert.NotEmpty(Lines(given.Output));
    }

    [Theory]
    [InlineData("nonesuch", "there is no finding 'nonesuch'")]
    [InlineData("", "findings begin with ''; write more of the identifier")]
    public void A_finding_that_is_not_there_is_exit_code_2(string id, string problem)
    {
        var run = CommandRun.Of("packets", Audit().Report, id);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"schema_version\": 1")]
    public void A_file_that_is_no_report_is_exit_code_2(string text)
    {
        File.WriteAllText(_directory["a.json"], text);
        var run = CommandRun.Of("packets", _directory["a.json"], "x");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is not a JSON report of an audit", run.Error, StringComparison.Ordinal);
    }

    private (string Report, JsonArray Findings) Audit()
    {
        var report = LyncEdge.Audit(LyncEdge.Inside, LyncEdge.Outside);
        File.WriteAllText(_directory["audit.json"], report.ToJsonString());
        return (_directory["audit.json"], report["findings"]!.AsArray());
    }

    private string Capture(string name, int frames) => PcapFile.Write(_directory[name], Enumerable.Range(1, frames)
        .Select(number => ((uint)number, FrameBuilder.Tcp("10.0.0.1", 1, "10.0.0.2", 2, TcpFlags.Ack))));

    /// <summary>Frame numbers of the lines.</summary>
    private static List<int> Lines(string output) =>
    [
        .. output.Split('\n').Where(line => line.Contains(" -> ", StringComparison.Ordinal)
                && line.Contains("Z  ", StringComparison.Ordinal))
            .Select(line => int.Parse(line.TrimStart().Split(' ')[0], null)),
    ];

    private static List<string> Trees(string output) =>
        [.. output.Split('\n').Where(line => line.StartsWith("Frame ", StringComparison.Ordinal))];
}
