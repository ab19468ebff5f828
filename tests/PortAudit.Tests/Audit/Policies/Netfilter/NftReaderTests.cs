using PortAudit.Audit.Policies.Model;

namespace PortAudit.Tests.Audit.Policies.Netfilter;

/// <summary>Rulesets of nft in their text form.</summary>
public sealed class NftReaderTests
{
    private const string Packet = "10.0.0.1 10.0.0.2 tcp 40000 80";

    [Theory]
    [InlineData("office.nft")]
    [InlineData("office.json")]
    public void Every_line_of_a_ruleset_is_understood_or_has_a_reason(string name)
    {
        var policy = NetfilterPolicy.Sample(name);

        Assert.Empty(policy.NotEvaluable.Select(line => $"{line.Line}: {line.Reason}"));
        Assert.Equal(policy.Lines.Total, policy.Lines.Understood + policy.Lines.Other);
    }

    [Theory]
    [InlineData("10.1.1.1 10.2.0.10 tcp 40000 22", PolicyOutcome.Permitted)]
    [InlineData("10.1.2.1 10.2.0.10 tcp 40000 22", PolicyOutcome.Dropped)]
    [InlineData("10.1.3.1 10.2.0.10 tcp 40000 22", PolicyOutcome.Rejected)]
    [InlineData("10.1.3.1 10.2.0.30 tcp 40000 22", PolicyOutcome.Dropped)]
    [InlineData("10.1.3.1 10.2.0.29 tcp 40000 80", PolicyOutcome.Permitted)]
    [InlineData("10.1.3.1 10.2.0.29 tcp 40000 443", PolicyOutcome.Dropped)]
    [InlineData("10.1.66.1 10.2.0.10 tcp 40000 80", PolicyOutcome.Dropped)]
    [InlineData("10.1.5.9 10.2.0.10 tcp 40000 3010", PolicyOutcome.Permitted)]
    [InlineData("10.1.5.9 10.2.0.10 tcp 40000 3011", PolicyOutcome.Dropped)]
    [InlineData("10.1.5.9 10.2.0.20 tcp 40000 3010", PolicyOutcome.Dropped)]
    [InlineData("10.1.3.1 10.2.0.25 tcp 40000 80", PolicyOutcome.Dropped)]
    [InlineData("10.1.7.1 10.9.9.9 tcp 40000 8095", PolicyOutcome.Dropped)]
    [InlineData("10.1.3.1 10.3.7.1 tcp 40000 8095", PolicyOutcome.Permitted)]
    [InlineData("192.0.2.1 10.2.0.1 udp 40000 53", PolicyOutcome.Permitted)]
    [InlineData("192.0.2.1 10.2.0.1 udp 1023 123", PolicyOutcome.Dropped)]
    [InlineData("192.0.2.1 10.2.0.1 ip:47", PolicyOutcome.Permitted)]
    [InlineData("192.0.2.1 10.2.0.1 icmp 8 0", PolicyOutcome.Permitted)]
    [InlineData("192.0.2.1 10.2.0.1 icmp 13 0", PolicyOutcome.Dropped)]
    [InlineData("10.1.8.1 10.9.9.9 udp 1 9999", PolicyOutcome.Permitted)]
    [InlineData("2001:db8:1::1 2001:db8:2::1 tcp 40000 80", PolicyOutcome.Permitted)]
    [InlineData("2001:db8:1::1 2001:db8:2::1 tcp 40000 22", PolicyOutcome.Dropped)]
    [InlineData("2001:db8:1::1 2001:db8:2::bad tcp 40000 80", PolicyOutcome.Dropped)]
    public void The_office_decides_as_the_kernel_does(string packet, PolicyOutcome expected)
    {
        Assert.Equal(expected, NetfilterPolicy.Outcome(NetfilterPolicy.Sample("office.nft"), packet));
        Assert.Equal(expected, NetfilterPolicy.Outcome(NetfilterPolicy.Sample("office.json"), packet));
    }

    [Fact]
    public void Base_chains_stand_in_the_order_of_their_hook_and_priority() => Assert.Equal(
        ["inet office early", "inet office forward", "ip6 six forward", "inet office after"],
        NetfilterPolicy.Sample("office.nft").Lists.Where(list => !list.Bindings.IsEmpty).Select(list => list.Name));

    [Fact]
    public void What_is_dropped_before_routing_is_neither_forwarded_nor_received() =>
        Assert.Equal([PolicyHook.Forward, PolicyHook.Input],
            NetfilterPolicy.Sample("office.nft").Find("inet office early")!.Bindings.Select(binding => binding.Hook));

