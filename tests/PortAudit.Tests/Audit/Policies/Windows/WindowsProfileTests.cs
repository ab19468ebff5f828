using PortAudit.Audit.Policies.Model;
using static PortAudit.Tests.Audit.Policies.Windows.WindowsSample;

namespace PortAudit.Tests.Audit.Policies.Windows;

public sealed class WindowsProfileTests
{
    private static readonly string[] Others = [Profile("Private"), Profile("Public")];

    [Fact]
    public void A_rule_of_one_profile_is_open_while_the_profile_is_not_known()
    {
        var policy = Json(Rule("""{ "Profile": "Domain" }"""));

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445)));
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(445) with { Profile = "Domain" }));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(445) with { Profile = "Public" }));
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void Rules_that_cover_all_profiles_together_decide()
    {
        var policy = Json(Rule("""{ "Profile": "Domain" }"""), Rule("""{ "Profile": "Private, Public" }"""));

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(445)));
        Assert.Equal(2, Answer(policy, "inbound", Tcp(445)).Rules.Length);
    }

    [Fact]
    public void Defaults_of_profiles_differ()
    {
        var policy = Json([Profile("Domain", """{ "DefaultInboundAction": "Allow" }"""), .. Others, Rule()]);

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(80) with { Profile = "Domain" }));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(80) with { Profile = "Private" }));
        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(80)));
        Assert.Equal(2, Answer(policy, "inbound", Tcp(80) with { Profile = "Domain" }).Rules.Single().Line.Line);
    }

    [Fact]
    public void Profiles_without_rules_decide_nothing()
    {
        var policy = Json([Profile("Domain"), .. Others]);

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(80)));
        Assert.Equal("the file has settings of profiles, but no rules", Assert.Single(policy.NotEvaluable).Reason);
    }

    [Fact]
    public void Outbound_may_be_blocked_by_default()
    {
        string[] profiles = [.. PolicyCondition.Profiles.Select(name =>
            Profile(name, """{ "DefaultOutboundAction": "Block" }"""))];

        Assert.Equal(PolicyOutcome.Dropped, Outbound(Json([.. profiles, Rule()]), Tcp(80, Server, Client)));
    }

    [Fact]
    public void Where_the_firewall_is_off_everything_passes_whatever_the_rules()
    {
        var policy = Json([Profile("Domain", """{ "Enabled": 0 }"""), .. Others, Rule("""{ "Action": "Block" }""")]);

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(445) with { Profile = "Domain" }));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(445) with { Profile = "Public" }));
    }

    [Fact]
    public void Local_rules_do_not_apply_where_only_group_policy_does()
    {
        string[] profiles = [.. PolicyCondition.Profiles.Select(name =>
            Profile(name, """{ "AllowLocalFirewallRules": 0 }"""))];
        var policy = Json([.. profiles, Rule(),
            Rule("""{ "PolicyStoreSourceType": "GroupPolicy", "LocalPort": "80" }""")]);

        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(445)));
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(80)));
        Assert.False(Rules(policy)[0].IsEnabled);
    }

    [Fact]
    public void A_rule_of_unknown_origin_is_open_where_only_group_policy_applies()
    {
        var policy = Json([Profile("Domain", """{ "AllowLocalFirewallRules": "False" }"""), .. Others,
            Rule("""{ "PolicyStoreSourceType": null }""")]);

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445)));
        Assert.Equal("unknown whether it is a local rule", Assert.Single(policy.NotEvaluable).Reason);
    }

    [Theory]
    [InlineData("NotConfigured", PolicyOutcome.Dropped)]
    [InlineData("Ethernet 2", PolicyOutcome.Undecided)]
    public void Interfaces_without_the_firewall_leave_verdicts_open(string interfaces, PolicyOutcome expected)
    {
        var domain = Profile("Domain", $$"""{ "DisabledInterfaceAliases": ["{{interfaces}}"] }""");

        Assert.Equal(expected, Inbound(Json([domain, .. Others, Rule()]), Tcp(80)));
    }

    [Fact]
    public void Shields_up_ignores_rules_that_allow_inbound()
    {
        string[] profiles = [.. PolicyCondition.Profiles.Select(name =>
            Profile(name, """{ "AllowInboundRules": "False" }"""))];

        Assert.Equal(PolicyOutcome.Dropped, Inbound(Json([.. profiles, Rule()]), Tcp(445)));
    }

    [Fact]
    public void An_unknown_profile_leaves_everything_open()
    {
        var policy = Json(Rule(), Profile("Homegroup", """{ "Enabled": 0 }"""));

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(80)));
        Assert.Equal("settings of an unknown profile", Assert.Single(policy.NotEvaluable).Reason);
    }

    [Fact]
    public void A_rule_for_an_unknown_profile_is_open()
    {
        var policy = Json(Rule("""{ "Profile": "Guests" }"""));

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(445)));
        Assert.Equal("unknown profile 'Guests'", Assert.Single(policy.NotEvaluable).Reason);
    }
}
