using PortAudit.Audit.Policies.Model;
using static PortAudit.Tests.Audit.Policies.Model.PolicyLines;

namespace PortAudit.Tests.Audit.Policies.Model;

public sealed class ListEvaluationTests
{
    private static readonly PolicyCondition Sometimes = new(ConditionKind.Schedule, "at night");

    [Fact]
    public void The_first_rule_that_matches_decides()
    {
        var list = List("in", Rule("drop tcp any 10.1.0.1 22"), Rule("permit tcp any 10.1.0.0/24 1-1024"),
            Default(PolicyAction.Reject));

        Assert.Equal("Dropped: drop tcp any 10.1.0.1 22", Text(list, Tcp("10.0.0.1", "10.1.0.1", 22)));
        Assert.Equal("Permitted: permit tcp any 10.1.0.0/24 1-1024", Text(list, Tcp("10.0.0.1", "10.1.0.2", 22)));
        Assert.Equal("Rejected: default", Text(list, Tcp("10.0.0.1", "10.1.0.2", 2222)));
    }

    [Fact]
    public void Where_blocking_comes_first_a_later_rule_that_drops_decides()
    {
        var list = List("in", Rule("permit tcp any any 22"), Rule("drop tcp 10.0.0.1 any 22"),
            Default(PolicyAction.Drop)) with
        { Order = PolicyOrder.BlockFirst };

        Assert.Equal("Dropped: drop tcp 10.0.0.1 any 22", Text(list, Tcp("10.0.0.1", "10.1.0.1", 22)));
        Assert.Equal("Permitted: permit tcp any any 22", Text(list, Tcp("10.0.0.2", "10.1.0.1", 22)));
        Assert.Equal("Dropped: default", Text(list, Tcp("10.0.0.2", "10.1.0.1", 23)));
    }

    [Fact]
    public void A_condition_that_is_not_evaluated_leaves_it_open_unless_all_that_may_decide_do_the_same()
    {
        var list = List("in", Rule("permit tcp any any 22") with { Conditions = [Sometimes] },
            Default(PolicyAction.Drop));
        var same = List("in", Rule("drop tcp any any 22") with { Conditions = [Sometimes] },
            Default(PolicyAction.Drop));

        Assert.Equal("Undecided: permit tcp any any 22, default", Text(list, Tcp("10.0.0.1", "10.1.0.1", 22)));
        Assert.Equal("Dropped: drop tcp any any 22, default", Text(same, Tcp("10.0.0.1", "10.1.0.1", 22)));
    }

    [Fact]
    public void A_jump_comes_back_where_the_list_does_not_decide()
    {
        var chain = List("web", Rule("permit tcp any any 443"), Rule("return tcp any any 80"),
            Rule("drop tcp any any 80"));
        var list = List("in", Rule("jump:web any any any"), Rule("permit tcp any any 80"), Default(PolicyAction.Drop));

        Assert.Equal("Permitted: permit tcp any any 443", Text(list, Tcp("10.0.0.1", "10.1.0.1", 443), chain));
        Assert.Equal("Permitted: permit tcp any any 80", Text(list, Tcp("10.0.0.1", "10.1.0.1", 80), chain));
        Assert.Equal("Dropped: default", Text(list, Tcp("10.0.0.1", "10.1.0.1", 81), chain));
    }

    [Fact]
    public void A_goto_does_not_come_back()
    {
        var chain = List("web", Rule("permit tcp any any 443"));
        var list = List("in", Rule("goto:web any any any"), Rule("permit tcp any any 80"), Default(PolicyAction.Drop));

        Assert.Equal("Permitted: permit tcp any any 443", Text(list, Tcp("10.0.0.1", "10.1.0.1", 443), chain));
        Assert.Equal("Dropped: default", Text(list, Tcp("10.0.0.1", "10.1.0.1", 80), chain));
    }

    [Fact]
    public void A_return_from_the_outermost_list_leads_to_its_default()
    {
        var list = List("in", Rule("return tcp any any 80"), Rule("permit any any any"), Default(PolicyAction.Drop));

        Assert.Equal("Dropped: default", Text(list, Tcp("10.0.0.1", "10.1.0.1", 80)));
    }

    [Fact]
    public void A_return_that_may_happen_leaves_what_follows_open()
    {
        var chain = List("web", Rule("return tcp any any 80") with { Conditions = [Sometimes] },
            Rule("drop tcp any any 80"));
        var list = List("in", Rule("jump:web any any any"), Default(PolicyAction.Permit));

        Assert.Equal("Undecided: drop tcp any any 80, default", Text(list, Tcp("10.0.0.1", "10.1.0.1", 80), chain));
    }

    [Fact]
    public void Lists_that_jump_to_each_other_end()
    {
        var (first, second) = (List("a", Rule("jump:b any any any")), List("b", Rule("jump:a any any any")));
        var list = List("in", Rule("jump:a any any any"), Default(PolicyAction.Drop));

        Assert.StartsWith("Undecided", Text(list, Tcp("10.0.0.1", "10.1.0.1", 80), first, second),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_is_off_or_of_another_state_does_not_match()
    {
        var list = List("in", Rule("permit tcp any any 22") with { IsEnabled = false },
            Rule("permit tcp any any 22", "established") with { States = ConnectionStates.Established },
            Default(PolicyAction.Drop));

        Assert.Equal("Dropped: default", Text(list, Tcp("10.0.0.1", "10.1.0.1", 22)));
        Assert.Equal("Permitted: established",
            Text(list, Tcp("10.0.0.1", "10.1.0.1", 22) with { State = ConnectionStates.Established }));
    }

    [Fact]
    public void Addresses_that_are_not_known_leave_it_open()
    {
        var list = List("in", Rule("permit tcp any 10.1.0.1 22") with
        {
            Destination = new AddressMatch(IntervalSet.Empty<UInt128>(), IsOpen: true),
        }, Default(PolicyAction.Drop));

        Assert.StartsWith("Undecided", Text(list, Tcp("10.0.0.1", "10.1.0.1", 22)), StringComparison.Ordinal);
        Assert.Equal("Dropped: default", Text(list, Tcp("10.0.0.1", "10.1.0.1", 23)));
    }

    [Fact]
    public void A_service_with_ports_does_not_match_a_protocol_without()
    {
        var list = List("in", Rule("permit any any any") with
        {
            Services = [ServiceMatch.Any with { DestinationPorts = IntervalSet.Of<ushort>(80) }],
        }, Default(PolicyAction.Drop));

        Assert.Equal("Dropped: default",
            Text(list, new PolicyProbe(default, default, PortAudit.Traffic.Wire.IpProtocol.Icmp, null, null)));
    }

    private static string Text(PolicyList list, PolicyProbe probe, params PolicyList[] others)
    {
        var answer = new ListEvaluation(Of([list, .. others])).Evaluate(list, probe);
        return $"{answer.Outcome}: {string.Join(", ", answer.Rules.Select(rule => rule.Name))}";
    }
}
