using PortAudit.Audit.Policies.Model;

namespace PortAudit.Tests.Audit.Policies.Netfilter;

/// <summary>Files of iptables-save.</summary>
public sealed class IptablesReaderTests
{
    [Fact]
    public void Every_line_of_a_saved_ruleset_is_understood_or_has_a_reason()
    {
        var policy = NetfilterPolicy.Sample("office.iptables-save");

        Assert.Equal("iptables", policy.Format);
        Assert.Empty(policy.NotEvaluable.Select(line => $"{line.Line}: {line.Reason}"));
        Assert.Equal(policy.Lines.Total, policy.Lines.Understood);
    }

    [Theory]
    [InlineData("10.1.7.1 10.2.0.1 tcp 40000 80", PolicyOutcome.Rejected)]
    [InlineData("10.1.1.1 10.2.0.1 tcp 40000 80", PolicyOutcome.Permitted)]
    [InlineData("10.1.1.1 10.2.0.1 tcp 40000 22", PolicyOutcome.Dropped)]
    [InlineData("10.1.1.1 10.2.0.1 tcp 40000 8010", PolicyOutcome.Permitted)]
    [InlineData("10.1.1.1 10.2.0.1 tcp 40000 8011", PolicyOutcome.Dropped)]
    [InlineData("10.1.99.5 10.2.0.1 tcp 40000 80", PolicyOutcome.Dropped)]
    [InlineData("10.1.1.1 10.2.0.25 tcp 40000 80", PolicyOutcome.Dropped)]
    [InlineData("192.0.2.1 10.2.0.1 udp 53 9999", PolicyOutcome.Permitted)]
    [InlineData("10.1.0.1 10.2.0.1 udp 53 9999", PolicyOutcome.Dropped)]
    [InlineData("10.1.0.1 10.3.7.1 udp 1 9999", PolicyOutcome.Permitted)]
    [InlineData("10.1.0.1 10.3.7.1 tcp 1 9999", PolicyOutcome.Dropped)]
    [InlineData("10.1.0.1 10.2.0.1 icmp 8 0", PolicyOutcome.Permitted)]
    [InlineData("10.1.0.1 10.2.0.1 icmp 3 1", PolicyOutcome.Permitted)]
    [InlineData("10.1.0.1 10.2.0.1 icmp 3 3", PolicyOutcome.Dropped)]
    [InlineData("10.1.0.1 10.2.0.1 tcp 1023 5001", PolicyOutcome.Permitted)]
    [InlineData("10.1.0.1 10.2.0.1 tcp 1024 5001", PolicyOutcome.Dropped)]
    [InlineData("2001:db8:1::1 2001:db8:2::1 tcp 40000 443", PolicyOutcome.Permitted)]
    [InlineData("2001:db8:9::1 2001:db8:2::1 tcp 40000 443", PolicyOutcome.Dropped)]
    [InlineData("2001:db8:9::1 2001:db8:2::1 icmp6 128 0", PolicyOutcome.Permitted)]
    public void The_office_decides_as_the_kernel_does(string packet, PolicyOutcome expected) =>
        Assert.Equal(expected, NetfilterPolicy.Outcome(NetfilterPolicy.Sample("office.iptables-save"),
            NetfilterPolicy.Probe(packet) with { FromZone = "eth0", ToZone = "eth1" }));

    [Fact]
    public void Loopback_and_established_come_first()
    {
        var policy = NetfilterPolicy.Sample("office.iptables-save");
        var input = NetfilterPolicy.Probe("192.0.2.1 10.0.0.1 tcp 40000 3306") with { Hook = PolicyHook.Input };

        Assert.Equal(PolicyOutcome.Dropped, NetfilterPolicy.Outcome(policy, input));
        Assert.Equal(PolicyOutcome.Permitted, NetfilterPolicy.Outcome(policy, input with { FromZone = "lo" }));
        Assert.Equal(PolicyOutcome.Permitted,
            NetfilterPolicy.Outcome(policy, input with { State = ConnectionStates.Established }));
        Assert.Equal(PolicyOutcome.Rejected, NetfilterPolicy.Outcome(policy,
            NetfilterPolicy.Probe("127.0.0.1 10.0.0.1 tcp 40000 3306") with
            {
                Hook = PolicyHook.Input,
                FromZone = "eth0"
            }));
    }

