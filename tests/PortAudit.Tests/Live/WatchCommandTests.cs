using System.Text.Json.Nodes;
using PortAudit.Tests.Capture.Ring;
using PortAudit.Tests.Cli;
using PortAudit.Tests.EndToEnd;

namespace PortAudit.Tests.Live;

/// <summary>Watching in network namespaces: what tcpreplay sends against the same packets read from a file.</summary>
public sealed class WatchCommandTests : IDisposable
{
    private const int PacketsInside = 1_616;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [NeedsTheory(Part.Live, Part.Tcpreplay)]
    [InlineData("lync-edge", "firewall-inside.pcapng", PacketsInside, "TERM")]
    [InlineData("media", "sip.pcap", 0, "INT")]
    [InlineData("domain", null, 0, "TERM")]
    public void The_audit_is_that_of_the_packets_that_were_written_meanwhile(string sample, string? file, long packets,
        string signal)
    {
        var folder = Repository.PathOf("captures", sample);
        var capture = file is null
            ? Directory.GetFiles(folder, "*.pcap*").Order(StringComparer.Ordinal).First()
            : Path.Combine(folder, file);
        var site = Path.Combine(folder, "site.yaml");
        var (json, ring) = (_directory["live.json"], _directory["ring.pcapng"]);
        using var link = new VethPair();
        string[] policy = Path.Combine(folder, "firewall.nft") is var rules && File.Exists(rules)
            ? ["--policy", rules]
            : [];
        using var watch = WatchProgram.Start(link, site, ["--json", json, "-w", ring, .. policy]);
        watch.AwaitPackets(0);
        var sent = link.Replay(capture);
        Assert.True(sent >= packets && sent > 20);
        watch.AwaitPackets(sent);
        watch.Signal(signal);
        var (exitCode, errors) = watch.End();

        var offline = CommandRun.Of(["audit", ring, "--site", site, "--json", "-", "-q", .. policy]);
        Assert.Equal("", errors);
        Assert.Equal(offline.ExitCode, exitCode);
        var report = JsonNode.Parse(File.ReadAllText(json))!.AsObject();
        Assert.Equal(sent, (long)report["coverage"]!["packets"]!);
        Assert.Equal(policy.Length > 0 ? 1 : 0, report["policies"]?.AsArray().Count ?? 0);
        Assert.Equal(LyncEdge.Comparable(JsonNode.Parse(offline.Output)!.AsObject())
            .Replace(ring, VethPair.Interface(), StringComparison.Ordinal), LyncEdge.Comparable(report));
        Assert.Equal(ring, (string?)report["captures"]![0]!["files"]![0]!["path"]);

        var told = watch.Events;
        Assert.Equal(Enumerable.Range(1, told.Count), told.Select(one => (int)one["sequence"]!));
        Assert.True((bool)told[^1]["last"]!);
        var findings = report["findings"]!.AsArray().Select(finding => (string?)finding!["id"])
            .Order(StringComparer.Ordinal);
        Assert.Equal(findings, Standing(told));
    }

    [NeedsFact(Part.Live, Part.Tcpreplay, Part.Tmux)]
    public void Killed_and_started_again_it_tells_everything_once()
    {
        var state = _directory["state"];
        using var link = new VethPair();
        var told = new List<JsonNode>();
        long sent = 0;
        var rules = Repository.PathOf("captures", "lync-edge", "firewall.nft");
        using (var first = WatchProgram.Start(link, LyncEdge.Site, "--policy", rules, "--state", state))
        {
            first.AwaitPackets(0);
            sent = link.Replay(LyncEdge.Inside);
            first.AwaitPackets(sent);
            first.Await(one => (string?)one["kind"] == "unexpected-traffic");
            first.Signal("KILL");
            first.End();
            told.AddRange(first.Events);
        }

        using (var second = WatchProgram.Start(link, LyncEdge.Site, "--policy", rules, "--state", state, "--json",
            _directory["live.json"]))
        {
            second.AwaitPackets(sent);
            sent += link.Replay(LyncEdge.Outside);
            second.AwaitPackets(sent);
            second.Signal("TERM");
            Assert.Equal((1, ""), second.End());
            told.AddRange(second.Events);
        }

        Assert.Equal(Enumerable.Range(1, told.Count), told.Select(one => (int)one["sequence"]!));
        var news = told.Where(one => (string?)one["change"] == "new").Select(one => (string?)one["id"]).ToList();
        Assert.Equal(news.Count, news.Distinct().Count());
        var report = JsonNode.Parse(File.ReadAllText(_directory["live.json"]))!.AsObject();
        Assert.Equal(report["findings"]!.AsArray().Select(finding => (string?)finding!["id"])
            .Order(StringComparer.Ordinal), Standing(told));
        Assert.Equal(sent, (long)report["coverage"]!["packets"]!);
        Assert.Equal(2, report["captures"]!.AsArray().Count);
        Assert.Single(report["policies"]!.AsArray());
    }

