using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class ExceptionTests
{
    private static readonly DateOnly LastDay = new(2024, 5, 1);

    [Theory]
    [InlineData(0, true)] // it holds on its last day
    [InlineData(-1, false)]
    [InlineData(400, true)]
    public void An_exception_excuses_until_its_last_day_by_the_clock_of_the_capture(int days, bool holds)
    {
        var report = Bench(AuditBench.ExceptionOf("EX-7", "fe", "any", "9", LastDay.AddDays(days)))
            .Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9"));

        Assert.Equal(holds ? Verdict.Excepted : Verdict.Unexpected,
            Assert.Single(Assert.Single(report.RolePairs).Verdicts).Key);
        Assert.Equal((!holds, 1L), (report.Exceptions[0].Expired, report.Exceptions[0].Flows));
        Assert.Equal(holds ? [] : [FindingKind.UnexpectedTraffic, FindingKind.ExpiredException],
            report.Findings.Select(finding => finding.Kind));
        Assert.Equal(holds ? 1 : 0, report.RolePairs[0].Words.Permitted);
    }

    [Fact]
    public void An_expired_exception_shows_the_flows_that_fell_under_it()
    {
        var finding = Bench(AuditBench.ExceptionOf("EX-7", "fe01", "edge", "9", LastDay.AddDays(-1)))
            .Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9")).Findings[1];

        Assert.Equal((FindingKind.ExpiredException, Severity.Low, 1L), (finding.Kind, finding.Severity, finding.Flows));
        Assert.NotEmpty(finding.Evidence.Filter);
        Assert.Equal(
            "The exception EX-7 (backup agent; owner infra) expired on 2024-04-30. 1 flow from fe01 to edge1 matched "
                + "it and is judged without it.",
            finding.Explanation);
    }

    [Theory]
    [InlineData("fe", "edge", "10", 400, FindingKind.UnusedException, Severity.Info)] // another port
    [InlineData("db", "edge", "9", 400, FindingKind.UnusedException, Severity.Info)] // another role
    [InlineData("edge", "fe", "9", 400, FindingKind.UnusedException, Severity.Info)] // the other direction
    [InlineData("fe", "edge", "10", -1, FindingKind.ExpiredException, Severity.Low)]
    public void An_exception_that_nothing_used_is_told(string from, string to, string ports, int days, FindingKind kind,
        Severity severity)
    {
        var findings = Bench(AuditBench.ExceptionOf("EX-7", from, to, ports, LastDay.AddDays(days)))
            .Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9")).Findings;

        Assert.Equal([FindingKind.UnexpectedTraffic, kind],
            findings.OrderBy(finding => finding.Kind).Select(finding => finding.Kind));
        Assert.Equal(severity, findings.Single(finding => finding.Kind == kind).Severity);
    }

    [Theory]
    [InlineData(0, Verdict.Excepted)]
    [InlineData(-1, Verdict.Unexpected)]
    public void What_stands_beside_the_verdict_tells_the_one_that_the_exception_leaves(int days, Verdict expected)
    {
        var report = Bench(AuditBench.ExceptionOf("EX-7", "fe", "any", "23", LastDay.AddDays(days)))
            .Run(Of("10.0.0.1:50000 tcp 10.1.0.1:23").Proving("telnet"));

        Assert.Equal(expected, report.Findings.Single(finding => finding.Kind == FindingKind.ObsoleteService).Verdict);
        Assert.Equal(expected, Assert.Single(Assert.Single(report.RolePairs).Verdicts).Key);
    }

    [Fact]
    public void Of_flows_of_which_some_are_excepted_the_others_tell_the_verdict()
    {
        var flows = new[] { Of("10.0.0.1:50000 tcp 10.1.0.1:23").Proving("telnet"),
            Of("10.0.0.1:50000 tcp 10.1.0.1:2323").Proving("telnet") };
        var report = Bench(AuditBench.ExceptionOf("EX-7", "fe", "any", "23", LastDay)).Run(flows);

        Assert.Equal(Verdict.Unexpected,
            report.Findings.Single(finding => finding.Kind == FindingKind.ObsoleteService).Verdict);
    }

    [Fact]
    public void What_a_rule_lets_pass_uses_no_exception()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 9 - any"));
        bench.Site = bench.Site with { Exceptions = [AuditBench.ExceptionOf("EX-7", "fe", "any", "9", LastDay)] };

        Assert.Equal(0, bench.Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9")).Exceptions[0].Flows);
    }

    [Fact]
    public void Of_several_exceptions_the_one_that_holds_longest_decides_and_all_count_as_used()
    {
        var report = Bench(
            AuditBench.ExceptionOf("EX-1", "fe", "any", "9", LastDay.AddDays(-1)),
            AuditBench.ExceptionOf("EX-2", "fe", "any", "9", LastDay.AddDays(1)),
            AuditBench.ExceptionOf("EX-3", "fe", "any", "9", LastDay)).Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9"));

        Assert.Equal([1L, 1, 1], report.Exceptions.Select(row => row.Flows));
        Assert.Equal(FindingKind.ExpiredException, Assert.Single(report.Findings).Kind);
        Assert.Equal(Verdict.Excepted, Assert.Single(report.RolePairs[0].Verdicts).Key);
    }

    [Theory]
    [InlineData("r fe edge tcp 9 - any", true)]
    [InlineData("r any any tcp 1-100 - any", true)]
    [InlineData("r fe edge tcp 10 - any", false)]
    [InlineData("r fe-cms edge tcp 9 - any", false)] // only some of the originators
    public void An_unused_exception_for_what_the_rules_allow_anyway_says_so(string rule, bool isAllowed)
    {
        var bench = new AuditBench(RuleSample.Of(rule));
        bench.Site = bench.Site with { Exceptions = [AuditBench.ExceptionOf("EX-7", "fe", "edge", "9", LastDay)] };
        var finding = Assert.Single(bench.Run(Of("10.0.0.1:50000 tcp 10.0.0.3:9")).Findings,
            finding => finding.Kind == FindingKind.UnusedException);

        Assert.Equal(
            isAllowed,
            finding.Explanation.EndsWith(" All that it covers is allowed by the rule r anyway, so that only a flow "
                + "that contradicts a rule (another protocol, no TLS) would need it.", StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_that_allow_it_together_are_named_together()
    {
        var bench = new AuditBench(RuleSample.Of("a fe edge tcp 9-12 - any"),
            RuleSample.Of("b any edge tcp 13-20 - any"), RuleSample.Of("c any edge tcp 100 - any"));
        bench.Site =
            bench.Site with { Exceptions = [AuditBench.ExceptionOf("EX-7", "fe01", "edge", "10-15", LastDay)] };

        Assert.Contains(" by the rules a and b anyway", bench.Run().Findings
            .Single(finding => finding.Kind == FindingKind.UnusedException).Explanation, StringComparison.Ordinal);
    }

    private static AuditBench Bench(params SiteException[] exceptions)
    {
        var bench = new AuditBench();
        bench.Site = bench.Site with { Exceptions = [.. exceptions] };
        return bench;
    }
}