    [Fact]
    public void A_container_is_reached_by_the_chain_of_its_bridge()
    {
        var policy = NetfilterPolicy.Sample("office.iptables-save");
        var web = NetfilterPolicy.Probe("192.0.2.1 172.17.0.2 tcp 40000 80") with
        {
            FromZone = "eth0",
            ToZone = "docker0"
        };

        Assert.Equal(PolicyOutcome.Permitted, NetfilterPolicy.Outcome(policy, web));
        Assert.Equal(PolicyOutcome.Dropped, NetfilterPolicy.Outcome(policy, web with { FromZone = "docker0" }));
        Assert.Equal(PolicyOutcome.Undecided,
            NetfilterPolicy.Outcome(policy, web with { FromZone = null, ToZone = null }));
    }

    [Fact]
    public void Translations_are_taken_from_the_table_nat()
    {
        var policy = NetfilterPolicy.Sample("office.iptables-save");

        Assert.False(policy.MatchesMappedAddresses);
        Assert.Equal(["172.17.0.0/16", "172.17.0.2"], policy.Translations
            .Select(found => AddressSet.Text(found.Real!)));
        Assert.Equal([false, true], policy.Translations.Select(found => found.IsStatic));
        Assert.DoesNotContain(policy.Lists, list => list.Name.StartsWith("nat", StringComparison.Ordinal));
    }

    [Fact]
    public void Counters_are_hits()
    {
        var policy = NetfilterPolicy.Sample("office.iptables-save");

        Assert.Equal([80, 70], policy.Find("filter FORWARD")!.Rules.Take(2).Select(rule => rule.Hits!.Value));
        Assert.Equal(5, policy.Find("filter FORWARD")!.Rules[^1].Hits);
    }

    [Fact]
    public void A_quoted_comment_keeps_its_quotes() => Assert.Equal("web, \"inside\"",
        NetfilterPolicy.Sample("office.iptables-save").Find("filter FORWARD")!.Rules
            .Single(rule => rule.Comment is not null).Comment);

    [Fact]
    public void Packets_of_the_other_family_are_open_without_its_file() => Assert.Equal(PolicyOutcome.Undecided,
        NetfilterPolicy.Outcome(NetfilterPolicy.Iptables("-A FORWARD -j ACCEPT"), "2001:db8::1 2001:db8::2 tcp 1 2"));

    [Theory]
    [InlineData("-m set --match-set bad src", ConditionKind.Other)]
    [InlineData("-m limit --limit 5/min", ConditionKind.Rate)]
    [InlineData("-m recent --update --seconds 60 --hitcount 4 --name X", ConditionKind.Rate)]
    [InlineData("-m mark --mark 0x1", ConditionKind.Mark)]
    [InlineData("-m owner --uid-owner 0", ConditionKind.User)]
    [InlineData("-m time --timestart 08:00 --timestop 17:00", ConditionKind.Schedule)]
    [InlineData("-m mac --mac-source 00:11:22:33:44:55", ConditionKind.Header)]
    [InlineData("-m physdev --physdev-in eth0", ConditionKind.Other)]
    [InlineData("-m policy --dir in --pol ipsec --proto esp", ConditionKind.Ipsec)]
    [InlineData("-m nosuch --what 1", ConditionKind.Other)]
    [InlineData("--nosuch 1", ConditionKind.Other)]
    [InlineData("-f", ConditionKind.Header)]
    [InlineData("-s host.example", ConditionKind.Other)]
    [InlineData("-p nosuch", ConditionKind.Header)]
    [InlineData("-p tcp --dport nosuch", ConditionKind.Header)]
    public void What_is_not_evaluated_leaves_the_packet_open(string match, ConditionKind kind)
    {
        var policy = NetfilterPolicy.Iptables($"-A FORWARD {match} -j ACCEPT");

        Assert.Equal(kind, Assert.Single(policy.Find("filter FORWARD")!.Rules[0].Conditions).Kind);
        Assert.Equal(4, Assert.Single(policy.NotEvaluable).Line.Line);
        Assert.Equal(PolicyOutcome.Undecided, NetfilterPolicy.Outcome(policy, "10.0.0.1 10.0.0.2 tcp 1 2"));
    }

