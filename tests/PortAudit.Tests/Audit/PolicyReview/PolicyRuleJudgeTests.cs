using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using static PortAudit.Tests.Audit.Policies.Model.PolicyLines;
using static PortAudit.Tests.Audit.PolicyReview.PolicyReviewTests;
using static PortAudit.Tests.Audit.PolicyReview.ReviewSample;

namespace PortAudit.Tests.Audit.PolicyReview;

/// <summary>What is said of a rule, in the site of <see cref="PolicyReviewTests"/>.</summary>
public sealed class PolicyRuleJudgeTests
{
    private static readonly FlowRecord Web = Of("10.2.0.9:50000 tcp 10.0.0.1:443");

    [Fact]
    public void A_rule_for_which_the_firewall_counted_packets_is_not_called_unused()
    {
        var policy = Forwarding(Rule("permit tcp any any 8080") with { Hits = 12 }, Default(PolicyAction.Drop));
        var row = Report(policy, [Web], days: 8).Rules[0];

        Assert.Equal("undocumented possibly-used review", Words(row));
        Assert.Contains("12 hits", row.UseReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_a_rule_is_tightened_its_owner_hears_what_that_would_stop()
    {
        var row = Row("permit tcp any 10.0.0.1 443", [Web, Of("203.0.113.9:50000 tcp 10.0.0.1:443")]);

        Assert.Equal("wider used tighten", Words(row));
        Assert.Contains("1 of 2 connections would be stopped", row.AdviceReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_covered_rule_that_the_firewall_counted_is_not_closed_unseen()
    {
        var first = Rule("permit tcp any any 8080", "first");
        var rules = Report(Forwarding(first, first with { Name = "second", Hits = 12 }, Default(PolicyAction.Drop)), [])
            .Rules;

        Assert.Equal(PolicyAdvice.Review, rules[1].Advice);
        Assert.Contains("12 hits", rules[1].AdviceReason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_capture_of_an_hour_says_that_the_rest_of_a_rule_is_not_needed() => Assert.Equal(
        "It allows more than the documents ask for; whether anything needs the rest, the captures do not say.",
        Row("permit tcp any 10.0.0.1 443", []).AdviceReason);

    [Fact]
    public void A_rule_by_which_an_undocumented_combination_of_documented_parts_passed_is_wider()
    {
        var bench = new AuditBench(RuleSample.Of("web client fe tcp 443 - any"),
            RuleSample.Of("sql fe db tcp 1433 - any"))
        {
            Policies =
            [
                Bound(Forwarding(Rule("permit tcp 10.0.0.1,10.0.0.2,10.2.0.0/16 10.0.0.1,10.0.0.2,10.0.0.3 443,1433"),
                    Default(PolicyAction.Drop))),
            ],
        };
        var report = Assert.Single(bench.Run(Of("10.2.0.9:50000 tcp 10.0.0.3:1433")).Policies);

        Assert.Equal(PolicyNeed.Wider, report.Rules[0].Need);
    }

    [Fact]
    public void A_documented_rule_that_only_another_protocol_used_is_to_be_reviewed()
    {
        var bench = new AuditBench(RuleSample.Of("web client fe tcp 443 tls any"))
        {
            Policies = [Bound(Forwarding(Rule("permit tcp 10.2.0.0/16 10.0.0.1 443"), Default(PolicyAction.Drop)))],
        };

        Assert.Equal("documented used review", Words(RowOf(Web.Proving("ssh"))));
        Assert.Equal("documented used keep", Words(RowOf(Web.Proving("ssh"), Web.Proving("tls").At(9))));

        PolicyRuleRow RowOf(params FlowRecord[] flows) => Assert.Single(bench.Run(flows).Policies).Rules[0];
    }

    [Fact]
    public void A_rule_that_stops_what_is_needed_is_to_be_reviewed()
    {
        var report = Report(Forwarding(Rule("drop tcp any 10.0.0.1 443", "no-web"), Rule("drop tcp any any 22"),
            Default(PolicyAction.Drop)), [Web]);

        Assert.Equal([PolicyAdvice.Review, PolicyAdvice.Keep, PolicyAdvice.Keep],
            report.Rules.Select(row => row.Advice));
        Assert.Contains("(web)", report.Rules[0].AdviceReason, StringComparison.Ordinal);
    }
}
