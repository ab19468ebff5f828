using System.Text.Json.Nodes;
using PortAudit.Tests.EndToEnd;

namespace PortAudit.Tests.Cli.Commands;

/// <summary><c>portaudit merge</c>: audits of places become the audit of all of them.</summary>
public sealed class MergeCommandTests
{
    [Fact]
    public void Audits_of_two_capture_points_give_the_report_of_both_in_any_order()
    {
        using var directory = new TemporaryDirectory();
        Save(LyncEdge.Outside, LyncEdge.Site, directory["outside"]);
        Save(LyncEdge.Inside, LyncEdge.Site, directory["inside"]);
        var expected = LyncEdge.Comparable(LyncEdge.Audit(LyncEdge.Outside, LyncEdge.Inside));

        foreach (var order in new[] { new[] { "outside", "inside" }, ["inside", "outside"] })
        {
            var run = CommandRun.Of(["merge", .. order.Select(name => directory[name]), "--site", LyncEdge.Site,
                "--json", "-"]);

            Assert.Equal(1, run.ExitCode);
            Assert.Equal(expected, LyncEdge.Comparable(JsonNode.Parse(run.Output)!.AsObject()));
        }
    }

    [Fact]
    public void Announcements_and_frames_of_each_place_keep_their_captures()
    {
        using var directory = new TemporaryDirectory();
        var folder = Repository.PathOf("captures", "domain");
        var site = Path.Combine(folder, "site.yaml");
        var captures = Directory.GetFiles(folder, "*.pcap*").Order(StringComparer.Ordinal).ToList();
        var states = captures.Select((capture, index) =>
        {
            Save(capture, site, directory[$"{index}.state"]);
            return directory[$"{index}.state"];
        }).ToList();

        var united = JsonNode.Parse(CommandRun.Of(["merge", .. states, "--site", site, "--json", "-"]).Output)!;
        var whole = LyncEdge.AuditBy(site, folder);

        Assert.Equal(captures.Select(Path.GetFileName),
            united["captures"]!.AsArray().Select(capture => Path.GetFileName((string)capture!["path"]!)));
        Assert.Equal((long)whole["flows_judged"]!, (long)united["flows_judged"]!);
        Assert.Equal(Findings(whole), Findings(united));
    }

    [Fact]
    public void A_merged_audit_can_be_merged_again()
    {
        using var directory = new TemporaryDirectory();
        Save(LyncEdge.Outside, LyncEdge.Site, directory["outside"]);
        Save(LyncEdge.Inside, LyncEdge.Site, directory["inside"]);
        var first = CommandRun.Of("merge", directory["outside"], directory["inside"], "--site", LyncEdge.Site,
            "--save-state", directory["both"]);

        var again = CommandRun.Of("merge", directory["both"], directory["outside"], "--site", LyncEdge.Site);

        Assert.Equal(1, first.ExitCode);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("what both hold counts twice", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another site", "GOOD", "OTHER")]
    [InlineData("it is not a saved audit", "GOOD", "TEXT")]
    [InlineData("the checksum differs", "GOOD", "CUT")]
    [InlineData("cannot be read", "GOOD", "/nowhere/a.state")]
    [InlineData("Name two states or more", "GOOD")]
    [InlineData("would be overwritten", "GOOD", "GOOD", "--json", "GOOD")]
    [InlineData("states have none", "GOOD", "GOOD", "--evidence", "x.pcapng")]
    public void A_state_that_cannot_be_used_is_refused(string problem, params string[] words)
    {
        using var directory = new TemporaryDirectory();
        var media = Repository.PathOf("captures", "media", "site.yaml");
        Save(LyncEdge.Outside, LyncEdge.Site, directory["good"]);
        Save(LyncEdge.Outside, media, directory["other"]);
        File.WriteAllText(directory["text"], "no state");
        File.WriteAllBytes(directory["cut"], File.ReadAllBytes(directory["good"])[..^9]);

        var run = CommandRun.Of(["merge", .. words.Select(word => word switch
        {
            "GOOD" or "OTHER" or "TEXT" or "CUT" => directory[word.ToLowerInvariant()],
            _ => word,
        }), "--site", LyncEdge.Site]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--behaviour")]
    [InlineData("--host", "10.0.0.1")]
    public void What_a_state_does_not_keep_is_not_lost_in_silence(params string[] words)
    {
        var run = CommandRun.Of(["audit", LyncEdge.Outside, "--site", LyncEdge.Site, "--save-state", "s", .. words]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--save-state needs --site, and goes without", run.Error, StringComparison.Ordinal);
    }

    private static void Save(string capture, string site, string state)
    {
        var run = CommandRun.Of("audit", capture, "--site", site, "--save-state", state, "--fail-on", "never");
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private static IEnumerable<string> Findings(JsonNode report) => report["findings"]!.AsArray()
        .Select(finding => $"{finding!["id"]} {finding["kind"]} {finding["severity"]} {finding["flows"]}");
}
