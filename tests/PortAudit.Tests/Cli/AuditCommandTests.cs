namespace PortAudit.Tests.Cli;

/// <summary>What is found wrong before any packet is read.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private const string Catalog = """
        catalog: pilot
        title: Pilot
        roles:
          web: { title: Web server }
        rules: []
        """;

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void A_missing_site_is_one_line_and_exit_code_2_though_the_capture_is_missing_too()
    {
        var run = CommandRun.Of("audit", _directory["gone.pcap"], "--site", _directory["gone.yaml"]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"error: {_directory["gone.yaml"]}: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("flows")]
    public void A_wrong_site_says_where(string command)
    {
        File.WriteAllText(_directory["site.yaml"], "site: Pilot\nhostz: []\n");
        var run = CommandRun.Of(command, "a.pcap", "--site", _directory["site.yaml"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{_directory["site.yaml"]}:2:1: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_would_overwrite_a_capture_is_refused()
    {
        _directory.Touch("a.pcap");
        var run = CommandRun.Of(["audit", _directory["a.pcap"], .. Site(), "--json", _directory["./a.pcap"]]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is a capture of this run and would be overwritten", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_refused_before_anything_is_read()
    {
        _directory.Touch("a.pcap");
        var run = CommandRun.Of(["audit", _directory["a.pcap"], .. Site(), "--json", _directory["no/such/report.json"]]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("report.json: cannot be written: ", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private string[] Site()
    {
        Directory.CreateDirectory(_directory["rules"]);
        File.WriteAllText(_directory["rules/pilot.yaml"], Catalog);
        File.WriteAllText(_directory["rules/sources.yaml"], "documents: []\n");
        File.WriteAllText(_directory["site.yaml"], "site: Pilot\ncatalogs: [pilot]\nhosts:\n  - { name: www, addresses: [10.0.0.1], roles: [web] }\n");
        return ["--site", _directory["site.yaml"], "--rules", _directory["rules"]];
    }
}
