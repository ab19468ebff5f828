using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.Policies.FortiOs.FortiOsFile;

namespace PortAudit.Tests.Audit.Policies.FortiOs;

public class FortiOsPolicyTests
{
    [Fact]
    public void A_configuration_is_recognised()
    {
        var text = Text($"#config-version=FGT60F-7.2.5-FW-build1517\n{Accept()}");
        Assert.Equal("fortios", PolicyFormat.All.First(row => row.Recognises(text)).Name);
    }

    [Fact]
    public void Without_a_policy_nothing_passes()
    {
        Assert.Equal(PolicyOutcome.Dropped,
            Read("config firewall policy\nend\n").Outcome("192.0.2.1", IpProtocol.Tcp, 1));
    }

    [Fact]
    public void A_policy_without_an_action_denies()
    {
        var policy = Read(Accept("action accept").Replace("set action accept", "set logtraffic all",
            StringComparison.Ordinal));
        Assert.Equal(PolicyAction.Drop, policy.Lists[0].Rules[0].Action);
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void A_denial_may_answer()
    {
        Assert.Equal(PolicyOutcome.Rejected, Read(Accept("action deny", "send-deny-packet enable"))
            .Outcome("192.0.2.1", IpProtocol.Tcp, 1));
    }

    [Fact]
    public void A_disabled_policy_decides_nothing()
    {
        Assert.Equal(PolicyOutcome.Dropped,
            Read(Accept("status disable")).Outcome("192.0.2.1", IpProtocol.Tcp, 1));
    }

    [Fact]
    public void All_of_the_IPv4_table_has_no_IPv6_address()
    {
        var policy = Read(Accept());
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 1));
        Assert.Equal(PolicyOutcome.Dropped,
            policy.Outcome("2001:db8::1", IpProtocol.Tcp, 1, source: "2001:db8::2"));
        Assert.Equal(PolicyOutcome.Permitted, Read(Accept("srcaddr6 all", "dstaddr6 all"))
            .Outcome("2001:db8::1", IpProtocol.Tcp, 1, source: "2001:db8::2"));
    }

    [Theory]
    [InlineData("set subnet 192.0.2.0 255.255.255.0", PolicyOutcome.Permitted, PolicyOutcome.Dropped)]
    [InlineData("set subnet 192.0.2.0/24", PolicyOutcome.Permitted, PolicyOutcome.Dropped)]
    [InlineData("set type iprange\nset start-ip 192.0.2.1\nset end-ip 192.0.2.9", PolicyOutcome.Permitted,
        PolicyOutcome.Dropped)]
    [InlineData("set type wildcard\nset wildcard 192.0.0.1 255.255.0.255", PolicyOutcome.Permitted,
        PolicyOutcome.Dropped)]
    [InlineData("set type fqdn\nset fqdn \"example.com\"", PolicyOutcome.Undecided, PolicyOutcome.Undecided)]
    [InlineData("set type geography\nset country \"DE\"", PolicyOutcome.Undecided, PolicyOutcome.Undecided)]
    public void An_address_is_what_its_type_says(string settings, PolicyOutcome inside, PolicyOutcome outside)
    {
        var policy = Read($"config firewall address\nedit \"a\"\n{settings}\nnext\nend\n{Accept("dstaddr \"a\"")}");
        Assert.Equal(inside, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 1));
        Assert.Equal(outside, policy.Outcome("198.51.100.1", IpProtocol.Tcp, 1));
    }

    [Fact]
    public void A_group_leaves_out_what_it_excludes()
    {
        var policy = Read($"""
            config firewall address
            edit "net"
            set subnet 192.0.2.0/24
            next
            edit "host"
            set subnet 192.0.2.1/32
            next
            end
            config firewall addrgrp
            edit "g"
            set member "net"
            set exclude enable
            set exclude-member "host"
            next
            end
            {Accept("dstaddr \"g\"")}
            """);
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 1));
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("192.0.2.2", IpProtocol.Tcp, 1));
    }

    [Fact]
    public void Negated_destinations_are_the_other_addresses_of_the_family()
    {
        var policy = Read($"""
            config firewall address
            edit "net"
            set subnet 192.0.2.0/24
            next
            end
            {Accept("dstaddr \"net\"", "dstaddr-negate enable")}
            """);
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 1));
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("198.51.100.1", IpProtocol.Tcp, 1));
        Assert.False(policy.Lists[0].Rules[0].Destination.Set.Overlaps(AddressSet.AnyIpv6));
    }

    [Fact]
    public void A_service_names_ports_of_the_receiver_before_those_of_the_sender()
    {
        var policy = Read("config firewall service custom\nedit \"s\"\n"
            + "set tcp-portrange 80-81:50000 90:1-9\nnext\nend\n" + Accept("service \"s\""));
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 81));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 90));
    }

    [Fact]
    public void Services_of_the_product_need_no_definition()
    {
        var policy = Read(Accept("service \"HTTPS\" \"DNS\" \"PING\""));
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("192.0.2.1", IpProtocol.Udp, 53));
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("192.0.2.1", IpProtocol.Icmp, null, icmpType: 8));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("192.0.2.1", IpProtocol.Icmp, null, icmpType: 5));
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void A_definition_of_the_file_comes_before_that_of_the_product()
    {
        var policy = Read("config firewall service custom\nedit \"HTTPS\"\nset tcp-portrange 8443\nnext\nend\n"
            + Accept("service \"HTTPS\""));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 443));
    }

    [Fact]
    public void Negated_services_are_all_others()
    {
        var policy = Read(Accept("service \"HTTPS\" \"PING\"", "service-negate enable"));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 443));
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 80));
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("192.0.2.1", IpProtocol.Udp, 443));
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("192.0.2.1", new IpProtocol(47), null));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("192.0.2.1", IpProtocol.Icmp, null, icmpType: 8));
    }

    [Theory]
    [InlineData("schedule \"nights\"", ConditionKind.Schedule)]
    [InlineData("groups \"staff\"", ConditionKind.User)]
    [InlineData("action ipsec", ConditionKind.Ipsec)]
    [InlineData("frobnicate enable", ConditionKind.Other)]
    public void What_a_capture_does_not_show_is_a_condition(string setting, ConditionKind kind)
    {
        var policy = Read(Accept(setting));
        Assert.Equal(kind, Assert.Single(policy.Lists[0].Rules[0].Conditions).Kind);
        Assert.Single(policy.NotEvaluable);
    }

    [Fact]
    public void Settings_that_are_switched_off_are_no_conditions()
    {
        Assert.Empty(Read(Accept("frobnicate disable", "av-profile \"default\"", "nat enable")).NotEvaluable);
    }

    [Fact]
    public void An_Internet_service_leaves_destination_and_service_open()
    {
        var policy = Read(Accept("internet-service enable", "internet-service-name \"Google-DNS\""));
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 1));
    }

    [Fact]
    public void Policies_are_named_by_number_and_name_and_have_the_line_of_their_head()
    {
        var rule = Read(Accept("name \"out\"", "comments \"why\"")).Lists[0].Rules[0];
        Assert.Equal(("1 out", 2, "why"), (rule.Name, rule.Line.Line, rule.Comment));
    }

    [Fact]
    public void Every_line_is_counted_once()
    {
        var policy = Read($"config system global\n  set hostname \"edge\"\nend\n{Accept("groups \"staff\"")}");
        Assert.Equal(new PolicyLineCounts(15, 11, 1, 3), policy.Lines);
        Assert.Equal("edge", policy.Name);
    }
}
