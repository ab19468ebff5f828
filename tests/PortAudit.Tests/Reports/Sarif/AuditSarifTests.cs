using System.Text.Json;
using PortAudit.Audit.Findings;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Sarif;

namespace PortAudit.Tests.Reports.Sarif;

public sealed class AuditSarifTests
{
    [Fact]
    public void A_finding_is_a_result_with_rule_level_fingerprint_and_frames()
    {
        var result = Log(SampleReport.Run()).GetProperty("results")[0];

        Assert.Equal("required-flow-blocked", result.GetProperty("ruleId").GetString());
        Assert.Equal("error", result.GetProperty("level").GetString());
        Assert.Equal("f-0123456789abcdef",
            result.GetProperty("partialFingerprints").GetProperty("portauditFindingId/v1").GetString());
        var location = result.GetProperty("locations")[0];
        Assert.Equal("captures/inside.pcap",
            location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal("frames 10-12, 40", location.GetProperty("message").GetProperty("text").GetString());
        Assert.Equal(["role-pair lync-director -> lync-edge-internal", "host dir01 (10.0.0.12)", "host edge1 "
            + "(172.16.0.5)"], location.GetProperty("logicalLocations").EnumerateArray()
                .Select(place => $"{place.GetProperty("kind")} {place.GetProperty("fullyQualifiedName")}"));
        Assert.Equal("lync.edge-internal.sip-in", result.GetProperty("properties").GetProperty("rule").GetString());
        Assert.False(result.TryGetProperty("baselineState", out _));
    }

    [Fact]
    public void The_index_of_a_rule_and_of_an_artifact_leads_to_its_entry()
    {
        var log = Log(SampleReport.RunWithBaseline());
        foreach (var result in log.GetProperty("results").EnumerateArray())
        {
            var rule = log.GetProperty("tool").GetProperty("driver")
                .GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()];
            Assert.Equal(result.GetProperty("ruleId").GetString(), rule.GetProperty("id").GetString());
            var place = result.GetProperty("locations")[0].GetProperty("physicalLocation")
                .GetProperty("artifactLocation");
            Assert.Equal(place.GetProperty("uri").GetString(), log
                .GetProperty("artifacts")[place.GetProperty("index").GetInt32()].GetProperty("location")
                .GetProperty("uri").GetString());
        }
    }

    [Fact]
    public void What_did_not_happen_is_located_at_the_site_that_asks_for_it() => Assert.Equal(
        "site.yaml",
        Log(SampleReport.Run()).GetProperty("results")[2].GetProperty("locations")[0].GetProperty("physicalLocation")
            .GetProperty("artifactLocation").GetProperty("uri").GetString());

    [Fact]
    public void Levels_go_with_severities() => Assert.Equal(
        ["note", "note", "warning", "error", "error"], Enum.GetValues<Severity>().Select(SarifText.Level));

    [Fact]
    public void What_was_not_read_is_told_beside_the_results()
    {
        var run = SampleReport.RunWithBaseline();
        run = run with
        {
            Interrupted = true,
            Report = run.Report with { Diagnostics = [.. run.Report.Diagnostics, .. run.Errors] }
        };
        var invocation = Log(run).GetProperty("invocations")[0];

        Assert.Equal(3, invocation.GetProperty("exitCode").GetInt32());
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal(
            [
                "error not-read The user interrupted reading.",
                "warning diagnostic site.yaml:12:5: unknown key 'host'; write 'hosts'",
                "error not-read captures/gone.pcap: no such file",
                "note cannot-say Flows that recur daily: the captures cover 1 h 1 min.",
                "note cannot-say Traffic of port 22: the capture filter left it out.",
            ],
            invocation.GetProperty("toolExecutionNotifications").EnumerateArray()
                .Select(note => $"{note.GetProperty("level")} {note.GetProperty("descriptor").GetProperty("id")} "
                    + $"{note.GetProperty("message").GetProperty("text")}"));
    }

    [Fact]
    public void A_whole_run_with_findings_is_an_execution_that_succeeded() =>
        Assert.True(Log(SampleReport.EmptyRun() with { ExitCode = 1 }).GetProperty("invocations")[0]
            .GetProperty("executionSuccessful").GetBoolean());

    [Fact]
    public void With_a_baseline_results_are_new_updated_unchanged_or_absent()
    {
        var results = Log(SampleReport.RunWithBaseline()).GetProperty("results").EnumerateArray().ToList();

        Assert.Equal(["updated", "new", "unchanged", "absent"],
            results.Select(result => result.GetProperty("baselineState").GetString()));
        Assert.Equal("f-00000000000000bb",
            results[3].GetProperty("partialFingerprints").GetProperty("portauditFindingId/v1").GetString());
        Assert.Equal("configuration",
            results[3].GetProperty("properties").GetProperty("baseline").GetProperty("ground").GetString());
    }

    [Fact]
    public void Checksums_stand_with_the_files_that_have_one()
    {
        var artifacts = Log(SampleReport.RunWithBaseline()).GetProperty("artifacts");

        Assert.Equal(new string('b', 64), artifacts[0].GetProperty("hashes").GetProperty("sha-256").GetString());
        Assert.Equal(new string('d', 64), artifacts[1].GetProperty("hashes").GetProperty("sha-256").GetString());
        Assert.False(artifacts[2].TryGetProperty("hashes", out _));
    }

    [Fact]
    public void Standard_input_is_a_place_without_a_uri()
    {
        var run = SampleReport.Run();
        var captures = run.Report.Observation.Captures.SetItem(0,
            run.Report.Observation.Captures[0] with { Path = "-" });
        var location = Log(run with
        {
            Report = run.Report with
            {
                Observation = run.Report.Observation
            with
                { Captures = captures }
            }
        }).GetProperty("artifacts")[1].GetProperty("location");

        Assert.False(location.TryGetProperty("uri", out _));
        Assert.Equal("standard input", location.GetProperty("description").GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("a plain sentence [with] \\ in it", "a plain sentence [with] \\ in it")]
    [InlineData("[click](http://evil)", "\\[click\\](http://evil)")]
    [InlineData("frame.number in {1..4} {0}", "frame.number in {{1..4}} {{0}}")]
    [InlineData("a\u202Eb", "a\\u{{202E}}b")]
    public void A_message_has_no_links_and_no_placeholders(string text, string message) =>
        Assert.Equal(message, SarifText.Message(text));

    [Theory]
    [InlineData("captures/in side#1.pcap", "captures/in%20side%231.pcap")]
    [InlineData("../a:b.pcap", "../a%3Ab.pcap")]
    [InlineData("a:b.pcap", "a%3Ab.pcap")]
    [InlineData("/var/tmp/ü.pcap", "file:///var/tmp/%C3%BC.pcap")]
    public void A_path_is_a_uri_reference(string path, string uri) => Assert.Equal(uri, SarifText.Uri(path));

    private static JsonElement Log(AuditRun run) =>
        JsonDocument.Parse(ReportText.Of(run, "sarif")).RootElement.GetProperty("runs")[0];
}
