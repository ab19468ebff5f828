using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.FlowSample;
using static PortAudit.Tests.Audit.Policies.Model.PolicyLines;
using static PortAudit.Tests.Audit.PolicyReview.ReviewSample;

namespace PortAudit.Tests.Audit.PolicyReview;

/// <summary>What a rule allows where its list is applied, against what the documents ask for.</summary>
public sealed class RuleReachTests
{
    private static readonly PolicyRule Web = Rule("permit tcp 10.2.0.0/16 any 443");

    [Fact]
    public void Any_destination_of_a_hosts_inbound_rule_is_the_host()
    {
        Assert.Equal(PolicyNeed.Undocumented, Row(Web, PolicyHook.Input, host: "db01").Need);

        var row = Row(Web, PolicyHook.Input, host: "fe01");
        Assert.Equal((PolicyNeed.Documented, ""), (row.Need, row.NeedReason));
    }

    [Fact]
    public void Any_source_of_a_hosts_outbound_rule_is_the_host()
    {
        var bench = Bench(Of(List("out", Rule("permit tcp any 10.2.0.0/16 8443"), Default(PolicyAction.Drop)) with
        {
            Bindings = [Bind(PolicyHook.Output)],
        }), RuleSample.Of("back fe client tcp 8443 - any"), "fe01");

        Assert.Equal(PolicyNeed.Documented, Assert.Single(bench.Run([]).Policies).Rules[0].Need);
    }

    [Fact]
    public void Any_behind_an_interface_are_the_networks_that_the_site_puts_there()
    {
        var rule = Rule("permit tcp any 10.0.0.1,10.0.0.2 443");
        var list = List("in", rule, Default(PolicyAction.Drop)) with
        {
            Bindings = [new PolicyBinding(PolicyHook.Forward, new ZoneMatch(["lan"]), ZoneMatch.Any)],
        };
        var bench = ReviewSample.Bench(Of(list));

        Assert.Equal(PolicyNeed.Wider, Assert.Single(bench.Run([]).Policies).Rules[0].Need);

        bench.Policies =
        [
            BoundPolicy.Of(SiteOf() with { Zones = SiteOf().Zones.Add("lan", ["clients"]) }, Of(list)),
        ];
        Assert.Equal(PolicyNeed.Documented, Assert.Single(bench.Run([]).Policies).Rules[0].Need);
    }

    [Fact]
    public void Any_behind_an_interface_are_the_networks_that_the_configuration_puts_there()
    {
        var rule = Rule("permit tcp any 10.0.0.1,10.0.0.2 443") with { From = new ZoneMatch(["lan"]) };
        var policy = Forwarding(rule, Default(PolicyAction.Drop)) with
        {
            Zones = [new PolicyZone("LAN", AddressSet.Of(new Prefix(AddressOf("10.2.0.0"), 16)), default)],
        };

        Assert.Equal(PolicyNeed.Documented, Report(policy, []).Rules[0].Need);
    }

    [Fact]
    public void Messages_that_IP_itself_needs_are_kept_without_a_document()
    {
        Assert.Equal((PolicyNeed.NotCompared, PolicyAdvice.Keep), Advice(IpProtocol.Icmp, 3));
        Assert.Equal((PolicyNeed.NotCompared, PolicyAdvice.Keep), Advice(IpProtocol.IcmpV6, 2));
        Assert.Equal((PolicyNeed.Undocumented, PolicyAdvice.Review), Advice(IpProtocol.Icmp, 8));
        Assert.Equal((PolicyNeed.Undocumented, PolicyAdvice.Review), Advice(IpProtocol.IcmpV6, 128));

        static (PolicyNeed, PolicyAdvice) Advice(IpProtocol protocol, byte type)
        {
            var rule = Rule("permit any any any") with
            {
                Services = [ServiceMatch.Of(protocol) with { IcmpTypes = IntervalSet.Of(type) }],
            };
            var row = Report(Forwarding(rule, Default(PolicyAction.Drop)), []).Rules[0];
            return (row.Need, row.Advice);
        }
    }

