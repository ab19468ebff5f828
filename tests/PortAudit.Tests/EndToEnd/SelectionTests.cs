using System.Globalization;
using System.Text.Json.Nodes;
using PortAudit.Tests.Capture;
using PortAudit.Tests.Cli;
using PortAudit.Tests.Reports;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Runs on a part of the captures.</summary>
public sealed class SelectionTests : IDisposable
{
    private static readonly JsonSchema Schema =
        new(File.ReadAllText(Repository.PathOf("docs/schema/audit.schema.json")));

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string> Selections =>
    [
        "--port 443", "--port 5061-5062", "--host fe01", "--host edge1-internal", "--net 172.16.0.0/24",
        "--role lync-front-end", "--role lync-edge-internal", "--segment internal", "--segment perimeter",
        "--protocol tls", "--protocol tcp", "--protocol udp", "--role lync-client --port 443",
        "--host fe01 --host fe02 --port 5061", "--since 2026-11-21T06:37:30Z", "--until 2026-11-21T06:37:30Z",
        "--until 2026-11-21T06:38:30Z --role lync-reverse-proxy",
    ];

    /// <summary>A selection says less than the whole, and never that something was not seen which the whole
    /// shows.</summary>
    [Theory]
    [MemberData(nameof(Selections))]
    public void No_selection_calls_something_never_seen_that_the_whole_shows(string options)
    {
        var whole = Audit();
        var part = Audit(options.Split(' '));
        var isWholeTime = !options.Contains("2026", StringComparison.Ordinal);
        var seen = StatusesOf(whole);

        Assert.Empty(Schema.Check(part.ToJsonString()));
        Assert.NotNull(part["selection"]);
        Assert.True((long)part["flows_judged"]! <= (long)whole["flows_judged"]!);
        if (!isWholeTime)
            return;
        Assert.All(StatusesOf(part).Where(row => row.Value == "not-tried"),
            row => Assert.Equal("not-tried", seen[row.Key]));
        Assert.Equal((long)whole["flows_judged"]!,
            (long)part["flows_judged"]! + (long)part["selection"]!["flows_left_out"]!);
        Assert.Empty(NeverSeen(part).Except(NeverSeen(whole)));
    }

    [NeedsFact(Part.Libpcap)]
    public void Under_a_filter_nothing_is_called_never_seen()
    {
        var report = Audit("-f", "tcp port 443");

        Assert.Empty(NeverSeen(report));
        Assert.Equal("tcp port 443", (string)report["selection"]!["filter"]!);
        Assert.Equal(3_750,
            (long)report["coverage"]!["packets"]! + (long)report["selection"]!["packets_filtered_out"]!);
    }

    [Fact]
    public void Every_text_of_a_report_begins_with_the_selection()
    {
        var run = CommandRun.Of("audit", LyncEdge.Outside, LyncEdge.Inside, "--site", LyncEdge.Site, "--port", "5061",
            "--markdown", _directory["m"], "--report", _directory["h"]);

        foreach (var text in new[] { run.Output, File.ReadAllText(_directory["m"]) })
            Assert.StartsWith("SELECTION: Only flows of port 5061 were selected, ", text, StringComparison.Ordinal);
        Assert.Contains("Only flows of port 5061 were selected, ", File.ReadAllText(_directory["h"]),
            StringComparison.Ordinal);
    }

    /// <summary>Evidence is found by a second reading: its frames are numbered as in the file, not in the
    /// selection.</summary>
    [Fact]
    public void Frames_keep_their_numbers()
    {
        var whole = FramesOf(Audit(), "wrong-protocol");
        var part = FramesOf(Audit("--since", "2026-11-21T06:38:00Z", "--port", "443"), "wrong-protocol");

        Assert.NotEmpty(whole);
        Assert.Equal(whole, part);
    }

    [Fact]
    public void A_baseline_of_another_selection_is_refused()
    {
        File.WriteAllText(_directory["whole.json"], Audit().ToJsonString());
        File.WriteAllText(_directory["part.json"], Audit("--port", "443").ToJsonString());
        string[] audit = ["audit", LyncEdge.Outside, LyncEdge.Inside, "--site", LyncEdge.Site, "--port", "443", "-q"];

        var refused = CommandRun.Of([.. audit, "--baseline", _directory["whole.json"]]);
        Assert.Equal((2, $"error: {_directory["whole.json"]}: that audit had no selection, this one has the selection "
            + "'port 443': what only one of them leaves out would look changed"),
            (refused.ExitCode, refused.Errors[0]));
        Assert.Equal(1, CommandRun.Of([.. audit, "--baseline", _directory["part.json"]]).ExitCode);
    }

    [Fact]
    public void Unknown_names_of_the_site_are_reported_together()
    {
        var run = CommandRun.Of("flows", LyncEdge.Outside, "--site", LyncEdge.Site, "--role", "lync-edg", "--segment",
            "dmz", "--host", "fe1");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            [
                "error: --host: the site has no host 'fe1'; did you mean 'fe01'?",
                "error: --role: the site has no role 'lync-edg'; did you mean 'lync-edge'?",
                "error: --segment: the site has no segment 'dmz'; known: external, internal, perimeter",
            ], run.Errors);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public void An_empty_selection_says_so(string format)
    {
        var run = CommandRun.Of("flows", LyncEdge.Outside, "--port", "1", "--format", format);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("No flow is in the selection. Only flows of port 1 were selected, ",
            format == "table" ? run.Output : run.Error, StringComparison.Ordinal);
    }

