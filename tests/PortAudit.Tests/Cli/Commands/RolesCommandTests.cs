using System.Text.Json;
using PortAudit.Tests.Reports;

namespace PortAudit.Tests.Cli.Commands;

public sealed class RolesCommandTests : IDisposable
{
    private static readonly JsonSchema Schema =
        new(File.ReadAllText(Repository.PathOf("docs/schema/roles.schema.json")));
    private static readonly string Domain = Repository.PathOf("captures", "domain");
    private static readonly string DomainSite = Repository.PathOf("captures", "domain", "site.yaml");

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void A_proposal_is_a_site_file_that_an_audit_takes_without_a_warning()
    {
        var run = CommandRun.Of("roles", Domain);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        File.WriteAllText(_directory["site.yaml"], run.Output);

        var check = CommandRun.Of("catalog", "check", _directory["site.yaml"]);
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        var audit = CommandRun.Of("audit", Domain, "--site", _directory["site.yaml"], "--json", "-");
        Assert.Equal("", audit.Error);
        Assert.NotEqual(0, JsonDocument.Parse(audit.Output).RootElement.GetProperty("flows_judged").GetInt64());
        var again = CommandRun.Of("roles", Domain, "--site", _directory["site.yaml"]);
        Assert.Equal(0, again.ExitCode);
        Assert.DoesNotContain("role-mismatch", again.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proposals")]
    [InlineData("comparison", "--site")]
    public void Json_meets_its_schema(string kind, params string[] site)
    {
        var run = CommandRun.Of(["roles", Domain, "--format", "json", "--minimum-confidence", "low", .. site,
            .. site.Select(_ => DomainSite)]);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(Schema.Check(run.Output));
        Assert.Equal(kind, JsonDocument.Parse(run.Output).RootElement.GetProperty("kind").GetString());
    }

    [Fact]
    public void Every_piece_of_evidence_has_its_frame()
    {
        var run = CommandRun.Of("roles", Repository.PathOf("captures", "media"), Domain,
            Repository.PathOf("captures", "lync-edge"), "--format", "json", "--minimum-confidence", "low");

        var frames = JsonDocument.Parse(run.Output).RootElement.GetProperty("hosts").EnumerateArray()
            .SelectMany(host => host.GetProperty("roles").EnumerateArray())
            .SelectMany(role => role.GetProperty("evidence").EnumerateArray())
            .Select(evidence => evidence.GetProperty("first_frame").GetString())
            .ToList();
        Assert.NotEmpty(frames);
        Assert.All(frames, frame => Assert.Matches(@"\.pcap(ng)?#[1-9][0-9]*$", frame));
    }

    [Fact]
    public void Threads_change_nothing() =>
        Assert.Equal(CommandRun.Of("roles", Domain, "--threads", "1").Output,
            CommandRun.Of("roles", Domain, "--threads", "4").Output);

    [Fact]
    public void A_contradiction_of_high_confidence_is_a_finding()
    {
        File.WriteAllText(_directory["site.yaml"], "site: S\ncatalogs: [windows-server]\nhosts:\n  - { name: files, "
            + "addresses: [10.0.0.10], roles: [file-server] }\n");
        string[] command = ["roles", Domain, "--site", _directory["site.yaml"]];

        var run = CommandRun.Of(command);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("files is listed as file-server and behaves like", run.Output, StringComparison.Ordinal);
        Assert.Contains("global-catalog", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of([.. command, "--fail-on", "never"]).ExitCode);
        Assert.Equal(0, CommandRun.Of([.. command, "--fail-on", "high"]).ExitCode);
        var audit = CommandRun.Of("audit", Domain, "--site", _directory["site.yaml"], "--json", "-");
        Assert.Contains("\"kind\": \"role-mismatch\"", audit.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_roles_of_the_catalogs_that_were_named_are_considered()
    {
        Assert.Contains("catalogs: [cisco-unity-5]",
            CommandRun.Of("roles", Domain, "--catalogs", "cisco-unity-5").Output, StringComparison.Ordinal);
        var none = CommandRun.Of("roles", Domain, "--catalogs", "mobile-information-server-2001");
        Assert.Equal((0, "warning: nothing is proposed: These catalogs have no signs.\n"),
            (none.ExitCode, none.Error));
        Assert.Equal(2, CommandRun.Of("roles", Domain, "--catalogs", "windows").ExitCode);
    }

    [Theory]
    [InlineData("--format", "csv")]
    [InlineData("--minimum-confidence", "sure")]
    [InlineData("--fail-on", "bad", "--site", "s.yaml")]
    [InlineData("--format", "yaml", "--site", "s.yaml")]
    public void Wrong_usage_is_exit_code_2(params string[] options) =>
        Assert.Equal(2, CommandRun.Of(["roles", Domain, .. options]).ExitCode);

    [Fact]
    public void A_capture_that_is_cut_makes_the_proposal_partial()
    {
        var whole = File.ReadAllBytes(Path.Combine(Domain, "logon.pcap"));
        File.WriteAllBytes(_directory["cut.pcap"], whole[..^7]);

        var run = CommandRun.Of("roles", _directory["cut.pcap"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("# PARTIAL", run.Output, StringComparison.Ordinal);
        Assert.Contains("  - { name: dc1", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();
}
