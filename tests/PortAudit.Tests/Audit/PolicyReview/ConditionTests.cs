using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using static PortAudit.Tests.Audit.Policies.Model.PolicyLines;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit.PolicyReview;

/// <summary>What a connection says of rules that depend on something its packets do not show.</summary>
public sealed class ConditionTests
{
    private static readonly FlowRecord Connection = Of("10.2.0.9:50000 tcp 10.0.0.1:8080");

    [Fact]
    public void A_connection_that_passed_was_permitted_by_the_only_rule_that_may_permit_it()
    {
        var report = Report([Conditional("one", "program a.exe")], [Connection]);
        var row = report.Rules[0];

        Assert.Equal((PolicyUse.Used, 1), (row.Use, row.Connections));
        Assert.Contains("1 connection passed that only this rule can have permitted", row.UseReason,
            StringComparison.Ordinal);
        Assert.Contains("program a.exe", row.UseReason, StringComparison.Ordinal);
        Assert.Equal(0, report.Undecided);
    }

    [Fact]
    public void Of_two_rules_that_may_permit_it_neither_is_called_used()
    {
        var report = Report([Conditional("one", "program a.exe"), Conditional("two", "program b.exe")], [Connection]);

        Assert.Equal([PolicyUse.PossiblyUsed, PolicyUse.PossiblyUsed], report.Rules.Take(2).Select(row => row.Use));
        Assert.Contains("program a.exe", report.Rules[0].UseReason, StringComparison.Ordinal);
        Assert.Equal(1, report.Undecided);
    }

    [Fact]
    public void A_connection_that_did_not_pass_proves_no_rule()
    {
        var report = Report([Conditional("one", "program a.exe")], [Connection.Ending(Outcome.Unanswered)]);

        Assert.Equal((PolicyUse.PossiblyUsed, 1L), (report.Rules[0].Use, report.Undecided));
    }

    [Fact]
    public void What_passed_was_not_decided_by_a_rule_that_stops()
    {
        var stops = Conditional("stops", "program a.exe") with { Action = PolicyAction.Drop };
        var report = Report([stops, Rule("permit tcp any any 8080")], [Connection]);

        Assert.Equal(PolicyUse.NotSeen, report.Rules[0].Use);
        Assert.Equal((PolicyUse.Used, 1), (report.Rules[1].Use, report.Rules[1].Connections));
    }

    private static PolicyReport Report(PolicyRule[] rules, IEnumerable<FlowRecord> flows) =>
        ReviewSample.Report(Forwarding([.. rules, Default(PolicyAction.Drop)]), flows);

    private static PolicyRule Conditional(string name, string text) =>
        Rule("permit tcp any any 8080", name) with
        {
            Conditions = [new PolicyCondition(ConditionKind.Program, text)],
        };
}