    [Fact]
    public void Counters_and_comments_are_kept()
    {
        var rules = NetfilterPolicy.Sample("office.nft").Lists.SelectMany(list => list.Rules).ToList();

        Assert.Equal(7, rules.Single(rule => rule.Hits is not null).Hits);
        Assert.Equal("administrators", rules.Single(rule => rule.Comment is not null).Comment);
    }

    [Theory]
    [InlineData("tcp dport 80 accept", PolicyOutcome.Permitted)]
    [InlineData("tcp dport http accept", PolicyOutcome.Permitted)]
    [InlineData("tcp dport != 80 accept", PolicyOutcome.Dropped)]
    [InlineData("udp dport 80 accept", PolicyOutcome.Dropped)]
    [InlineData("tcp dport >= 80 accept", PolicyOutcome.Permitted)]
    [InlineData("tcp dport < 80 accept", PolicyOutcome.Dropped)]
    [InlineData("th dport 80 accept", PolicyOutcome.Permitted)]
    [InlineData("ip saddr 10.0.0.0/8 accept", PolicyOutcome.Permitted)]
    [InlineData("ip6 saddr != 2001:db8::1 accept", PolicyOutcome.Dropped)]
    [InlineData("ip saddr . tcp dport { 10.0.0.1 . 80 } accept", PolicyOutcome.Permitted)]
    [InlineData("ip saddr . tcp dport { 10.0.0.1 . 81 } accept", PolicyOutcome.Dropped)]
    [InlineData("ct state new accept", PolicyOutcome.Permitted)]
    [InlineData("ct state != new accept", PolicyOutcome.Dropped)]
    [InlineData("ct state established,related accept", PolicyOutcome.Dropped)]
    [InlineData("tcp flags & (fin|syn|rst|ack) == syn accept", PolicyOutcome.Permitted)]
    [InlineData("tcp flags syn / fin,syn,rst,ack accept", PolicyOutcome.Permitted)]
    [InlineData("tcp flags ! fin,syn,rst,psh,ack,urg accept", PolicyOutcome.Dropped)]
    [InlineData("meta l4proto { tcp, udp } accept", PolicyOutcome.Permitted)]
    [InlineData("ip protocol 6 accept", PolicyOutcome.Permitted)]
    [InlineData("meta nfproto ipv6 accept", PolicyOutcome.Dropped)]
    [InlineData("meta mark set 1 tcp dport 81 accept", PolicyOutcome.Dropped)]
    [InlineData("tcp option maxseg size set rt mtu", PolicyOutcome.Dropped)]
    [InlineData("log prefix \"x \" level info flags all counter accept", PolicyOutcome.Permitted)]
    [InlineData("limit rate 10/second burst 5 packets accept", PolicyOutcome.Undecided)]
    [InlineData("limit rate over 1 mbytes/second drop", PolicyOutcome.Dropped)]
    [InlineData("ct count over 3 accept", PolicyOutcome.Undecided)]
    [InlineData("ip saddr @missing accept", PolicyOutcome.Undecided)]
    [InlineData("ip saddr $missing accept", PolicyOutcome.Undecided)]
    [InlineData("ip saddr @changing accept", PolicyOutcome.Undecided)]
    [InlineData("fib daddr type local accept", PolicyOutcome.Undecided)]
    [InlineData("meta mark 1 accept", PolicyOutcome.Undecided)]
    [InlineData("@ih,0,24 0x474554 accept", PolicyOutcome.Undecided)]
    [InlineData("queue num 1", PolicyOutcome.Undecided)]
    [InlineData("nosuch thing accept", PolicyOutcome.Undecided)]
    [InlineData("xt match \"icmp\" counter packets 0 bytes 0 accept", PolicyOutcome.Undecided)]
    [InlineData("xt target \"LOG\"", PolicyOutcome.Dropped)]
    [InlineData("tcp dport vmap { 80 : accept, * : drop }", PolicyOutcome.Permitted)]
    [InlineData("tcp dport vmap { 81 : drop, * : accept }", PolicyOutcome.Permitted)]
    [InlineData("tcp dport vmap { 80: jump other, *: accept }", PolicyOutcome.Dropped)]
    [InlineData("tcp dport vmap @missing", PolicyOutcome.Undecided)]
    [InlineData("ip saddr . tcp dport vmap { 10.0.0.1 . 80 : accept }", PolicyOutcome.Permitted)]
    [InlineData("iifname . tcp dport { \"eth0\" . 80 } accept", PolicyOutcome.Undecided)]
    [InlineData("reject with icmpx type admin-prohibited", PolicyOutcome.Rejected)]
    [InlineData("tcp dport 80 \\\n accept", PolicyOutcome.Permitted)]
    [InlineData("ip saddr { 10.0.0.1,\n 10.0.0.9 }\n", PolicyOutcome.Dropped)]
    [InlineData("add @changing { ip saddr timeout 10m } accept", PolicyOutcome.Permitted)]
    [InlineData("accept # handle 5", PolicyOutcome.Permitted)]
    public void A_rule_decides_for_the_first_packet(string rule, PolicyOutcome expected)
    {
        var policy = NetfilterPolicy.Read("table inet t {\n"
            + "set changing { type ipv4_addr; flags dynamic,timeout; timeout 1m; }\n"
            + "chain other { return; }\n"
            + $"chain forward {{\ntype filter hook forward priority 0; policy drop;\n{rule}\n}}\n}}\n");

        Assert.Equal(expected, NetfilterPolicy.Outcome(policy, Packet));
    }

