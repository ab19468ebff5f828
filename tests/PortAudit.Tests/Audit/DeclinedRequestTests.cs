using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Roles;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

/// <summary>A request that its server did not accept says something of who asked, and nothing of what is served.
/// </summary>
public sealed class DeclinedRequestTests
{
    private const string FeToEdge = "10.0.0.1:50000 tcp 10.1.0.1:5061";

    [Theory]
    // what was asked for, what the server speaks, the rule's protocol and security; verdict
    [InlineData("rdp", "http", "http", "none", Verdict.Declined)]
    [InlineData("rdp", "tls", "http", "tls", Verdict.Declined)]
    [InlineData("http", "tls", "http", "mtls", Verdict.Declined)]
    [InlineData("rdp", "http", "sip", "tls", Verdict.Declined)]
    [InlineData("dcerpc", null, "-", "any", Verdict.Declined)]
    [InlineData("http", "http", "http", "tls", Verdict.Declined)] // and answered that the port wants TLS
    [InlineData("tls", "http", "sip", "tls", Verdict.Cleartext)]
    [InlineData("tls", "http", "sip", "mtls", Verdict.Cleartext)]
    [InlineData("tls", "http", "http", "none", Verdict.Declined)]
    [InlineData("tls", null, "sip", "tls", Verdict.Declined)]
    public void It_exercises_no_rule_and_contradicts_only_one_that_asks_for_tls(string asked, string? spoken,
        string protocol, string security, Verdict verdict)
    {
        var bench = new AuditBench(RuleSample.Of($"r fe edge tcp 5061 {protocol} {security}"));
        var report = bench.Run(Declined(FeToEdge, asked, spoken));

        Assert.Equal(verdict, bench.Judge(Declined(FeToEdge, asked, spoken)).Verdict);
        Assert.DoesNotContain(report.Rules, row => row.Status is RuleStatus.Seen or RuleStatus.SeenByPort);
    }

    [Theory]
    [InlineData(FeToEdge)]
    [InlineData("10.0.0.1:50000 tcp 10.1.0.1:9")]
    public void It_is_a_low_finding_about_who_asked(string line)
    {
        var report = new AuditBench(RuleSample.Of("r fe edge tcp 5061 http none")).Run(Declined(line, "rdp", "http"));
        var finding = Assert.Single(report.Findings, finding => finding.Kind == FindingKind.DeclinedRequest);

        Assert.Equal(Severity.Low, finding.Severity);
        Assert.Contains("asked for rdp", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("fe01", finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("TLS", finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(report.Findings, other => other.Kind == FindingKind.UnexpectedTraffic);
    }

    [Fact]
    public void Tls_that_is_answered_in_clear_is_off()
    {
        var report = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip tls")).Run(Declined(FeToEdge, "tls", "http"));
        var finding = Assert.Single(report.Findings, finding => finding.Kind == FindingKind.Cleartext);

        Assert.Equal(Severity.High, finding.Severity);
        Assert.Contains("TLS is off there", finding.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ShADaf", 0, Verdict.Declined)]
    [InlineData("ShADar", 0, Verdict.Declined)]
    [InlineData("ShADadf", 20, Verdict.Cleartext)] // it answered
    [InlineData("ShADaF", 0, Verdict.Cleartext)] // the client gave up
    [InlineData("ShADaFf", 0, Verdict.Cleartext)] // and the server followed, as that of syslog does
    public void A_request_in_clear_that_the_server_ends_in_silence_is_no_service_in_clear(string history, int answer,
        Verdict verdict)
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 http tls"));
        var flow = Of(FeToEdge).Proving("http") with
        {
            History = history,
            In = new DirectionCounters(3, 200 + answer, answer),
        };

        Assert.Equal(verdict, bench.Judge(flow).Verdict);
        if (verdict == Verdict.Declined)
            Assert.Contains("asked for http", Assert.Single(bench.Run(flow).Findings,
                finding => finding.Kind == FindingKind.DeclinedRequest).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_serves_what_it_asks_for_nor_what_it_is_answered_in()
    {
        Assert.Null(ServiceUse.Of(Declined(FeToEdge, "dcerpc", "http")));
        Assert.True(ServiceUse.IsProbe(Declined(FeToEdge, "dcerpc", "http")));
    }

    [Fact]
    public void Each_flow_counts_under_one_word()
    {
        var report = new AuditBench(RuleSample.Of("r fe edge tcp 5061 http none")).Run(
            Declined(FeToEdge, "rdp", "http"));
        var words = Assert.Single(report.RolePairs).Words;

        Assert.Equal((1, 0), (words.Permitted, words.Escaped));
    }

    [Fact]
    public void One_of_which_nothing_proves_that_it_arrived_counts_once()
    {
        var report = new AuditBench(RuleSample.Of("r fe edge tcp 5061 http none")).Run(
            Declined(FeToEdge, "rdp", "http").Ending(Outcome.Undecided));

        var pair = Assert.Single(report.RolePairs);

        Assert.Equal(KeyValuePair.Create(Verdict.Declined, 1L), Assert.Single(pair.Verdicts));
        Assert.Equal(new DispositionCounts(0, 0, 0, 0, 1), pair.Words);
    }

    private static FlowRecord Declined(string line, string asked, string? spoken) =>
        (spoken is null ? Of(line) : Of(line).Proving(spoken)) with { Declined = asked };
}
