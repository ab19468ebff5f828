using PortAudit.Audit.Policies.Model;

namespace PortAudit.Tests.Audit.Policies.Model;

/// <summary>Ways through lists that jump to each other.</summary>
public sealed class ListWalkTests
{
    [Fact]
    public void What_may_go_elsewhere_is_not_decided_by_the_rest_of_the_list()
    {
        var maybe = PolicySample.Rule(1, PolicyAction.Goto) with
        {
            Target = "empty",
            Conditions = [new PolicyCondition(ConditionKind.Schedule, "nights")],
        };

        Assert.Equal(PolicyOutcome.Undecided, Ask(maybe, PolicySample.Rule(2, PolicyAction.Permit)));
    }

    [Fact]
    public void A_jump_to_a_list_that_is_not_there_leaves_the_packet_undecided() => Assert.Equal(
        PolicyOutcome.Undecided,
        Ask(PolicySample.Rule(1, PolicyAction.Jump) with { Target = "nowhere" },
            PolicySample.Rule(2, PolicyAction.Permit)));

    [Fact]
    public void A_jump_that_decides_nothing_comes_back() => Assert.Equal(
        PolicyOutcome.Permitted,
        Ask(PolicySample.Rule(1, PolicyAction.Jump) with { Target = "empty" },
            PolicySample.Rule(2, PolicyAction.Permit)));

    [Fact]
    public void Lists_that_jump_in_a_circle_end_undecided()
    {
        var circle = PolicySample.List("circle",
            PolicySample.Rule(1, PolicyAction.Jump) with { Target = "circle" },
            PolicySample.Rule(2, PolicyAction.Jump) with { Target = "circle" },
            PolicySample.Default(PolicyAction.Drop));
        var policy = PolicySample.Policy(circle);

        Assert.Equal(PolicyOutcome.Undecided, new ListEvaluation(policy)
            .Evaluate(circle, PolicySample.Probe("192.0.2.1", "192.0.2.2", 80)).Outcome);
    }

    private static PolicyOutcome Ask(params PolicyRule[] rules)
    {
        var list = PolicySample.List("base", [.. rules, PolicySample.Default(PolicyAction.Drop)]);
        var policy = PolicySample.Policy(list, PolicySample.Chain("empty"));
        return new ListEvaluation(policy).Evaluate(list, PolicySample.Probe("192.0.2.1", "192.0.2.2", 80)).Outcome;
    }
}
