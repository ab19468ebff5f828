using System.Globalization;
using System.Text;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.Policies.PanOs.PanOsFile;

namespace PortAudit.Tests.Audit.Policies.PanOs;

public class PanOsBadInputTests
{
    private const string Xml = """
        <config version="10.0.0"><devices><entry name="localhost.localdomain"><vsys><entry name="vsys1">
        <rulebase><security><rules>
        <entry name="r">
        <from><member>any</member></from><to><member>any</member></to>
        <source><member>any</member></source><destination><member>any</member></destination>
        <service><member>any</member></service><application><member>any</member></application>
        <action>allow</action>
        <disabled>yes</disabled>
        </entry>
        </rules></security></rulebase>
        </entry></vsys></entry></devices></config>
        """;

    [Fact]
    public void A_file_that_is_cut_anywhere_permits_nothing_for_sure_and_does_not_throw()
    {
        Assert.Equal(PolicyOutcome.Dropped, Read(Xml).Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Tcp, 1));
        for (var length = Xml.IndexOf("<rulebase>", StringComparison.Ordinal); length < Xml.Length - 1; length++)
        {
            var policy = Read(Xml[..length]);
            Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Tcp, 1));
            Assert.NotEmpty(policy.NotEvaluable);
        }
    }

    [Fact]
    public void A_document_type_is_not_read()
    {
        var policy = Read("""
            <!DOCTYPE config [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
            <config><devices><entry name="x"><address><entry name="&b;"/></address></entry></devices></config>
            """);
        Assert.All(policy.NotEvaluable,
            line => Assert.Contains("not well-formed", line.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Elements_below_each_other_without_end_are_listed()
    {
        var policy = Read("<config><entry name=\"x\">" + string.Concat(Enumerable.Repeat("<a>", 100_000)));
        Assert.NotEmpty(policy.NotEvaluable);
    }

    [Fact]
    public void Groups_that_hold_each_other_deeply_are_open()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 100_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"set address-group g{i} static g{i + 1}\n");
        var policy = Read(text + Rule("r", "source g0 action allow"));
        Assert.True(policy.Lists[0].Rules[0].Source.IsOpen);
        Assert.Contains(policy.NotEvaluable,
            line => line.Reason.Contains("nested deeper", StringComparison.Ordinal));
    }

    [Fact]
    public void Groups_whose_members_multiply_stay_within_the_budget()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 20_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"set address a{i} ip-netmask 10.{i >> 8}.{i & 255}.1\n");
        text.Append("set address-group g static [ ").AppendJoin(' ', Enumerable.Range(0, 10_000).Select(i => $"a{i}"))
            .Append(" ]\n");
        for (var i = 0; i < 2_000; i++)
            text.Append(Rule($"r{i}", $"source [ g a{10_000 + i} ] action deny"));
        var policy = Read(text.ToString());
        Assert.False(policy.Lists[0].Rules[0].Source.IsOpen);
        Assert.True(policy.Lists[0].Rules[1_999].Source.IsOpen);
    }

    [Fact]
    public void Fifty_thousand_rules_are_read()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 50_000; i++)
            text.Append(Rule($"r{i}", $"destination 10.0.{i >> 8}.{i & 255} action allow"));
        Assert.Equal(50_002, Read(text.ToString()).Lists[0].Rules.Length);
    }

    [Fact]
    public void A_line_of_a_megabyte_is_not_evaluable_and_leaves_its_rule_open()
    {
        var policy = Read(Rule("r", "action allow")
            + $"set rulebase security rules r source-user [ {string.Concat(Enumerable.Repeat("any ", 262_144))}]\n");
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Tcp, 1));
        Assert.Equal("the line is too long to be read", policy.NotEvaluable[^1].Reason);
    }

    [Fact]
    public void An_open_quotation_mark_leaves_its_rule_open()
    {
        var policy = Read(Rule("r", "action allow") + "set rulebase security rules r schedule \"nights\n");
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("10.0.0.1", "192.0.2.1", IpProtocol.Tcp, 1));
    }

    [Fact]
    public void Names_are_shown_without_control_characters_and_shortened()
    {
        var policy = Read(Rule($"\"\u001b[31m{new string('x', 3_000)}\"", "action allow"));
        var rule = policy.Lists[0].Rules[0];
        Assert.StartsWith("\\u001b[31m", rule.Name, StringComparison.Ordinal);
        Assert.True(rule.Name.Length < 300 && rule.Text.Length < 300);
    }

    [Fact]
    public void Words_that_are_no_command_are_listed()
    {
        var policy = Read(Rule("r", "action allow") + "frobnicate everything\n");
        Assert.Equal("not recognised", Assert.Single(policy.NotEvaluable).Reason);
    }
}