    [Fact]
    public void A_table_of_one_family_lets_the_other_pass()
    {
        var policy = NetfilterPolicy.Read(
            "table ip t {\nchain f {\ntype filter hook forward priority 0; policy drop;\n}\n}\n");

        Assert.Equal(PolicyOutcome.Dropped, NetfilterPolicy.Outcome(policy, Packet));
        Assert.Equal(PolicyOutcome.Permitted, NetfilterPolicy.Outcome(policy, "2001:db8::1 2001:db8::2 tcp 1 2"));
    }

    [Fact]
    public void An_included_file_leaves_everything_open()
    {
        var policy = NetfilterPolicy.Read("include \"/etc/more.nft\"\n"
            + "table inet t {\nchain f {\ntype filter hook forward priority 0; policy drop;\naccept\n}\n}\n");

        Assert.Contains("/etc/more.nft", Assert.Single(policy.NotEvaluable).Reason, StringComparison.Ordinal);
        Assert.Equal(PolicyOutcome.Undecided, NetfilterPolicy.Outcome(policy, Packet));
    }

    [Fact]
    public void Commands_add_to_tables()
    {
        var policy = NetfilterPolicy.Read("flush ruleset\nadd table ip t\n"
            + "add chain ip t f { type filter hook forward priority 0 ; policy drop ; }\n"
            + "add rule ip t f tcp dport 80 accept\n"
            + "insert rule ip t f ip saddr 10.0.0.9 drop\n"
            + "add set ip t s { type ipv4_addr; }\nadd element ip t s { 10.0.0.7 }\n"
            + "add rule ip t f ip saddr @s accept\n");

        Assert.Empty(policy.NotEvaluable);
        Assert.Equal(PolicyOutcome.Permitted, NetfilterPolicy.Outcome(policy, Packet));
        Assert.Equal(PolicyOutcome.Dropped, NetfilterPolicy.Outcome(policy, "10.0.0.9 10.0.0.2 tcp 1 80"));
        Assert.Equal(PolicyOutcome.Permitted, NetfilterPolicy.Outcome(policy, "10.0.0.7 10.0.0.2 tcp 1 81"));
    }

    [Fact]
    public void A_dormant_table_does_nothing() => Assert.Empty(NetfilterPolicy.Read(
        "table inet t {\nflags dormant\nchain f {\ntype filter hook forward priority 0; policy drop;\n}\n}\n").Lists);

    [Fact]
    public void Translations_are_taken_from_chains_of_the_type_nat()
    {
        var policy = NetfilterPolicy.Read("table ip n {\nchain pre {\ntype nat hook prerouting priority dstnat;\n"
            + "ip daddr 203.0.113.5 tcp dport 80 dnat to 10.0.0.5:8080\n}\nchain post {\n"
            + "type nat hook postrouting priority srcnat;\nip saddr 10.0.0.0/8 oifname \"wan\" masquerade\n}\n}\n");

        Assert.Empty(policy.Lists);
        Assert.Equal(["10.0.0.5", "10.0.0.0/8"], policy.Translations.Select(found => AddressSet.Text(found.Real!)));
        Assert.Equal("203.0.113.5", AddressSet.Text(policy.Translations[0].Mapped!));
    }

    [Fact]
    public void A_chain_that_drops_by_default_is_implicit_at_its_end()
    {
        var last = NetfilterPolicy.Forward().Lists[0].Rules[^1];

        Assert.True(last.IsImplicit);
        Assert.Equal(PolicyAction.Drop, last.Action);
    }
}
