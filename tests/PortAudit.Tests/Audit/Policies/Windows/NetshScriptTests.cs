using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.Policies.Windows.WindowsSample;

namespace PortAudit.Tests.Audit.Policies.Windows;

public sealed class NetshScriptTests
{
    private const string Add = "netsh advfirewall firewall add rule ";

    [Fact]
    public void What_a_rule_leaves_out_is_any()
    {
        var policy = Read(Add + "name=\"the web\" dir=in action=allow protocol=tcp localport=80,443\n");

        Assert.Equal("the web", Assert.Single(Rules(policy)).Name);
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(443)));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(22)));
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void Every_parameter_is_understood()
    {
        var policy = Read(Add + "name=o_a enable=yes interfacetype=any dir=out localip=any remoteip=10.1.0.0/16 "
            + "remoteport=25 protocol=6 profile=any edge=no security=notrequired description=\"a b\" action=block\n");

        Assert.Equal(PolicyOutcome.Dropped, Outbound(policy, Tcp(25, Server, Client)));
        Assert.Equal(PolicyOutcome.Permitted, Outbound(policy, Tcp(25, Server, "10.2.0.1")));
        Assert.Equal("a b", Assert.Single(Rules(policy, "outbound")).Comment);
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void ICMP_types_stand_in_the_protocol()
    {
        var policy = Read(Add + "name=ping dir=in protocol=icmpv4:8,any action=allow\n");
        var echo = new PolicyProbe(Address(Client), Address(Server), IpProtocol.Icmp, null, null) { IcmpType = 8 };

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, echo));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, echo with { IcmpType = 13 }));
    }

    [Fact]
    public void Services_only_is_a_condition()
    {
        var policy = Read(Add + "name=s dir=in service=any action=allow\n");

        Assert.Equal("any service", Assert.Single(Assert.Single(Rules(policy)).Conditions).Text);
    }

    [Fact]
    public void Profiles_are_set_and_rules_deleted()
    {
        var policy = Read("@echo off\nREM comment\n: other comment\n"
            + Add + "name=a dir=in action=allow\n"
            + "netsh advfirewall firewall delete rule name=a\n"
            + "netsh advfirewall set allprofiles firewallpolicy blockinbound,blockoutbound\n"
            + "netsh advfirewall set publicprofile state off\n"
            + "netsh advfirewall set allprofiles logging droppedconnections enable\n"
            + "echo done\n");

        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, Tcp(80) with { Profile = "Domain" }));
        Assert.Equal(PolicyOutcome.Dropped, Outbound(policy, Tcp(80) with { Profile = "Private" }));
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(80) with { Profile = "Public" }));
        Assert.Equal(new PolicyLineCounts(6, 4, 0, 2), policy.Lines);
    }

    [Fact]
    public void A_caret_joins_lines()
    {
        var policy = Read(Add + "name=a dir=in ^\n  action=allow ^\n  protocol=tcp localport=80\n");

        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, Tcp(80)));
        Assert.Equal(3, policy.Lines.Understood);
    }

    [Theory]
    [InlineData("netsh advfirewall firewall set rule group=\"x\" new enable=yes")]
    [InlineData("netsh advfirewall firewall delete rule name=a protocol=tcp")]
    [InlineData("netsh advfirewall set currentprofile state off")]
    [InlineData("netsh advfirewall set allprofiles state perhaps")]
    [InlineData("netsh advfirewall reset")]
    [InlineData("netsh firewall set opmode disable")]
    [InlineData(@"reg add HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall\DomainProfile /v EnableFirewall /d 0")]
    [InlineData("powershell Remove-NetFirewallRule -All")]
    [InlineData("for %%p in (80 81) do netsh advfirewall firewall add rule name=%%p dir=in action=allow")]
    public void What_is_not_followed_leaves_verdicts_open(string line)
    {
        var policy = Read(Add + "name=a dir=in action=allow protocol=tcp localport=80\n" + line + "\n");

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(80)));
        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(81)));
        Assert.Equal(2, Assert.Single(policy.NotEvaluable).Line.Line);
    }

    [Fact]
    public void An_unknown_parameter_leaves_its_rule_open()
    {
        var policy = Read(Add + "name=a dir=in action=allow moon=full\n");

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(80)));
        Assert.Equal("unknown parameter 'moon=full'", Assert.Single(policy.NotEvaluable).Reason);
    }
}