    [NeedsFact(Part.Live, Part.Tcpreplay)]
    public void What_is_new_is_told_once_before_and_after_a_restart()
    {
        var (baseline, state, ring) = (_directory["baseline.json"], _directory["state"], _directory["ring.pcapng"]);
        Assert.Equal(0, CommandRun.Of("learn", LyncEdge.Outside, "--site", LyncEdge.Site, "-o", baseline).ExitCode);
        using var link = new VethPair();
        var told = new List<JsonNode>();
        long sent = 0;
        foreach (var capture in new[] { LyncEdge.Outside, LyncEdge.Inside })
        {
            using var watch = WatchProgram.Start(link, LyncEdge.Site, "--against", baseline, "--state", state, "--json",
                _directory["live.json"], "-w", $"{ring}-{sent}");
            watch.AwaitPackets(sent);
            sent += link.Replay(capture);
            watch.AwaitPackets(sent);
            watch.Signal("TERM");
            Assert.Equal("", watch.End().Errors);
            told.AddRange(watch.Events);
        }

        var report = JsonNode.Parse(File.ReadAllText(_directory["live.json"]))!;
        var rows = report["news"]!["entries"]!.AsArray();
        Assert.NotEmpty(rows);
        var ids = rows.Select(row => (string?)row!["finding"]).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(ids, Standing(told).Intersect(ids));
    }

    [NeedsFact(Part.Live, Part.Tcpreplay, Part.Tmux)]
    public void An_interface_that_was_removed_and_is_back_goes_on_as_the_same_capture()
    {
        using var link = new VethPair();
        using var watch = WatchProgram.Start(link, LyncEdge.Site, "--json", _directory["live.json"]);
        watch.AwaitPackets(0);
        var first = link.Replay(LyncEdge.Inside);
        watch.AwaitPackets(first);
        link.Remove(0);
        Thread.Sleep(1_500);
        link.Connect(0);
        Thread.Sleep(2_500);
        var second = link.Replay(LyncEdge.Outside);
        watch.AwaitPackets(first + second);
        watch.Signal("TERM");
        var (exitCode, errors) = watch.End();

        Assert.Equal(1, exitCode);
        Assert.Contains("in0: the interface was lost", errors, StringComparison.Ordinal);
        Assert.Contains("in0: is back", errors, StringComparison.Ordinal);
        var report = JsonNode.Parse(File.ReadAllText(_directory["live.json"]))!;
        var capture = Assert.Single(report["captures"]!.AsArray())!;
        Assert.Equal(first + second, (long)capture["packets"]!);
        Assert.Single(capture["outages"]!.AsArray());
        Assert.Contains(report["coverage"]!["cannot_say"]!.AsArray(),
            sentence => ((string)sentence!).StartsWith("The interface in0 was away from", StringComparison.Ordinal));
    }

    [NeedsFact(Part.Live, Part.Tcpreplay, Part.Mount)]
    public void A_full_disk_below_the_ring_is_told_and_all_packets_are_judged()
    {
        using var disk = new SmallDisk(300_000);
        using var link = new VethPair();
        using var watch = WatchProgram.Start(link, LyncEdge.Site, "--json", _directory["live.json"], "-w",
            Path.Combine(disk.Path, "ring.pcapng"));
        watch.AwaitPackets(0);
        var sent = link.Replay(LyncEdge.Inside);
        watch.AwaitPackets(sent);
        watch.Signal("TERM");
        var (exitCode, errors) = watch.End();

        Assert.Equal(1, exitCode);
        Assert.Contains("ring.pcapng: cannot be written: ", errors, StringComparison.Ordinal);
        var capture = JsonNode.Parse(File.ReadAllText(_directory["live.json"]))!["captures"]![0]!;
        Assert.Equal(sent, (long)capture["packets"]!);
        var kept = (long)capture["files"]![0]!["packets"]!;
        Assert.InRange(kept, 1, sent - 1);
        Assert.Contains($"{sent - kept:N0} packets are in no file", errors, StringComparison.Ordinal);
    }

