namespace PortAudit.Tests.Cli.Commands;

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
    public void A_missing_site_makes_exit_code_2_and_the_missing_capture_is_named_too()
    {
        var run = CommandRun.Of("audit", _directory["gone.pcap"], "--site", _directory["gone.yaml"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(2, run.Errors.Count);
        Assert.StartsWith($"error: {_directory["gone.yaml"]}: ", run.Errors[0], StringComparison.Ordinal);
        Assert.StartsWith($"error: {_directory["gone.pcap"]}: ", run.Errors[1], StringComparison.Ordinal);
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
        var run = CommandRun.Of(["audit", _directory["a.pcap"], .. Site(), "--json",
            _directory["no/such/report.json"]]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("report.json: cannot be written: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--csv")]
    [InlineData("--markdown")]
    [InlineData("--sarif")]
    [InlineData("--junit")]
    [InlineData("--evidence")]
    public void No_output_overwrites_an_input(string option)
    {
        _directory.Touch("a.pcap");
        File.CreateSymbolicLink(_directory["link"], _directory["a.pcap"]);
        Directory.CreateSymbolicLink(_directory["elsewhere"], _directory.Path);
        File.WriteAllText(_directory["old.json"],
            PortAudit.Tests.Reports.ReportText.Of(PortAudit.Tests.Reports.SampleReport.Run(), "json"));

        AssertRefused("is a capture of this run and would be overwritten", option, _directory["a.pcap"]);
        AssertRefused("is a capture of this run and would be overwritten", option, _directory["link"]);
        AssertRefused("is a capture of this run and would be overwritten", option, _directory["elsewhere/a.pcap"]);
        AssertRefused("is an input of this run and would be overwritten", option, _directory["site.yaml"]);
        AssertRefused("is an input of this run and would be overwritten", "--baseline", _directory["old.json"], option,
            _directory["old.json"]);
    }

    [Fact]
    public void Two_outputs_cannot_be_one_file_and_standard_output_takes_one()
    {
        _directory.Touch("a.pcap", "x");
        File.CreateSymbolicLink(_directory["y"], _directory["x"]);

        AssertRefused("is named for two outputs", "--csv", _directory["out"], "--json", _directory["./out"]);
        AssertRefused("is named for two outputs", "--csv", _directory["x"], "--evidence", _directory["y"]);
        AssertRefused("standard output ('-') can take one output only", "--csv", "-", "--json", "/dev/stdout");
        AssertRefused("standard output ('-') can take one output only", "--csv", "-", "--evidence", "-");
    }

    [Fact]
    public void Evidence_of_standard_input_is_refused_before_it_is_read()
    {
        var run = CommandRun.Of(new UnreadableStream(),
            ["audit", "-", .. Site(), "--evidence", _directory["out.pcapng"]]);

        Assert.Equal((2, false), (run.ExitCode, File.Exists(_directory["out.pcapng"])));
        Assert.Contains("--evidence reads the captures a second time, and standard input can be read once only",
            run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void When_one_output_cannot_be_opened_the_others_leave_nothing_behind()
    {
        _directory.Touch("a.pcap");
        AssertRefused("cannot be written: ", "--json", _directory["good.json"], "--evidence",
            _directory["no/such/out.pcapng"]);

        Assert.Empty(Directory.GetFiles(_directory.Path, "good.json*"));
    }

    [Fact]
    public void A_baseline_that_is_no_report_is_refused_before_anything_is_read_with_the_place()
    {
        _directory.Touch("a.pcap");
        File.WriteAllText(_directory["old.json"], "{\n\"schema_version\": 1,\n!");
        AssertRefused($"{_directory["old.json"]}: is not a JSON report of an audit: line 3, byte 1: ", "--baseline",
            _directory["old.json"]);
        AssertRefused($"{_directory["gone.json"]}: no such file", "--baseline", _directory["gone.json"]);
        AssertRefused("--fail-on-new needs --baseline.", "--fail-on-new");
    }

    public void Dispose() => _directory.Dispose();

    private void AssertRefused(string problem, params string[] options)
    {
        var run = CommandRun.Of(["audit", _directory["a.pcap"], .. Site(), .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private sealed class UnreadableStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            throw new InvalidOperationException("was read");

        public override int Read(Span<byte> buffer) => throw new InvalidOperationException("was read");
    }

    private string[] Site()
    {
        Directory.CreateDirectory(_directory["rules"]);
        File.WriteAllText(_directory["rules/pilot.yaml"], Catalog);
        File.WriteAllText(_directory["rules/sources.yaml"], "documents: []\n");
        File.WriteAllText(_directory["site.yaml"],
            "site: Pilot\ncatalogs: [pilot]\nhosts:\n  - { name: www, addresses: [10.0.0.1], roles: [web] }\n");
        return ["--site", _directory["site.yaml"], "--rules", _directory["rules"]];
    }
}
