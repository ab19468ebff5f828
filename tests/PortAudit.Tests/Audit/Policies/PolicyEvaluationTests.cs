using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Tests.Audit.Policies;

/// <summary>What a device does: zones, several lists, translations.</summary>
public sealed class PolicyEvaluationTests
{
    private static readonly PolicyLine Line = new("fw.conf", 1);

    [Fact]
    public void The_lists_of_the_zones_of_a_packet_are_asked()
    {
        var policy = Zoned(All("inside", PolicyAction.Permit, "inside"), All("outside", PolicyAction.Drop, "outside"));

        Assert.Equal((PolicyOutcome.Permitted, "inside"), Ask(policy, "10.1.2.3", "192.0.2.1"));
        Assert.Equal((PolicyOutcome.Dropped, "outside"), Ask(policy, "192.0.2.1", "10.1.2.3"));
    }

    [Fact]
    public void The_narrowest_network_tells_the_zone()
    {
        var policy = Zoned(All("inside", PolicyAction.Permit, "inside"), All("dmz", PolicyAction.Drop, "dmz"));

        Assert.Equal((PolicyOutcome.Dropped, "dmz"), Ask(policy, "10.8.0.1", "192.0.2.1"));
    }

    [Fact]
    public void All_lists_that_are_applied_have_to_permit()
    {
        var policy = Zoned(All("inside", PolicyAction.Permit, "inside"),
            PolicySample.List("out", PolicySample.Default(PolicyAction.Reject)) with
            {
                Bindings = [PolicySample.Binding(to: "outside")],
            });

        Assert.Equal((PolicyOutcome.Rejected, "inside out"), Ask(policy, "10.1.2.3", "192.0.2.1"));
    }

    [Fact]
    public void Without_zones_a_list_that_may_apply_leaves_the_packet_undecided()
    {
        var policy = Zoned(All("inside", PolicyAction.Permit, "inside")) with { Zones = [] };
        var answer = new PolicyEvaluation(policy).Evaluate(PolicySample.Probe("10.1.2.3", "192.0.2.1", 80));

        Assert.Equal(PolicyOutcome.Undecided, answer.Outcome);
        Assert.Equal("it is not known by which zones or interfaces the packet comes and leaves", answer.Reason);
        Assert.False(Assert.Single(answer.Lists).IsSure);
    }

    [Fact]
    public void A_zone_that_the_probe_names_needs_no_networks()
    {
        var policy = Zoned(All("inside", PolicyAction.Permit, "inside")) with { Zones = [] };

        Assert.Equal(PolicyOutcome.Permitted, new PolicyEvaluation(policy)
            .Evaluate(PolicySample.Probe("10.1.2.3", "192.0.2.1", 80) with { FromZone = "INSIDE" }).Outcome);
    }

    [Fact]
    public void A_packet_that_no_list_is_applied_to_is_undecided()
    {
        var policy = Zoned(All("inside", PolicyAction.Permit, "inside"));
        var answer = new PolicyEvaluation(policy).Evaluate(
            PolicySample.Probe("10.1.2.3", "192.0.2.1", 80) with { Hook = PolicyHook.Input });

        Assert.Equal((PolicyOutcome.Undecided, "no list is applied to such packets"), (answer.Outcome, answer.Reason));
    }

    [Fact]
    public void A_stateful_device_lets_replies_pass()
    {
        var policy = Zoned(All("inside", PolicyAction.Drop, "inside"));
        var reply = PolicySample.Probe("10.1.2.3", "192.0.2.1", 80) with { State = ConnectionStates.Established };

        Assert.Equal(PolicyOutcome.Permitted, new PolicyEvaluation(policy).Evaluate(reply).Outcome);
        Assert.Equal(PolicyOutcome.Dropped,
            new PolicyEvaluation(policy with { IsStateful = false }).Evaluate(reply).Outcome);
    }

