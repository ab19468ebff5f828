using System.Xml.Linq;
using PortAudit.Audit.Findings;
using PortAudit.Reports.Baseline;

namespace PortAudit.Tests.Reports.Junit;

public sealed class AuditJunitTests
{
    private static readonly string[] SuiteFields = ["name", "tests", "failures", "errors", "skipped"];

    [Fact]
    public void The_captures_the_rules_of_each_catalog_and_the_findings_are_suites() => Assert.Equal(
        ["captures 3 0 2 0", "lync-server-2013 6 1 0 3", "findings 2 1 0 1"],
        Document(SampleReport.Run()).Root!.Elements()
            .Select(suite => string.Join(' ', SuiteFields
                .Select(name => suite.Attribute(name)!.Value))));

    [Fact]
    public void A_rule_passes_when_it_was_exercised_and_is_skipped_with_the_reason_when_nothing_is_known()
    {
        var tests = Tests(SampleReport.Run(), "lync-server-2013");

        Assert.Empty(tests.Single(test => Name(test).StartsWith("lync.web:", StringComparison.Ordinal)).Elements());
        Assert.Equal("not-observable (conditional): No host of global-catalog appears in the captures.",
            Message(tests.First(test => Name(test).StartsWith("windows.dns:", StringComparison.Ordinal)), "skipped"));
        Assert.Equal("not-applicable (conditional): Condition lync.xmpp-federation is off.",
            Message(tests.Single(test => Name(test).StartsWith("lync.xmpp:", StringComparison.Ordinal)), "skipped"));
    }

    [Fact]
    public void A_required_rule_that_failed_fails_with_the_evidence_and_its_finding_is_not_told_twice()
    {
        var rule = Tests(SampleReport.Run(), "lync-server-2013")
            .Single(test => Name(test).StartsWith("lync.edge-internal.sip-in:", StringComparison.Ordinal));

        Assert.Equal("lync-server-2013.lync-director to lync-edge-internal", rule.Attribute("classname")!.Value);
        Assert.Equal("blocked: dir01 tried edge1 5 times and got no answer.", Message(rule, "failure"));
        Assert.Contains("Frames: captures/inside.pcap: 10-12, 40\nFilter: ip.addr == 10.0.0.12", rule.Value,
            StringComparison.Ordinal);
        Assert.DoesNotContain(Tests(SampleReport.Run(), "findings"),
            test => Name(test).Contains("f-0123456789abcdef", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Severity.Info, 3)]
    [InlineData(Severity.Medium, 2)]
    [InlineData(Severity.High, 1)]
    [InlineData(Severity.Critical, 0)]
    [InlineData(null, 0)]
    public void Failures_are_the_findings_that_fail_the_run(Severity? failOn, int failures) =>
        Assert.Equal(failures, Document(SampleReport.Run() with { FailOn = failOn }).Descendants("failure").Count());

    [Fact]
    public void With_new_findings_only_those_that_the_baseline_knows_are_skipped() => Assert.Equal(
        ["changed f-0123456789abcdef", "new f-fedcba9876543210"],
        new[] { ("changed", 0), ("new", 1), ("unchanged", 2) }
            .Select(entry => (entry.Item1, SampleReport.Run().Report.Findings[entry.Item2]))
            .Where(entry => (SampleReport.RunWithBaseline()
                with
            { FailsOnNewOnly = true, FailOn = Severity.Info }).Fails(entry.Item2))
            .Select(entry => $"{entry.Item1} {entry.Item2.Id}"));

    [Fact]
    public void An_input_that_was_not_read_whole_is_an_error()
    {
        var captures = Tests(SampleReport.Run(), "captures");

        Assert.Empty(captures[0].Elements());
        Assert.Equal("the block at offset 512 has unequal lengths", Message(captures[1], "error"));
        Assert.Equal("no such file", Message(captures[2], "error"));
    }

    [Fact]
    public void Characters_that_XML_forbids_are_written_out()
    {
        var run = SampleReport.Run();
        var finding = run.Report.Findings[1]
            with
        { Explanation = "a\0b\u0008c\ud800d\uFFFEe]]>f", FromRole = "r\u0001", ToRole = "<&\"'>" };
        var test = Tests(run with { Report = run.Report with { Findings = [finding] } }, "findings").Single();

        Assert.Contains("a\\u{0000}b\\u{0008}c\\u{D800}d\\u{FFFE}e]]>f", test.Value, StringComparison.Ordinal);
        Assert.Equal("findings.r\\u{0001} to <&\"'>", test.Attribute("classname")!.Value);
    }

    [Fact]
    public void Diagnostics_stand_on_the_standard_error_of_the_captures() =>
        Assert.Equal("site.yaml:12:5: unknown key 'host'; write 'hosts'",
            Document(SampleReport.Run()).Root!.Elements().First().Element("system-err")!.Value);

    private static XDocument Document(AuditRun run) => XDocument.Parse(ReportText.Of(run, "junit"));

    private static List<XElement> Tests(AuditRun run, string suite) =>
        [.. Document(run).Root!.Elements().Single(element => element.Attribute("name")!.Value == suite)
            .Elements("testcase")];

    private static string Name(XElement test) => test.Attribute("name")!.Value;

    private static string Message(XElement test, string element) => test.Element(element)!.Attribute("message")!.Value;
}
