using System.Text;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Policies.Windows;
using static PortAudit.Tests.Audit.Policies.Windows.WindowsSample;

namespace PortAudit.Tests.Audit.Policies.Windows;

public sealed class PowerShellScriptTests
{
    private const string Whole = """
        <#
          New-NetFirewallRule in a comment
        #>
        # web
        New-NetFirewallRule -DisplayName 'the web, all of it' `
            -Direction Inbound -Action Allow -Protocol TCP -LocalPort 80, 443 `
            -RemoteAddress @('10.1.0.0/16',
                "10.3.0.0/16") -ErrorAction Stop -Verbose:$true *> $null
        New-NetFirewallRule -DisplayName mail -Direction Outbound -Action Block -Protocol TCP -RemotePort 25
        Set-NetFirewallProfile -Profile Domain,Private,Public -DefaultInboundAction Block -DefaultOutboundAction Allow
        Set-NetFirewallProfile -Name Public -Enabled False
        Write-Host done
        """;

    [Fact]
    public void Rules_and_profiles_are_read()
    {
        var policy = Read(Whole);

        Assert.Equal("the web, all of it", Assert.Single(Rules(policy)).Name);
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, OfDomain(443)));
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, OfDomain(80, source: "10.3.9.9")));
        Assert.Equal(PolicyOutcome.Dropped, Inbound(policy, OfDomain(80, source: "10.2.9.9")));
        Assert.Equal(PolicyOutcome.Dropped, Outbound(policy, OfDomain(25)));
        Assert.Equal(PolicyOutcome.Permitted, Inbound(policy, OfDomain(22) with { Profile = "Public" }));
        Assert.Empty(policy.NotEvaluable);
        Assert.Equal(new PolicyLineCounts(8, 7, 0, 1), policy.Lines);
    }

    [Fact]
    public void What_a_rule_leaves_out_has_the_documented_default() =>
        Assert.Equal(PolicyOutcome.Permitted, Inbound(Read("New-NetFirewallRule -DisplayName a"), Tcp(80)));

    [Theory]
    [InlineData("-GPOSession $gpo", PolicyOutcome.Permitted)]
    [InlineData(@"-PolicyStore 'contoso.com\Firewall'", PolicyOutcome.Permitted)]
    [InlineData("-PolicyStore PersistentStore", PolicyOutcome.Dropped)]
    [InlineData("", PolicyOutcome.Dropped)]
    public void The_store_tells_whether_it_is_a_local_rule(string store, PolicyOutcome expected) =>
        Assert.Equal(expected, Inbound(Read("Set-NetFirewallProfile -All -AllowLocalFirewallRules False\n"
            + $"New-NetFirewallRule -DisplayName a {store} | Out-Null\n"), Tcp(80)));

    [Theory]
    [InlineData("New-NetFirewallRule -DisplayName a -RemoteAddress $clients")]
    [InlineData("New-NetFirewallRule -DisplayName a -LocalPort $port -Protocol TCP")]
    [InlineData("New-NetFirewallRule -DisplayName a -Moon full")]
    [InlineData("New-NetFirewallRule @rule")]
    [InlineData("New-NetFirewallRule -DisplayName a -Action $what")]
    [InlineData("New-NetFirewallRule -DisplayName 'a")]
    [InlineData("if ($x) {\n  New-NetFirewallRule -DisplayName a\n}")]
    [InlineData("New-NetFirewallRule -DisplayName a\nRemove-NetFirewallRule -DisplayName a")]
    [InlineData("New-NetFirewallRule -DisplayName a\nSet-NetFirewallProfile -Profile $p -Enabled False")]
    public void What_the_script_does_not_say_leaves_verdicts_open(string script)
    {
        var policy = Read(script);

        Assert.Equal(PolicyOutcome.Undecided, Inbound(policy, Tcp(80)));
        Assert.NotEmpty(policy.NotEvaluable);
    }

    [Fact]
    public void Every_prefix_is_read_without_an_exception()
    {
        for (var length = 0; length < Whole.Length; length++)
            Assert.NotEmpty(PowerShellScript.Read(
                ConfigurationText.Of("x", Encoding.UTF8.GetBytes(Whole[..length]))).Lists);
    }

    private static PolicyProbe OfDomain(ushort port, string source = Client) =>
        Tcp(port, source) with { Profile = "Domain" };
}
