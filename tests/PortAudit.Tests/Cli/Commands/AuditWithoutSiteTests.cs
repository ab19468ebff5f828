using System.Text.Json;

namespace PortAudit.Tests.Cli.Commands;

/// <summary><c>audit</c> without <c>--site</c>.</summary>
public sealed class AuditWithoutSiteTests : IDisposable
{
    private static readonly string Domain = Repository.PathOf("captures", "domain");

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void The_first_line_says_that_the_site_was_proposed()
    {
        var run = CommandRun.Of("audit", Domain, "--fail-on", "never");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("No site file given: judged by the site that 'portaudit roles' proposes from these",
            run.Output, StringComparison.Ordinal);
        Assert.Contains("\nProposed site: ", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("No site file given: ", CommandRun.Of("audit", Domain, "-q").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void It_judges_as_the_saved_site_does()
    {
        var site = _directory["site.yaml"];
        var run = CommandRun.Of("audit", Domain, "--save-site", site, "--json", "-", "--fail-on", "never");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var proposed = JsonDocument.Parse(run.Output).RootElement;
        var given = JsonDocument.Parse(CommandRun.Of("audit", Domain, "--site", site, "--json", "-").Output)
            .RootElement;

        Assert.True(proposed.GetProperty("site").GetProperty("proposed").GetBoolean());
        Assert.False(given.GetProperty("site").GetProperty("proposed").GetBoolean());
        Assert.Equal(site, proposed.GetProperty("site").GetProperty("file").GetString());
        foreach (var same in new[] { "findings", "role_pairs", "rules", "hosts" })
            Assert.Equal(given.GetProperty(same).GetRawText(), proposed.GetProperty(same).GetRawText());
        Assert.Equal(given.GetProperty("site").GetProperty("sha256").GetString(),
            proposed.GetProperty("site").GetProperty("sha256").GetString());
    }

    [Fact]
    public void A_site_file_that_exists_is_not_overwritten()
    {
        File.WriteAllText(_directory["site.yaml"], "mine");
        var run = CommandRun.Of("audit", Domain, "--save-site", _directory["site.yaml"]);

        Assert.Equal((2, "", "mine"), (run.ExitCode, run.Output, File.ReadAllText(_directory["site.yaml"])));
        Assert.Contains("site.yaml: exists already", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("standard input can be read once only", "-")]
    [InlineData("--save-site writes the site proposed by an audit without --site", "a.pcap", "--save-site", "s",
        "--site", "t")]
    [InlineData("--save-site: name a file", "a.pcap", "--save-site", "-")]
    public void What_cannot_be_is_refused_before_anything_is_read(string problem, params string[] arguments)
    {
        var run = CommandRun.Of(["audit", .. arguments]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_that_cannot_be_read_is_an_error_of_the_input_and_leaves_no_site()
    {
        var run = CommandRun.Of("audit", _directory["gone.pcap"], "--save-site", _directory["site.yaml"]);

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Single(run.Errors);
        Assert.Empty(Directory.GetFiles(_directory.Path));
    }

    public void Dispose() => _directory.Dispose();
}