    [NeedsFact(Part.Live, Part.Tcpreplay, Part.Tmux)]
    public void What_a_small_buffer_drops_is_told_and_adds_up()
    {
        const int Packets = 60_000;
        using var link = new VethPair();
        using var watch = WatchProgram.Start(link, LyncEdge.Site, "-B", "1", "--json", _directory["live.json"]);
        watch.AwaitPackets(0);
        watch.Signal("STOP");
        link.Send(Packets, number => BitConverter.GetBytes(number), pauseEvery: 500);
        watch.Signal("CONT");
        watch.Await(one => (string?)one["event"] == "drops");
        Thread.Sleep(1_500);
        watch.Signal("TERM");
        watch.End();

        var capture = JsonNode.Parse(File.ReadAllText(_directory["live.json"]))!["captures"]![0]!;
        var (received, dropped) = ((long)capture["packets"]!, (long)capture["dropped"]!);
        Assert.True(dropped > 0 && received > 0, $"{received} received, {dropped} dropped");
        Assert.Equal(Packets, received + dropped);
        var drops = watch.Events.Where(one => (string?)one["event"] == "drops").ToList();
        Assert.Equal(dropped, (long)drops[^1]["dropped"]!);
        Assert.Equal(dropped, drops.Sum(one => (long)one["dropped_since"]!));
    }

    [NeedsFact(Part.Live, Part.Tcpreplay, Part.Tmux)]
    public void A_damaged_state_is_kept_aside_and_a_new_audit_begins()
    {
        var state = _directory["state"];
        using var link = new VethPair();
        foreach (var round in new[] { 1, 2 })
        {
            using var watch = WatchProgram.Start(link, LyncEdge.Site, "--state", state);
            watch.AwaitPackets(0);
            watch.Signal("TERM");
            var (_, errors) = watch.End();
            Assert.Equal(round == 2, errors.Contains("it is kept as audit.state.damaged-", StringComparison.Ordinal));
            var bytes = File.ReadAllBytes(Path.Combine(state, "audit.state"));
            bytes[bytes.Length / 2] ^= 0x40;
            File.WriteAllBytes(Path.Combine(state, "audit.state"), bytes);
        }

        Assert.Single(Directory.GetFiles(state, "audit.state.damaged-*"));
    }

    [NeedsFact(Part.Live, Part.Tcpreplay, Part.Tmux)]
    public void The_view_redraws_survives_a_resize_and_gives_way_to_the_report()
    {
        using var link = new VethPair();
        using var terminal = new TmuxTerminal();
        var program = $"ip netns exec {link.Near.Name} {PublishedProgram.ShellWords} watch -i {VethPair.Interface()} "
            + $"--site '{LyncEdge.Site}' --interval 1s";
        File.WriteAllText(_directory["run.sh"], $"trap 'true' INT; {program}; echo end $?; sleep 100\n");
        terminal.Start(100, 30, $"sh '{_directory["run.sh"]}'");
        terminal.Await(screen => screen[0].StartsWith("portaudit watch  in0, site Contoso edge lab",
            StringComparison.Ordinal) && screen[^1].StartsWith("Ctrl-C", StringComparison.Ordinal));
        var sent = link.Replay(LyncEdge.Inside);
        terminal.Await(screen => screen.Exists(line => line.StartsWith("Findings", StringComparison.Ordinal))
            && screen.Exists(line => line.Contains("unexpected-traffic", StringComparison.Ordinal)));
        Assert.Contains(terminal.Screen(), line => line.StartsWith("Packets", StringComparison.Ordinal)
            && line.Contains($"{sent:N0} in all, 0 dropped", StringComparison.Ordinal));
        foreach (var (width, height) in new[] { (40, 12), (140, 40), (80, 24) })
        {
            terminal.Resize(width, height);
            terminal.Await(screen => screen.Count <= height && screen.TrueForAll(line => line.Length <= width)
                && screen[0].StartsWith("portaudit watch", StringComparison.Ordinal)
                && screen.Exists(line => line.StartsWith("high", StringComparison.Ordinal))
                && screen[^1].StartsWith("Ctrl-C", StringComparison.Ordinal));
        }

        terminal.Send("C-c");
        var end = terminal.Await(screen => screen[^1] == "end 1");
        Assert.DoesNotContain(end, line => line.StartsWith("portaudit watch", StringComparison.Ordinal));
        Assert.Contains(end, line => line.StartsWith("Contoso edge lab", StringComparison.Ordinal));
    }

