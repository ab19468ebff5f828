using PortAudit.Audit.Policies.Lint;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit.Policies.Lint;

/// <summary>What the lint says of small lists.</summary>
public sealed class PolicyLintTests
{
    private static readonly PolicyRule Deny = PolicySample.Default(PolicyAction.Drop);

    [Fact]
    public void A_rule_below_a_wider_one_of_the_other_action_is_shadowed()
    {
        var finding = Assert.Single(Check(
            PolicySample.Rule(1, PolicyAction.Drop, "10.0.0.0/8"),
            PolicySample.Rule(2, PolicyAction.Permit, "10.1.0.0/16", "any", PolicySample.Tcp(443))));

        Assert.Equal(("shadowed-rule", 2), (finding.Kind.Name, finding.Line.Line));
        Assert.Equal("'rule 2' permits nothing: 'rule 1' (fw.conf:1) takes all of its packets and does the opposite",
            finding.Explanation);
    }

    [Fact]
    public void A_rule_below_a_wider_one_of_the_same_action_is_redundant()
    {
        var finding = Assert.Single(Check(
            PolicySample.Rule(1, PolicyAction.Permit, "10.0.0.0/8", "any", PolicySample.Tcp(400, 500)),
            PolicySample.Rule(2, PolicyAction.Permit, "10.1.0.0/16", "192.0.2.1", PolicySample.Tcp(443))));

        Assert.Equal("redundant-rule", finding.Kind.Name);
        Assert.Equal("rule 1", Assert.Single(finding.Others).Name);
    }

