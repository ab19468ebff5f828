using PortAudit.Audit.Findings;
using static PortAudit.Tests.Audit.FlowSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit;

public sealed class FindingFoldTests
{
    [Fact]
    public void A_flow_that_is_blocked_under_several_rules_is_one_finding_of_the_narrowest()
    {
        var bench = new AuditBench(
            RuleSample.Required("wide fe edge tcp 5000-6000 - any"),
            RuleSample.Required("exact fe edge tcp 5061 sip any"),
            RuleSample.Required("other fe edge tcp 5061,5062 - any"));
        var finding = Assert.Single(bench.Run(Of("10.0.0.1:50000 tcp 10.1.0.1:5061")
            .Ending(Outcome.Unanswered)).Findings);

        Assert.Equal((FindingKind.RequiredFlowBlocked, "exact"), (finding.Kind, finding.Rule!.Id));
        Assert.Equal(["other", "wide"], finding.OtherRules.Select(rule => rule.Id));
        Assert.EndsWith("The rules other (Title of other) and wide (Title of wide) need the same flow.",
            finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_announced_port_that_is_blocked_says_which_rules_need_it()
    {
        var bench = new AuditBench(
            RuleSample.Required("one fe edge tcp 40000-50000 dcerpc any") with { AnnouncedBy = ["dcerpc"] },
            RuleSample.Required("two fe edge tcp 40000-60000 dcerpc any") with { AnnouncedBy = ["dcerpc"] });
        var finding = Assert.Single(bench.Run(Of("10.0.0.1:50000 tcp 10.1.0.1:45000").Ending(Outcome.Unanswered)
            .Announced("dnsserver")).Findings);

        Assert.Equal((FindingKind.AnnouncedPortBlocked, "one"), (finding.Kind, finding.Rule!.Id));
        Assert.Equal(["two"], finding.OtherRules.Select(rule => rule.Id));
    }

    [Fact]
    public void Other_flows_stay_findings_of_their_own()
    {
        var bench = new AuditBench(RuleSample.Required("wide fe edge tcp 5000-6000 - any"),
            RuleSample.Required("exact fe edge tcp 5061 - any"));
        var findings = bench.Run(
            Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Ending(Outcome.Unanswered),
            Of("10.0.0.1:50000 tcp 10.1.0.1:5062").Ending(Outcome.Unanswered)).Findings;

        Assert.Equal(["exact", "wide"], findings.Select(finding => finding.Rule!.Id));
        Assert.All(findings, finding => Assert.Empty(finding.OtherRules));
    }
}