    [Fact]
    public void A_rule_for_a_role_that_no_host_has_is_named_where_a_firewall_has_its_port()
    {
        var policy = Forwarding(Rule("permit udp any any 123"), Rule("permit tcp any any 40000-60000"),
            Default(PolicyAction.Drop));
        var bench = Bench(policy, RuleSample.Of("time client gateway udp 123 - any"));
        var rules = Assert.Single(bench.Run([]).Policies).Rules;

        Assert.Equal(PolicyNeed.Undocumented, rules[0].Need);
        Assert.Contains("time (client to gateway) has such ports, but no host of the site has the role.",
            rules[0].NeedReason, StringComparison.Ordinal);
        Assert.DoesNotContain("time", rules[1].NeedReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_of_announced_ports_documents_no_single_port_in_it()
    {
        var range = RuleSample.Of("rpc client fe tcp 1024-65535 dcerpc any") with { AnnouncedBy = ["dcerpc"] };
        var single = Rule("permit tcp 10.2.0.0/16 10.0.0.1,10.0.0.2 3389", "single");
        var policy = Forwarding(single, single with
        {
            Name = "rpc",
            Conditions = [new PolicyCondition(ConditionKind.RpcPort, "a port of RPC")],
        }, Rule("permit tcp 10.2.0.0/16 10.0.0.1,10.0.0.2 49152-65535", "range"), Default(PolicyAction.Drop));
        var rules = Assert.Single(Bench(policy, range).Run([]).Policies).Rules;

        Assert.Equal([PolicyNeed.Undocumented, PolicyNeed.Documented, PolicyNeed.Documented],
            rules.Take(3).Select(row => row.Need));
        Assert.Contains("in the range of rpc, of which only announced ports are meant", rules[0].NeedReason,
            StringComparison.Ordinal);
        Assert.Equal("The documents ask for tcp 1024-65535.", rules[2].NeedReason);
    }

    [Fact]
    public void Any_in_a_document_needs_no_more_than_the_firewall_lets_some_pass()
    {
        var bench = Bench(Forwarding(Rule("permit tcp 10.0.0.0/8 any 443"), Default(PolicyAction.Drop)),
            RuleSample.Required("web any fe tcp 443 - any"));

        Assert.Equal(RequirementStatus.Open, Assert.Single(Assert.Single(bench.Run([]).Policies).Requirements).Status);
    }

    [Fact]
    public void Examples_of_a_requirement_begin_with_what_is_stopped()
    {
        var open = Rule("permit tcp 10.2.0.0/24 any 443", "open") with
        {
            Conditions = [new PolicyCondition(ConditionKind.Program, "program a.exe")],
        };
        var rows = Report(Forwarding(open, Default(PolicyAction.Drop)), []).Requirements;
        var examples = Assert.Single(rows, row => row.Rule.Id == "web").Examples;

        Assert.Equal((PolicyOutcome.Dropped, "10.2.1.0-10.2.255.255"), (examples[0].Outcome, examples[0].From));
        Assert.Equal((PolicyOutcome.Undecided, "open"), (examples[^1].Outcome, examples[^1].Decider?.Name));
    }

    private static PolicyRuleRow Row(PolicyRule rule, PolicyHook hook, string host) =>
        Assert.Single(Bench(Of(List("in", rule, Default(PolicyAction.Drop)) with { Bindings = [Bind(hook)] }),
            RuleSample.Required("web client fe tcp 443 - any"), host).Run([]).Policies).Rules[0];

    private static AuditBench Bench(Policy policy, PortAudit.Audit.Catalog.Rule rule, string? host = null) => new(rule)
    {
        Policies = [BoundPolicy.Of(SiteOf() with { Host = host }, policy)],
    };
}
