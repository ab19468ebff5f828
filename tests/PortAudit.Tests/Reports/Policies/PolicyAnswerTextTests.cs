using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;
using PortAudit.Reports.Policies;
using PortAudit.Tests.Audit.Policies;

namespace PortAudit.Tests.Reports.Policies;

/// <summary>The answer about one packet.</summary>
public sealed class PolicyAnswerTextTests
{
    [Fact]
    public void It_names_zones_lists_rules_and_conditions() => Assert.Equal(
        """
        undecided
          from inside to ?
          list: undecided
            fw.conf:1: rule 1: Permit 10.0.0.0/8 any
              only if: nights
            fw.conf:1000: default (default): Drop any any

        """, Answer(PolicySample.Binding()));

    [Fact]
    public void A_list_that_may_not_apply_says_so() => Assert.Equal(
        """
        undecided: it is not known by which zones or interfaces the packet comes and leaves
          from inside to ?
          list: undecided, if the packet is put to it
            fw.conf:1: rule 1: Permit 10.0.0.0/8 any
              only if: nights
            fw.conf:1000: default (default): Drop any any

        """, Answer(PolicySample.Binding(to: "outside")));

    private static string Answer(PolicyBinding binding)
    {
        var rule = PolicySample.Rule(1, PolicyAction.Permit, "10.0.0.0/8") with
        {
            Conditions = [new PolicyCondition(ConditionKind.Schedule, "nights")],
        };
        var policy = PolicySample.Policy(PolicySample.List("list", rule, PolicySample.Default(PolicyAction.Drop)) with
        {
            Bindings = [binding],
        });
        using var writer = new StringWriter();
        PolicyAnswerText.Write(new PolicyEvaluation(policy)
            .Evaluate(PolicySample.Probe("10.1.2.3", "192.0.2.1", 80) with { FromZone = "inside" }), writer);
        return writer.ToString();
    }
}
