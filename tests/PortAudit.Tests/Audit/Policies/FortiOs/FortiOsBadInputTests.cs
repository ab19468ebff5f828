using System.Globalization;
using System.Text;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.Policies.FortiOs.FortiOsFile;

namespace PortAudit.Tests.Audit.Policies.FortiOs;

public class FortiOsBadInputTests
{
    [Fact]
    public void A_table_that_is_cut_anywhere_leaves_open_what_passes()
    {
        var text = Accept("status disable");
        Assert.Equal(PolicyOutcome.Dropped, Read(text).Outcome("192.0.2.1", IpProtocol.Tcp, 1));
        for (var length = "config firewall policy".Length; length < text.Length - 1; length++)
            Assert.Equal(PolicyOutcome.Undecided, Read(text[..length]).Outcome("192.0.2.1", IpProtocol.Tcp, 1));
    }

    [Fact]
    public void Groups_that_hold_each_other_are_open()
    {
        var policy = Read("config firewall addrgrp\nedit \"a\"\nset member \"b\"\nnext\n"
            + "edit \"b\"\nset member \"a\"\nnext\nend\n" + Accept("dstaddr \"a\""));
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 1));
        Assert.Contains(policy.NotEvaluable, line => line.Reason.Contains("holds itself", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dstaddr \"undefined\"")]
    [InlineData("service \"undefined\"")]
    public void Objects_that_are_not_defined_leave_a_policy_open(string setting)
    {
        var policy = Read(Accept(setting));
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 1));
        Assert.Contains("not defined", Assert.Single(policy.NotEvaluable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_without_end_are_listed()
    {
        var policy = Read(string.Concat(Enumerable.Repeat("config firewall policy\n", 50_000)));
        Assert.True(policy.NotEvaluable.Length > 49_000);
    }

    [Fact]
    public void Fifty_thousand_policies_are_read()
    {
        var text = new StringBuilder("config firewall policy\n");
        for (var i = 1; i <= 50_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"edit {i}\nset srcaddr \"all\"\nset dstaddr \"all\"\n")
                .Append("set srcintf \"any\"\nset dstintf \"any\"\nset service \"HTTP\" \"DNS\"\nnext\n");
        var policy = Read(text.Append("end\n").ToString());
        Assert.Equal(50_001, policy.Lists[0].Rules.Length);
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void A_line_of_a_megabyte_is_not_evaluable_and_leaves_its_policy_open()
    {
        var policy = Read(Accept($"groups {string.Concat(Enumerable.Repeat("\"g\" ", 262_144))}"));
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 1));
        Assert.Contains(policy.NotEvaluable, line => line.Reason == "the line is too long to be read");
    }

    [Fact]
    public void Names_are_shown_without_control_characters_and_shortened()
    {
        var rule = Read(Accept($"name \"\u001b[31m{new string('x', 3_000)}\"")).Lists[0].Rules[0];
        Assert.StartsWith("1 \\u001b[31m", rule.Name, StringComparison.Ordinal);
        Assert.True(rule.Name.Length < 300 && rule.Text.Length < 300);
    }

    [Fact]
    public void Quoted_words_span_lines_and_hide_what_looks_like_a_command()
    {
        var policy = Read("config system replacemsg admin \"x\"\nset buffer \"a\nend\n"
            + "config firewall policy\nb\"\nend\n" + Accept());
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 1));
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void Policies_of_many_virtual_IPs_stay_within_the_budget()
    {
        var text = new StringBuilder("config firewall vip\n");
        for (var i = 0; i < 2_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"edit \"v{i}\"\nset extip 198.51.{i >> 8}.{i & 255}\n")
                .Append("set mappedip \"10.0.0.1\"\nset portforward enable\nset extport 80\nnext\n");
        text.Append("end\nconfig firewall vipgrp\nedit \"g\"\nset member ")
            .AppendJoin(' ', Enumerable.Range(0, 2_000).Select(i => $"v{i}")).Append("\nnext\nend\n");
        text.Append("config firewall policy\n");
        for (var i = 0; i < 500; i++)
            text.Append(CultureInfo.InvariantCulture, $"edit {i}\nset dstaddr \"g\"\nset service \"ALL\"\nnext\n");
        Assert.InRange(Read(text.Append("end\n").ToString()).Lists[0].Rules.Length, 500, 300_000);
    }
}