    [Theory]
    [InlineData("-p tcp --syn -j ACCEPT", PolicyOutcome.Permitted)]
    [InlineData("-p tcp ! --syn -j ACCEPT", PolicyOutcome.Dropped)]
    [InlineData("-p tcp --tcp-flags ALL NONE -j ACCEPT", PolicyOutcome.Dropped)]
    [InlineData("-p tcp --tcp-flags SYN,ACK SYN -j ACCEPT", PolicyOutcome.Permitted)]
    [InlineData("-p 6 -s ! 10.0.0.9 -j ACCEPT", PolicyOutcome.Permitted)]
    [InlineData("-p ! tcp -j ACCEPT", PolicyOutcome.Dropped)]
    [InlineData("-s 10.9.9.9,10.0.0.1 -j ACCEPT", PolicyOutcome.Permitted)]
    [InlineData("-s 10/8 -j ACCEPT", PolicyOutcome.Permitted)]
    [InlineData("-s 10.0.0.1/255.255.0.255 -j ACCEPT", PolicyOutcome.Permitted)]
    [InlineData("-p tcp --dport http -j ACCEPT", PolicyOutcome.Permitted)]
    [InlineData("-j NFQUEUE --queue-num 1", PolicyOutcome.Undecided)]
    [InlineData("-j NOSUCH", PolicyOutcome.Undecided)]
    [InlineData("-j LOG --log-prefix \"x \"", PolicyOutcome.Dropped)]
    [InlineData("-m limit --limit 1/s -j LOG", PolicyOutcome.Dropped)]
    [InlineData("-p tcp --dport", PolicyOutcome.Undecided)]
    [InlineData("-p tcp -m comment --comment \"open", PolicyOutcome.Undecided)]
    [InlineData("-j MARK --set-mark 1 -p tcp", PolicyOutcome.Dropped)]
    [InlineData("-j ACCEPT -p udp", PolicyOutcome.Dropped)]
    [InlineData("-m recent --set --name X -j ACCEPT", PolicyOutcome.Permitted)]
    public void A_rule_decides_for_the_first_packet(string rule, PolicyOutcome expected) => Assert.Equal(expected,
        NetfilterPolicy.Outcome(NetfilterPolicy.Iptables($"-A FORWARD {rule}"), "10.0.0.1 10.0.0.2 tcp 40000 80"));

    [Theory]
    [InlineData("eth0", PolicyOutcome.Permitted)]
    [InlineData("eth10", PolicyOutcome.Permitted)]
    [InlineData("ppp0", PolicyOutcome.Dropped)]
    public void A_plus_stands_for_the_rest_of_a_name(string zone, PolicyOutcome expected) => Assert.Equal(expected,
        NetfilterPolicy.Outcome(NetfilterPolicy.Iptables("-A FORWARD -i eth+ -j ACCEPT"),
            NetfilterPolicy.Probe("10.0.0.1 10.0.0.2 tcp 1 2") with { FromZone = zone }));

    [Fact]
    public void Commands_of_a_script_are_carried_out()
    {
        var policy = NetfilterPolicy.Read("iptables -P FORWARD DROP\niptables -A FORWARD -p tcp --dport 80 -j ACCEPT\n"
            + "iptables -I FORWARD -s 10.0.0.9 -j DROP\nip6tables -A FORWARD -j ACCEPT\n");

        Assert.Empty(policy.NotEvaluable);
        Assert.Equal(PolicyOutcome.Permitted, NetfilterPolicy.Outcome(policy, "10.0.0.1 10.0.0.2 tcp 1 80"));
        Assert.Equal(PolicyOutcome.Dropped, NetfilterPolicy.Outcome(policy, "10.0.0.9 10.0.0.2 tcp 1 80"));
        Assert.Equal(PolicyOutcome.Permitted, NetfilterPolicy.Outcome(policy, "2001:db8::1 2001:db8::2 tcp 1 2"));
    }

    [Theory]
    [InlineData("-D FORWARD -s 10.0.0.9 -j DROP")]
    [InlineData("-R FORWARD 1 -j DROP")]
    public void A_command_that_is_not_carried_out_leaves_its_chain_open(string command)
    {
        var policy = NetfilterPolicy.Iptables("-A FORWARD -j ACCEPT", command);

        Assert.Equal(5, Assert.Single(policy.NotEvaluable).Line.Line);
        Assert.Equal(PolicyOutcome.Undecided, NetfilterPolicy.Outcome(policy, "10.0.0.1 10.0.0.2 tcp 1 2"));
    }

    [Fact]
    public void Exemptions_from_tracking_leave_states_open()
    {
        var policy = NetfilterPolicy.Read("*raw\n:PREROUTING ACCEPT\n"
            + "-A PREROUTING -p udp --dport 53 -j CT --notrack\nCOMMIT\n"
            + "*filter\n:FORWARD DROP\n-A FORWARD -m state --state NEW -j ACCEPT\nCOMMIT\n");

        Assert.Equal(PolicyOutcome.Undecided, NetfilterPolicy.Outcome(policy, "10.0.0.1 10.0.0.2 udp 1 53"));
    }
}