    [Fact]
    public void Rules_of_real_addresses_judge_what_is_sent_to_the_mapped_one()
    {
        var policy = Translated("198.51.100.0/24", "10.8.0.0/24", PolicySample.Rule(2, PolicyAction.Permit, "any",
            "10.8.0.7"));

        Assert.Equal(PolicyOutcome.Permitted, Ask(policy, "192.0.2.1", "198.51.100.7").Outcome);
        Assert.Equal(PolicyOutcome.Dropped, Ask(policy, "192.0.2.1", "198.51.100.8").Outcome);
    }

    [Fact]
    public void Rules_of_mapped_addresses_that_differ_from_those_of_the_real_one_leave_it_undecided()
    {
        var policy = Translated("198.51.100.7", "10.8.0.7", PolicySample.Rule(2, PolicyAction.Permit, "any",
            "198.51.100.7")) with
        { MatchesMappedAddresses = true };
        var answer = new PolicyEvaluation(policy).Evaluate(PolicySample.Probe("192.0.2.1", "10.8.0.7", 80));

        Assert.Equal(PolicyOutcome.Undecided, answer.Outcome);
        Assert.Equal("it depends on the address translation at fw.conf:1", answer.Reason);
        Assert.Equal(PolicyOutcome.Permitted, Ask(policy, "192.0.2.1", "198.51.100.7").Outcome);
    }

    [Fact]
    public void Where_ports_are_translated_too_only_rules_of_all_ports_decide()
    {
        var web = Translated("198.51.100.7", "10.8.0.7",
            PolicySample.Rule(2, PolicyAction.Permit, "any", "10.8.0.7", PolicySample.Tcp(80)));
        var all = Translated("198.51.100.7", "10.8.0.7",
            PolicySample.Rule(2, PolicyAction.Permit, "any", "10.8.0.7"));

        Assert.Equal(PolicyOutcome.Undecided, Ask(Changing(web), "192.0.2.1", "198.51.100.7").Outcome);
        Assert.Equal(PolicyOutcome.Permitted, Ask(Changing(all), "192.0.2.1", "198.51.100.7").Outcome);

        static Policy Changing(Policy policy) => policy with
        {
            Translations = [policy.Translations[0] with { ChangesPorts = true }],
        };
    }

    [Fact]
    public void An_address_that_leads_to_several_hosts_is_decided_where_they_agree()
    {
        var one = Translated("198.51.100.7", "10.8.0.7", PolicySample.Rule(2, PolicyAction.Permit, "any",
            "10.8.0.0/24"));
        var policy = one with
        {
            Translations = one.Translations.Add(Translation("198.51.100.7", "10.9.0.7")),
        };

        Assert.Equal(PolicyOutcome.Undecided, Ask(policy, "192.0.2.1", "198.51.100.7").Outcome);
        Assert.Equal(PolicyOutcome.Permitted, Ask(one, "192.0.2.1", "198.51.100.7").Outcome);
    }

    private static (PolicyOutcome Outcome, string Lists) Ask(Policy policy, string from, string to)
    {
        var answer = new PolicyEvaluation(policy).Evaluate(PolicySample.Probe(from, to, 80));
        return (answer.Outcome, string.Join(' ', answer.Lists.Select(list => list.List.Name)));
    }

    private static PolicyList All(string name, PolicyAction action, string from) =>
        PolicySample.List(name, PolicySample.Default(action)) with { Bindings = [PolicySample.Binding(from)] };

    private static Policy Zoned(params PolicyList[] lists) => PolicySample.Policy(lists) with
    {
        Zones = [Zone("inside", "10.0.0.0/8"), Zone("dmz", "10.8.0.0/16"), Zone("outside", "0.0.0.0/0")],
    };

    private static PolicyZone Zone(string name, string networks) =>
        new(name, PolicySample.Addresses(networks), Line);

    private static Policy Translated(string mapped, string real, PolicyRule rule) =>
        PolicySample.Policy(PolicySample.List("list", rule, PolicySample.Default(PolicyAction.Drop))) with
        {
            Translations = [Translation(mapped, real)],
        };

    private static PolicyTranslation Translation(string mapped, string real) =>
        new(Line, "nat", PolicySample.Addresses(real), PolicySample.Addresses(mapped), IsStatic: true);
}
