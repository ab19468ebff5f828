using System.Text.Json;
using PortAudit.Tests.Reports;

namespace PortAudit.Tests.Cli.Commands;

/// <summary><c>portaudit learn</c>, <c>accept</c>, <c>forget</c> and <c>audit --against</c>.</summary>
public sealed class LearnCommandTests : IDisposable
{
    private static readonly string Domain = Repository.PathOf("captures", "domain");
    private static readonly string Site = Path.Combine(Domain, "site.yaml");
    private readonly TemporaryDirectory _directory = new();

    private string Baseline => _directory["baseline.json"];

    private string Report => _directory["report.json"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_baseline_of_one_capture_makes_what_another_has_more_news_until_it_is_accepted()
    {
        Assert.Equal(0, Learn("logon").ExitCode);
        var run = Against("replication");

        var news = JsonDocument.Parse(File.ReadAllText(Report)).RootElement.GetProperty("news");
        Assert.NotEqual(0, news.GetProperty("entries").GetArrayLength());
        Assert.Contains("New here", run.Output, StringComparison.Ordinal);
        Assert.Empty(new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema/audit.schema.json")))
            .Check(File.ReadAllText(Report)));

        Assert.Contains("Accepted", CommandRun.Of("accept", Baseline, Report, "--all", "--reason", "known").Output,
            StringComparison.Ordinal);
        Against("replication");
        Assert.Equal(0, JsonDocument.Parse(File.ReadAllText(Report)).RootElement.GetProperty("news")
            .GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public void What_is_forgotten_is_new_again()
    {
        Learn("logon");
        Assert.Contains("Forgot", CommandRun.Of("forget", Baseline, "--to", "dns-server").Output,
            StringComparison.Ordinal);

        Assert.Contains("1 new-traffic", Against("logon").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Baselines_are_united_without_captures()
    {
        Learn("logon");
        var run = CommandRun.Of("learn", "--add", Baseline, "--add", Baseline, "-o", _directory["both.json"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("watched at the same time", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is not a baseline that 'portaudit learn' wrote: line 1")]
    [InlineData("", "is not a baseline that 'portaudit learn' wrote")]
    [InlineData("{\"schema_version\": 2}", "schema_version is not 1")]
    [InlineData("\"connections\": 1099511627777", "entries[0].connections is not between 0 and 1099511627776")]
    [InlineData("\"connections\": -1", "entries[0].connections is not between 0 and")]
    [InlineData("\"transport\": \"quic\"", "entries[0].transport is no transport")]
    [InlineData("\"11\": 1, \"24\"", "entries[0].hours.24 is no hour from 00 to 23")]
    public void A_baseline_that_cannot_be_read_is_told_with_its_place(string text, string problem)
    {
        Learn("logon");
        var whole = File.ReadAllText(Baseline);
        File.WriteAllText(Baseline, Damaged(whole, text));

        foreach (var run in new[] { Against("logon"), CommandRun.Of("forget", Baseline, "--to", "dns-server"),
            CommandRun.Of("learn", Path.Combine(Domain, "logon.pcap"), "--site", Site, "--add", Baseline, "-o", "-") })
        {
            Assert.Equal(2, run.ExitCode);
            Assert.Contains($"{Baseline}: ", run.Error, StringComparison.Ordinal);
            Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"site\": \"Contoso domain lab\"", "\"site\": \"Fabrikam\"", "was learned at the site 'Fabrikam'")]
    public void Without_a_baseline_of_the_site_the_audit_goes_on(string before, string after, string warning)
    {
        Learn("logon");
        File.WriteAllText(Baseline, File.ReadAllText(Baseline).Replace(before, after, StringComparison.Ordinal));
        var run = Against("logon");

        Assert.Contains(warning, run.Error, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("New here", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_baseline_is_told_and_the_audit_goes_on()
    {
        Learn("logon");
        using (var baseline = JsonDocument.Parse(File.ReadAllText(Baseline)))
        {
            File.WriteAllText(Baseline, "{\"schema_version\": 1, "
                + "\"tool\": {\"name\": \"portaudit\", \"version\": \"1\"},"
                + "\"learned\": {\"site\": \"Contoso domain lab\", \"site_sha256\": \"\", \"catalogs\": [], "
                + "\"watched\": [], \"more_entries\": false, \"more_pairs\": false}, \"entries\": []}");
        }

        var run = Against("logon");
        Assert.Contains("the baseline is empty", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("No capture is given", "learn", "-o", "x")]
    [InlineData("Option '-o' is required", "learn", "captures")]
    [InlineData("Name an ID, or --all", "accept", "a", "b", "--reason", "x")]
    [InlineData("--all already accepts each ID", "accept", "a", "b", "c", "--all", "--reason", "x")]
    [InlineData("--reason is empty", "accept", "a", "b", "--all", "--reason", " ")]
    [InlineData("Name an ID, or --from or --to", "forget", "a")]
    [InlineData("Name IDs or roles, not both", "forget", "a", "b", "--to", "c")]
    public void Wrong_usage_is_told(string problem, params string[] args)
    {
        var run = CommandRun.Of(args);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_identifier_changes_nothing()
    {
        Learn("logon");
        Against("replication");
        var before = File.ReadAllText(Baseline);

        Assert.Equal(2, CommandRun.Of("accept", Baseline, Report, "0123", "--reason", "x").ExitCode);
        Assert.Equal(2, CommandRun.Of("forget", Baseline, "0123").ExitCode);
        Assert.Equal(before, File.ReadAllText(Baseline));
    }

    [Fact]
    public void A_report_without_news_cannot_be_accepted()
    {
        Learn("logon");
        CommandRun.Of("audit", Path.Combine(Domain, "logon.pcap"), "--site", Site, "--json", Report);

        Assert.Contains("it is a report without --against",
            CommandRun.Of("accept", Baseline, Report, "--all", "--reason", "x").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_is_not_overwritten() =>
        Assert.Contains("is a capture of this run", CommandRun.Of("learn", Path.Combine(Domain, "logon.pcap"), "--site",
            Site, "-o", Path.Combine(Domain, "logon.pcap")).Error, StringComparison.Ordinal);

    private static string Damaged(string whole, string text) => text switch
    {
        "{" or "" or "{\"schema_version\": 2}" => text,
        _ when text.StartsWith("\"11\"", StringComparison.Ordinal) =>
            whole.Replace("\"11\"", text, StringComparison.Ordinal),
        _ => System.Text.RegularExpressions.Regex.Replace(whole,
            $"{text.Split(' ')[0]} (\"[a-z]*\"|[0-9]+)", text),
    };

    private CommandRun Learn(string capture) => CommandRun.Of("learn", Path.Combine(Domain, $"{capture}.pcap"),
        "--site", Site, "-o", Baseline);

    private CommandRun Against(string capture) => CommandRun.Of("audit", Path.Combine(Domain, $"{capture}.pcap"),
        "--site", Site, "--against", Baseline, "--json", Report);
}
