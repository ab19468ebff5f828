using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.Policies.Windows.WindowsSample;

namespace PortAudit.Tests.Audit.Policies.Windows;

public sealed class WindowsRuleTests
{
    [Fact]
    public void Blocking_comes_before_allowing_whatever_the_order()
    {
        var (allow, block) = (Rule(), Rule("""{ "Action": "Block", "RemoteAddress": "10.1.0.0/16" }"""));

        foreach (var policy in new[] { Json(allow, block), Json(block, allow) })
        {
            Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(445)));
            Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(445, source: "10.2.0.1")));
        }
    }

    [Fact]
    public void Without_a_rule_inbound_is_blocked_and_outbound_allowed()
    {
        var policy = Json(Rule());

        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(80)));
        Assert.Equal(PolicyOutcome.Permitted, Outbound(policy, Tcp(80, Server, Client)));
        Assert.True(Answer(policy, "inbound", Tcp(80)).Rules.Single().IsImplicit);
    }

    [Fact]
    public void In_an_inbound_rule_the_local_side_is_the_destination()
    {
        var policy = Json(Rule(
            """{ "LocalAddress": "10.9.0.1", "RemoteAddress": "10.1.0.5", "RemotePort": "50000" }"""));

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(445)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(445, Server, Client)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(445) with { SourcePort = 50_001 }));
    }

    [Fact]
    public void In_an_outbound_rule_the_local_side_is_the_source()
    {
        var policy = Json(Rule("""
            { "Direction": "Outbound", "Action": "Block", "LocalAddress": "10.9.0.1", "RemoteAddress": "10.1.0.5",
              "LocalPort": "Any", "RemotePort": "25" }
            """));

        Assert.Equal(PolicyOutcome.Dropped, Outbound(policy, Tcp(25, Server, Client)));
        Assert.Equal(PolicyOutcome.Permitted, Outbound(policy, Tcp(25, Client, Server)));
        Assert.Empty(Rules(policy));
    }

    [Fact]
    public void A_disabled_rule_matches_nothing()
    {
        var policy = Json(Rule("""{ "Enabled": 2 }"""));

        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(445)));
        Assert.False(Assert.Single(Rules(policy)).IsEnabled);
    }

    [Theory]
    [InlineData("""{ "Program": "%SystemRoot%\\System32\\lsass.exe" }""", ConditionKind.Program)]
    [InlineData("""{ "Package": "S-1-15-2-1" }""", ConditionKind.Program)]
    [InlineData("""{ "Service": "rpcss" }""", ConditionKind.SystemService)]
    [InlineData("""{ "Service": "*" }""", ConditionKind.SystemService)]
    [InlineData("""{ "Authentication": "Required" }""", ConditionKind.Ipsec)]
    [InlineData("""{ "Encryption": 1 }""", ConditionKind.Ipsec)]
    [InlineData("""{ "RemoteUser": "D:(A;;CC;;;S-1-5-32-544)" }""", ConditionKind.User)]
    [InlineData("""{ "Owner": "S-1-5-21-1" }""", ConditionKind.User)]
    [InlineData("""{ "InterfaceType": "Wireless" }""", ConditionKind.Other)]
    [InlineData("""{ "Schedule": "Mon 08:00-17:00" }""", ConditionKind.Schedule)]
    [InlineData("""{ "RemoteDynamicKeywordAddresses": "{0a1b}" }""", ConditionKind.Other)]
    public void What_the_network_does_not_show_is_a_condition(string changes, ConditionKind kind)
    {
        var policy = Json(Rule(changes));

        Assert.Equal(kind, Assert.Single(Assert.Single(Rules(policy)).Conditions).Kind);
        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445)));
        Assert.Empty(policy.NotEvaluable);
    }

    [Theory]
    [InlineData("""{ "EdgeTraversalPolicy": "Allow" }""")]
    [InlineData("""{ "LooseSourceMapping": true }""")]
    [InlineData("""{ "InterfaceType": "0" }""")]
    [InlineData("""{ "Service": null }""")]
    public void What_changes_nothing_for_a_first_packet_is_no_condition(string changes)
    {
        var policy = Json(Rule(changes));

        Assert.Empty(Assert.Single(Rules(policy)).Conditions);
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(445)));
    }

    [Fact]
    public void Authenticated_bypass_may_pass_where_another_rule_blocks()
    {
        var bypass = Rule("""{ "OverrideBlockRules": true, "Authentication": "Required" }""");
        var policy = Json(Rule("""{ "Action": "Block" }"""), bypass);

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(80)));
    }

    [Fact]
    public void A_bypass_always_asks_for_authentication()
    {
        var rule = Assert.Single(Rules(Json(Rule("""{ "Action": "Bypass" }"""))));

        Assert.True(rule.OverridesBlocks);
        Assert.Equal(ConditionKind.Ipsec, Assert.Single(rule.Conditions).Kind);
    }

    [Fact]
    public void An_interface_is_a_zone()
    {
        var policy = Json(Rule("""{ "InterfaceAlias": ["Ethernet 2", "LAN*"] }"""));

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(445) with { FromZone = "Ethernet 2" }));
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(445) with { FromZone = "LAN 7" }));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(445) with { FromZone = "WiFi" }));
        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445)));
    }

    [Fact]
    public void An_unknown_action_may_be_either()
    {
        var policy = Json(Rule("""{ "Action": "Frobnicate" }"""));

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(80)));
        Assert.Equal("unknown action 'Frobnicate'", Assert.Single(policy.NotEvaluable).Reason);
    }

    [Fact]
    public void A_rule_of_unknown_direction_is_in_both_lists()
    {
        var policy = Json(Rule("""{ "Direction": "Sideways", "Action": "Block" }"""));

        Assert.Equal(PolicyOutcome.Undecided, Outbound(policy, Tcp(445, Server, Client) with { SourcePort = 445 }));
        Assert.Single(Rules(policy));
        Assert.Single(Rules(policy, "outbound"));
        Assert.Contains("Sideways", Assert.Single(policy.NotEvaluable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_without_its_filters_may_be_narrower()
    {
        var policy = Json("""{ "DisplayName": "a", "Enabled": 1, "Profile": 0, "Direction": 1, "Action": 2 }""");

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445)));
        Assert.StartsWith("the file does not state Protocol, LocalPort", Assert.Single(policy.NotEvaluable).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_unique_bounded_and_without_control_characters()
    {
        var policy = Json(Rule("""{ "DisplayName": "a\u001b[31mb" }"""), Rule("""{ "DisplayName": "a\u001b[31mb" }"""),
            Rule($$"""{ "DisplayName": "{{new string('x', 5000)}}" }"""));

        Assert.Equal([@"a\u001b[31mb", @"a\u001b[31mb #2"], Rules(policy).Take(2).Select(rule => rule.Name));
        Assert.All(Rules(policy), rule => Assert.True(rule.Name.Length < 250 && rule.Text.Length < 250));
    }

    [Fact]
    public void Numbers_and_words_of_an_enumeration_say_the_same()
    {
        var words = Json(Rule("""
            { "Enabled": "True", "Direction": "Inbound", "Action": "Block", "Profile": "Domain, Private",
              "PolicyStoreSourceType": "Local", "Authentication": "NotRequired" }
            """));
        var numbers = Json(Rule("""{ "Enabled": 1, "Direction": 1, "Action": 4, "Profile": 3 }"""));

        var (first, second) = (Assert.Single(Rules(words)), Assert.Single(Rules(numbers)));
        Assert.Equal(first.Action, second.Action);
        Assert.Equal(first.Conditions.AsEnumerable(), second.Conditions.AsEnumerable());
        Assert.Equal("Domain, Private", Assert.Single(first.Conditions).Text);
    }

    [Fact]
    public void Replies_need_no_rule() => Assert.True(Json(Rule()).IsStateful);

    [Fact]
    public void A_protocol_without_ports_ignores_ports()
    {
        var policy = Json(Rule("""{ "Protocol": "47", "LocalPort": "RPC" }"""));
        var gre = new PolicyProbe(Address(Client), Address(Server), new IpProtocol(47), null, null);

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, gre));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(445)));
    }
}