    [Fact]
    public void Several_rules_cover_one_together()
    {
        var finding = Assert.Single(Check(
            PolicySample.Rule(1, PolicyAction.Drop, "10.0.0.0/9", "any", PolicySample.Tcp(0, 500)),
            PolicySample.Rule(2, PolicyAction.Drop, "10.128.0.0/9", "any", PolicySample.Tcp(0, 500)),
            PolicySample.Rule(3, PolicyAction.Permit, "any", "any", PolicySample.Udp(53)),
            PolicySample.Rule(4, PolicyAction.Permit, "10.0.0.0/8", "any", PolicySample.Tcp(80),
                PolicySample.Udp(53))));

        Assert.Equal(("shadowed-rule", "rule 4"), (finding.Kind.Name, finding.Rule!.Name));
        Assert.Equal(["rule 1", "rule 2", "rule 3"], finding.Others.Select(other => other.Name));
        Assert.EndsWith("together take all of its packets before", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void One_address_more_is_enough_for_a_rule_to_have_an_effect() => Assert.Empty(Check(
        PolicySample.Rule(1, PolicyAction.Drop, "10.0.0.0/9", "any", PolicySample.Tcp(80)),
        PolicySample.Rule(2, PolicyAction.Permit, "10.0.0.0/9,10.200.0.1", "any", PolicySample.Tcp(80))));

    [Fact]
    public void What_holds_for_one_family_covers_all_senders_to_that_family() => Assert.Single(Check(
        PolicySample.Rule(1, PolicyAction.Drop, "0.0.0.0/0", "0.0.0.0/0"),
        PolicySample.Rule(2, PolicyAction.Permit, "any", "10.0.0.0/8", PolicySample.Tcp(80))));

    [Fact]
    public void A_rule_with_a_condition_or_an_open_part_covers_nothing() => Assert.DoesNotContain(
        Check(
            PolicySample.Rule(1, PolicyAction.Drop, "10.0.0.0/8") with
            {
                Conditions = [new PolicyCondition(ConditionKind.Schedule, "nights")],
            },
            PolicySample.Rule(2, PolicyAction.Drop) with
            {
                Source = new AddressMatch(PolicySample.Addresses("10.0.0.1"), IsOpen: true),
            },
            PolicySample.Rule(3, PolicyAction.Drop) with { IsEnabled = false },
            PolicySample.Rule(4, PolicyAction.Permit, "10.0.0.0/8", "any", PolicySample.Tcp(80))),
        finding => finding.Rule!.Name == "rule 4");

    [Fact]
    public void A_rule_with_a_condition_can_be_covered() => Assert.Single(Check(
        PolicySample.Rule(1, PolicyAction.Drop, "10.0.0.0/8"),
        PolicySample.Rule(2, PolicyAction.Permit, "10.0.0.1") with
        {
            Conditions = [new PolicyCondition(ConditionKind.Application, "web-browsing")],
        }));

    [Fact]
    public void A_rule_with_an_open_part_is_covered_by_nothing_less_than_everything()
    {
        var open = PolicySample.Rule(2, PolicyAction.Permit, "10.0.0.1") with
        {
            Source = new AddressMatch(PolicySample.Addresses("10.0.0.1"), IsOpen: true),
        };

        Assert.Empty(Check(PolicySample.Rule(1, PolicyAction.Drop, "10.0.0.0/8"), open));
        Assert.Single(Check(PolicySample.Rule(1, PolicyAction.Drop), open));
    }

    [Theory]
    [InlineData("in", "in", true)]
    [InlineData("eth*", "eth1", true)]
    [InlineData("out", "in", false)]
    [InlineData("eth1", "eth*", false)]
    public void A_rule_covers_those_of_its_own_zones(string earlier, string later, bool isCovered) => Assert.Equal(
        isCovered,
        Check(
            PolicySample.Rule(1, PolicyAction.Drop) with { From = PolicySample.Zones(earlier) },
            PolicySample.Rule(2, PolicyAction.Permit, "10.0.0.1") with { From = PolicySample.Zones(later) })
            .Any(finding => finding.Kind == PolicyFindingKind.Shadowed));

    [Fact]
    public void Rules_of_one_zone_each_cover_one_of_both() => Assert.Single(Check(
        PolicySample.Rule(1, PolicyAction.Drop) with { From = PolicySample.Zones("a") },
        PolicySample.Rule(2, PolicyAction.Drop) with { From = PolicySample.Zones("b") },
        PolicySample.Rule(3, PolicyAction.Permit, "10.0.0.1") with { From = PolicySample.Zones("a", "b") }));

    [Theory]
    [InlineData("a", "b", ZoneRelation.Different, true)]
    [InlineData("a", "a", ZoneRelation.Different, false)]
    [InlineData("a", "a", ZoneRelation.Same, true)]
    [InlineData(null, "b", ZoneRelation.Different, false)]
    public void A_rule_within_or_between_zones_covers_only_such_packets(string? from, string to, ZoneRelation zones,
        bool isCovered) => Assert.Equal(
        isCovered,
        Check(
            PolicySample.Rule(1, PolicyAction.Drop) with { Zones = zones },
            PolicySample.Rule(2, PolicyAction.Permit, "10.0.0.1") with
            {
                From = PolicySample.Zones(from),
                To = PolicySample.Zones(to),
            }).Any(finding => finding.Kind == PolicyFindingKind.Shadowed));

    [Fact]
    public void A_rule_that_overrides_blocks_is_not_shadowed_by_them() => Assert.Empty(Names(
        PolicySample.List("windows",
            PolicySample.Rule(1, PolicyAction.Drop, "10.0.0.0/8"),
            PolicySample.Rule(2, PolicyAction.Permit, "10.0.0.1") with { OverridesBlocks = true },
            Deny) with
        { Order = PolicyOrder.BlockFirst }));

    [Fact]
    public void A_rule_behind_a_return_of_everything_never_matches()
    {
        var finding = Assert.Single(Check(PolicySample.Rule(1, PolicyAction.Return),
            PolicySample.Rule(2, PolicyAction.Permit, "10.0.0.1")));

        Assert.Equal("'rule 2' permits nothing: 'rule 1' (fw.conf:1) takes all of its packets before",
            finding.Explanation);
    }

    [Fact]
    public void Where_blocking_comes_first_the_order_of_rules_does_not_matter()
    {
        var list = PolicySample.List("windows",
            PolicySample.Rule(1, PolicyAction.Permit, "10.0.0.1", "any", PolicySample.Tcp(80)),
            PolicySample.Rule(2, PolicyAction.Permit, "10.0.0.0/8", "any", PolicySample.Tcp(80)),
            PolicySample.Rule(3, PolicyAction.Permit, "10.9.0.0/16", "any", PolicySample.Tcp(443)),
            PolicySample.Rule(4, PolicyAction.Drop, "10.9.0.0/16"),
            Deny) with
        { Order = PolicyOrder.BlockFirst };

        Assert.Equal(["redundant-rule rule 1", "shadowed-rule rule 3"], Names(list));
    }

    [Fact]
    public void Of_equal_rules_where_blocking_comes_first_the_last_is_the_duplicate() => Assert.Equal(
        ["duplicate-rule rule 2"],
        Names(PolicySample.List("windows",
            PolicySample.Rule(1, PolicyAction.Permit, "10.0.0.1", "any", PolicySample.Tcp(80)),
            PolicySample.Rule(2, PolicyAction.Permit, "10.0.0.1", "any", PolicySample.Tcp(80)),
            Deny) with
        { Order = PolicyOrder.BlockFirst }));

    [Fact]
    public void A_rule_is_a_duplicate_with_its_conditions_but_not_with_a_rate()
    {
        var night = PolicySample.Rule(1, PolicyAction.Permit, "10.0.0.1") with
        {
            Conditions = [new PolicyCondition(ConditionKind.Schedule, "nights")],
        };
        var rate = night with { Conditions = [new PolicyCondition(ConditionKind.Rate, "5/s")] };

        Assert.Equal(["duplicate-rule rule 2"], Names(PolicySample.List("list", night, Second(night), Deny)));
        Assert.Empty(Names(PolicySample.List("list", rate, Second(rate), Deny)));

        static PolicyRule Second(PolicyRule rule) => rule with
        {
            Name = "rule 2",
            Line = rule.Line with { Line = 2 },
        };
    }

    [Fact]
    public void A_rule_that_permits_everything_is_told()
    {
        Assert.Equal(["permits-everything rule 1"],
            Names(PolicySample.List("list", PolicySample.Rule(1, PolicyAction.Permit), Deny)));
        Assert.Equal(["permits-everything rule 1"], Names(PolicySample.List("list",
            PolicySample.Rule(1, PolicyAction.Permit, "0.0.0.0/0", "0.0.0.0/0"), Deny)));
    }

    [Fact]
    public void Replies_the_loopback_and_single_services_are_not_everything() => Assert.Empty(Names(
        PolicySample.List("list",
            PolicySample.Rule(1, PolicyAction.Permit) with { States = ConnectionStates.Established },
            PolicySample.Rule(2, PolicyAction.Permit) with { From = PolicySample.Zones("lo") },
            PolicySample.Rule(3, PolicyAction.Permit, "any", "any", ServiceMatch.Of(IpProtocol.Icmp)),
            Deny)));

    [Fact]
    public void A_list_that_is_jumped_to_may_permit_everything_it_gets() => Assert.Empty(
        PolicyLint.Check(PolicySample.Policy(
            PolicySample.List("list",
                PolicySample.Rule(1, PolicyAction.Jump, "10.0.0.1") with { Target = "accept" }, Deny),
            PolicySample.Chain("accept", PolicySample.Rule(2, PolicyAction.Permit)))).Findings);

    [Fact]
    public void A_default_that_permits_is_told_unless_a_rule_leaves_nothing_to_it()
    {
        var permit = PolicySample.Default(PolicyAction.Permit);

        Assert.Equal(["permits-by-default default"],
            Names(PolicySample.List("list", PolicySample.Rule(1, PolicyAction.Drop, "10.0.0.0/8"), permit)));
        Assert.Empty(Names(PolicySample.List("list", PolicySample.Rule(1, PolicyAction.Drop), permit)));
        Assert.Empty(Names(PolicySample.List("list", permit) with
        {
            Bindings = [PolicySample.Binding(hook: PolicyHook.Output)],
        }));
    }

    [Fact]
    public void Rules_that_are_switched_off_lists_without_use_and_names_of_nothing_are_told() => Assert.Equal(
        ["disabled-rule rule 1", "unresolved-reference rule 2", "unapplied-list "],
        PolicyLint.Check(PolicySample.Policy(
            PolicySample.List("list",
                PolicySample.Rule(1, PolicyAction.Permit) with { IsEnabled = false },
                PolicySample.Rule(2, PolicyAction.Jump, "10.0.0.1") with { Target = "nowhere" },
                PolicySample.Rule(3, PolicyAction.Jump, "10.0.0.2") with { Target = "used" },
                PolicySample.Rule(3, PolicyAction.Jump) with { Target = "elsewhere", IsImplicit = true },
                Deny),
            PolicySample.Chain("used", PolicySample.Rule(4, PolicyAction.Permit, "10.0.0.2")),
            PolicySample.Chain("unused", PolicySample.Rule(5, PolicyAction.Permit, "10.0.0.2"))))
            .Findings.Select(finding => $"{finding.Kind.Name} {finding.Rule?.Name}"));

    private static IEnumerable<PolicyFinding> Check(params PolicyRule[] rules) => PolicyLint.Check(PolicySample.Policy(
        PolicySample.List("list", [.. rules, Deny]))).Findings
        .Where(finding => finding.Kind != PolicyFindingKind.Disabled);

    private static IEnumerable<string> Names(PolicyList list) => PolicyLint.Check(PolicySample.Policy(list)).Findings
        .Select(finding => $"{finding.Kind.Name} {finding.Rule?.Name}");
}