    [NeedsFact(Part.Live)]
    public void What_keeps_it_from_beginning_has_an_exit_code_of_its_own()
    {
        using var link = new VethPair();
        var (site, name) = (LyncEdge.Site, VethPair.Interface());
        var runs = link.Near.In(() => new[]
        {
            CommandRun.Of("watch", "-i", "nothing0", "--site", site),
            CommandRun.Of("watch", "-i", name, "--site", site, "-f", "tcp portt 80"),
            CommandRun.Of("watch", "-i", name, "--site", site, "--user", "nobody-at-all"),
            CommandRun.Of("watch", "-i", name, "--site", site, "-w", "/nowhere/at/all.pcapng"),
            CommandRun.Of("watch", "-i", name, "--site", site, "--json", "/nowhere/at/all.json"),
            CommandRun.Of("watch", "-i", name, "--site", site, "--json", "-"),
            CommandRun.Of("watch", "-i", name, "--site", site, "--json", _directory["one"], "--csv", _directory["one"]),
            CommandRun.Of("watch", "-i", name, "--site", site, "--json", _directory["one"], "-w", _directory["one"]),
            CommandRun.Of("watch", "-i", name, "--site", site, "--json", site),
            CommandRun.Of("watch", "-i", name, "--site", site, "--duration", "5 minutes"),
            CommandRun.Of("watch", "-i", name, "--site", site, "-W", "3"),
            CommandRun.Of("watch", "-i", name, "--site", site, "--against", site),
            CommandRun.Of("watch", "-i", name, "--site", site, "--against", "/nowhere/at/all.json"),
        });
        Assert.Equal([4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], runs.Select(run => run.ExitCode));
        Assert.Contains("there is no such interface", runs[0].Error, StringComparison.Ordinal);
        Assert.Contains("tcp portt 80", runs[1].Errors[1], StringComparison.Ordinal);
        Assert.Contains("is not a baseline", runs[^2].Error, StringComparison.Ordinal);
        Assert.Contains("all.json: no such file", runs[^1].Error, StringComparison.Ordinal);
        Assert.All(runs, run => Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal));
    }

    [NeedsFact(Part.Live)]
    public void It_ends_after_a_number_of_packets_and_after_a_time()
    {
        using var link = new VethPair();
        using var capture = WatchProgram.Start(link, LyncEdge.Site, "-c", "100", "--json", _directory["live.json"]);
        capture.AwaitPackets(0);
        link.Send(150, number => BitConverter.GetBytes(number));
        Assert.Equal("", capture.End().Errors);
        Assert.Equal(100, (long)JsonNode.Parse(File.ReadAllText(_directory["live.json"]))!["coverage"]!["packets"]!);

        using var timed = WatchProgram.Start(link, LyncEdge.Site, "--duration", "1s");
        Assert.Equal("", timed.End().Errors);
    }

    /// <summary>The findings that stand after all that was told.</summary>
    private static SortedSet<string?> Standing(List<JsonNode> told)
    {
        var standing = new SortedSet<string?>(StringComparer.Ordinal);
        foreach (var one in told.Where(one => (string?)one["event"] == "finding"))
        {
            var isRight = (string?)one["change"] switch
            {
                "new" => standing.Add((string?)one["id"]),
                "gone" => standing.Remove((string?)one["id"]),
                _ => standing.Contains((string?)one["id"]),
            };
            Assert.True(isRight, one.ToJsonString());
        }

        return standing;
    }
}