    [NeedsTheory(Part.Libpcap)]
    [InlineData("audit")]
    [InlineData("flows")]
    public void A_wrong_filter_is_a_usage_error(string command)
    {
        var run = CommandRun.Of(command, LyncEdge.Outside, "--site", LyncEdge.Site, "-f", "tcp prot 443");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("error: --filter: the capture filter has an error, compiled for frames of link type 1 "
            + "(Ethernet): ", run.Errors[0], StringComparison.Ordinal);
        Assert.Contains("syntax error", run.Errors[0], StringComparison.Ordinal);
        Assert.Equal("error: tcp prot 443", run.Errors[1]);
    }

    [NeedsFact(Part.Libpcap)]
    public void Interfaces_of_several_link_types_are_filtered_each_by_its_own()
    {
        var ip = Convert.FromHexString(
            "4500002800010000401126B90A0000010A00000203E801BB0014000000000000000000000000000000000000");
        byte[] ethernet = [.. Convert.FromHexString("0202020202020404040404040800"), .. ip];
        var bytes = new PcapngBytes();
        bytes.Section().Interface(1).Interface(101).Interface(147);
        foreach (var (index, frame) in new[] { ethernet, ip, ip }.Index())
            bytes.Enhanced((uint)index, (ulong)index, frame);
        File.WriteAllBytes(_directory["a.pcapng"], bytes.ToArray());

        var run = CommandRun.Of("flows", _directory["a.pcapng"], "-f", "udp port 443", "--summary", "--format", "json");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(2, (int)JsonNode.Parse(run.Output)!["packets"]!);
        Assert.Contains("libpcap cannot apply it to frames of link type 147", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 such packet was not read", run.Error, StringComparison.Ordinal);
    }

    /// <summary>The oracle: tcpdump's own filter, and Wireshark's display filter of the same meaning.</summary>
    [NeedsTheory(Part.Libpcap, Part.Tshark)]
    [InlineData("tcp port 443", "tcp.port == 443 && !icmp")]
    [InlineData("udp", "udp && !icmp")]
    [InlineData("greater 200", "frame.len >= 200")]
    [InlineData("src host 10.0.0.11 and tcp", "ip.src == 10.0.0.11 && tcp && !icmp")]
    [InlineData("tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn", "tcp.flags.syn == 1 && tcp.flags.ack == 0 && !icmp")]
    [InlineData("arp", "arp")]
    public void A_filter_takes_the_packets_that_tshark_takes(string filter, string displayFilter)
    {
        foreach (var capture in new[] { LyncEdge.Outside, LyncEdge.Inside })
        {
            var run = CommandRun.Of("flows", capture, "-f", filter, "--summary", "--format", "json");

            Assert.Equal(Tshark.Select(capture, displayFilter).Count, (int)JsonNode.Parse(run.Output)!["packets"]!);
        }
    }

    [NeedsTheory(Part.Tshark)]
    [InlineData("2026-11-21T06:36:28.409173Z", "2026-11-21T06:39:15.569698Z")]
    [InlineData("2026-11-21T06:37:00Z", "2026-11-21T06:38:00.5Z")]
    public void A_time_takes_the_packets_that_tshark_takes(string since, string until)
    {
        var run = CommandRun.Of("flows", LyncEdge.Outside, "--since", since, "--until", until, "--summary", "--format",
            "json");

        var (first, last) = (Epoch(since), Epoch(until));
        Assert.Equal(
            Tshark.Select(LyncEdge.Outside, $"frame.time_epoch >= {first} && frame.time_epoch < {last}").Count,
            (int)JsonNode.Parse(run.Output)!["packets"]!);
    }

    private static string Epoch(string time) =>
        ((DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch).Ticks / 10_000_000m)
            .ToString("0.000000", CultureInfo.InvariantCulture);

    private static JsonObject Audit(params string[] options)
    {
        var run = CommandRun.Of(
            ["audit", LyncEdge.Outside, LyncEdge.Inside, "--site", LyncEdge.Site, "--json", "-", .. options]);
        Assert.True(run.ExitCode is 0 or 1, string.Join('\n', run.Errors));
        return JsonNode.Parse(run.Output)!.AsObject();
    }

    private static Dictionary<string, string> StatusesOf(JsonObject report) => report["rules"]!.AsArray()
        .ToDictionary(row => $"{row!["id"]} {row["from"]} {row["to"]}", row => (string)row!["status"]!);

    private static IEnumerable<string> NeverSeen(JsonObject report) => report["findings"]!.AsArray()
        .Where(finding => (string)finding!["kind"]! is "required-flow-never-seen" or "unused-exception"
            or "announced-port-unused").Select(finding => (string)finding!["id"]!);

    private static List<string> FramesOf(JsonObject report, string kind) => [.. report["findings"]!.AsArray()
        .Where(finding => (string)finding!["kind"]! == kind)
        .SelectMany(finding => finding!["evidence"]!["frames"]!.AsArray()).Select(frames => frames!.ToJsonString())];
}
