using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.Policies.PanOs.PanOsFile;

namespace PortAudit.Tests.Audit.Policies.PanOs;

public class PanOsRuleTests
{
    [Fact]
    public void Zones_without_a_rule_pass_within_and_are_dropped_between()
    {
        var policy = Read("set zone trust network layer3 ethernet1/1\n");
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("10.0.0.1", "10.0.0.2", IpProtocol.Tcp, 1, "a", "a"));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("10.0.0.1", "10.0.0.2", IpProtocol.Tcp, 1, "a", "b"));
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("10.0.0.1", "10.0.0.2", IpProtocol.Tcp, 1, null, "b"));
    }

    [Fact]
    public void A_default_rule_can_be_overridden()
    {
        var policy = Read("set rulebase default-security-rules rules intrazone-default action deny\n");
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("10.0.0.1", "10.0.0.2", IpProtocol.Tcp, 1, "a", "a"));
    }

    [Fact]
    public void Rules_of_Panorama_stand_before_and_behind_those_of_the_device()
    {
        var rule = Rule("local", "action deny");
        var policy = Read($"{rule.Replace("set rulebase", "set policy panorama post-rulebase",
            StringComparison.Ordinal).Replace("local", "post", StringComparison.Ordinal)}{rule}{rule.Replace(
            "set rulebase", "set policy panorama pre-rulebase", StringComparison.Ordinal).Replace("local", "pre",
            StringComparison.Ordinal)}");
        Assert.Equal(["pre", "local", "post", "intrazone-default", "interzone-default"],
            policy.Lists[0].Rules.Select(known => known.Name));
    }

    [Fact]
    public void A_device_group_inherits_rules_and_objects()
    {
        var policy = Read("""
            set shared address a ip-netmask 192.0.2.1
            set device-group top address b ip-netmask 192.0.2.2
            set device-group top pre-rulebase security rules t from any to any source a destination b service any
            set device-group top pre-rulebase security rules t application any action allow
            set device-group low address b ip-netmask 192.0.2.9
            set device-group low pre-rulebase security rules l from any to any source a destination b service any
            set device-group low pre-rulebase security rules l application any action allow
            set readonly devices localhost.localdomain device-group low parent-dg top
            """);
        var low = policy.Find("low")!;
        Assert.Equal(["t", "l"], low.Rules.Take(2).Select(rule => rule.Name));
        Assert.Equal(["192.0.2.2", "192.0.2.9"],
            low.Rules.Take(2).Select(rule => AddressSet.Text(rule.Destination.Set)));
    }

    [Fact]
    public void Virtual_systems_have_lists_and_zones_of_their_own()
    {
        var policy = Read("""
            set vsys vsys1 zone trust network layer3 ethernet1/1
            set vsys vsys2 zone trust network layer3 ethernet1/2
            set vsys vsys2 rulebase security rules r from trust to trust source any destination any service any
            set vsys vsys2 rulebase security rules r application any action allow
            """);
        Assert.Equal(["vsys1", "vsys2"], policy.Lists.Select(list => list.Name));
        Assert.Equal(["vsys1/trust", "vsys2/trust"], policy.Zones.Select(zone => zone.Name));
        Assert.Equal("vsys2/trust", Assert.Single(policy.Lists[1].Rules[0].From.Names));
    }

    [Fact]
    public void Intrazone_and_interzone_rules_ask_how_the_zones_relate()
    {
        var policy = Read(Rule("within", "from [ a b ] rule-type intrazone action deny")
            + Rule("between", "from [ a b ] to [ a b ] rule-type interzone action allow"));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("10.0.0.1", "10.0.0.2", IpProtocol.Tcp, 1, "a", "a"));
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("10.0.0.1", "10.0.0.2", IpProtocol.Tcp, 1, "a", "b"));
    }

    [Theory]
    [InlineData("allow", PolicyOutcome.Permitted)]
    [InlineData("deny", PolicyOutcome.Dropped)]
    [InlineData("drop", PolicyOutcome.Dropped)]
    [InlineData("reset-client", PolicyOutcome.Rejected)]
    [InlineData("drop icmp-unreachable yes", PolicyOutcome.Rejected)]
    [InlineData("shrug", PolicyOutcome.Undecided)]
    public void An_action_does_what_it_says(string action, PolicyOutcome outcome)
    {
        var policy = Read(Rule("r", $"action {action}"));
        Assert.Equal(outcome, policy.Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Tcp, 1));
    }

    [Fact]
    public void A_rule_without_an_action_leaves_open_what_it_does()
    {
        Assert.Equal(PolicyOutcome.Undecided,
            Read(Rule("r", "disabled no")).Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Tcp, 1));
    }

    [Fact]
    public void A_disabled_rule_decides_nothing()
    {
        var policy = Read(Rule("r", "action allow disabled yes"));
        Assert.False(policy.Lists[0].Rules[0].IsEnabled);
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Tcp, 1));
    }

    [Theory]
    [InlineData("set address x fqdn www.example.com\n", "x")]
    [InlineData("set address-group x dynamic filter \"'a'\"\n", "x")]
    [InlineData("set external-list x type ip url https://example.com\n", "x")]
    [InlineData("", "DE")]
    [InlineData("", "undefined")]
    [InlineData("set address-group x static y\nset address-group y static x\n", "x")]
    public void Addresses_that_the_file_does_not_have_leave_a_rule_open(string objects, string name)
    {
        var policy = Read(objects + Rule("r", $"source {name} action allow"));
        Assert.True(policy.Lists[0].Rules[0].Source.IsOpen);
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Tcp, 1));
        Assert.NotEmpty(policy.NotEvaluable);
    }

    [Fact]
    public void A_wildcard_leaves_the_bits_open_that_its_mask_sets()
    {
        var policy = Read("set address x ip-wildcard 10.0.0.1/0.0.255.0\n" + Rule("r", "source x action allow"));
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("10.0.77.1", "192.0.2.1", IpProtocol.Tcp, 1));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("10.0.77.2", "192.0.2.1", IpProtocol.Tcp, 1));
    }

    [Fact]
    public void A_negated_source_with_an_unknown_address_decides_nothing()
    {
        var policy = Read(Rule("r", "source [ 10.0.0.0/8 undefined ] negate-source yes action allow"));
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("192.0.2.7", "192.0.2.1", IpProtocol.Tcp, 1));
    }

    [Fact]
    public void A_service_asks_for_ports_of_both_sides()
    {
        var policy = Read("set service s protocol udp port 53 source-port 50000\n"
            + Rule("r", "service s action allow"));
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Udp, 53));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Tcp, 53));
    }

    [Fact]
    public void A_known_application_on_its_default_port_stays_open_and_other_ports_are_none_of_it()
    {
        var policy = Read(Rule("r", "application ssh service application-default action allow"));
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Tcp, 22));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Tcp, 23));
    }

    [Fact]
    public void Ports_of_an_unknown_application_stay_open()
    {
        var policy = Read(Rule("r", "application frobnicate service application-default action allow"));
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Tcp, 23));
    }

    [Fact]
    public void Ping_is_known_by_its_header()
    {
        var policy = Read(Rule("r", "application ping service application-default action allow"));
        Assert.Equal(PolicyOutcome.Permitted, policy.Ping(8));
        Assert.Equal(PolicyOutcome.Dropped, policy.Ping(13));
    }

    [Theory]
    [InlineData("source-user jane", ConditionKind.User)]
    [InlineData("schedule nights", ConditionKind.Schedule)]
    [InlineData("category gambling", ConditionKind.Other)]
    [InlineData("frobnicate yes", ConditionKind.Other)]
    public void What_a_capture_does_not_show_is_a_condition(string part, ConditionKind kind)
    {
        var policy = Read(Rule("r", "action allow") + $"set rulebase security rules r {part}\n");
        Assert.Equal(kind, Assert.Single(policy.Lists[0].Rules[0].Conditions).Kind);
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Tcp, 1));
        Assert.Equal(2, Assert.Single(policy.NotEvaluable).Line.Line);
    }

    [Fact]
    public void Commands_that_move_rules_change_their_order()
    {
        var policy = Read(Rule("a", "action allow") + Rule("b", "action deny") + Rule("c", "action allow")
            + "move rulebase security rules c top\nmove rulebase security rules a after b\n");
        Assert.Equal(["c", "b", "a"], policy.Lists[0].Rules.Take(3).Select(rule => rule.Name));
    }
}
