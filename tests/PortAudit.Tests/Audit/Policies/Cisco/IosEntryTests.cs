using PortAudit.Audit.Policies.Model;
using static PortAudit.Audit.Policies.Model.PolicyOutcome;

namespace PortAudit.Tests.Audit.Policies.Cisco;

public sealed class IosEntryTests
{
    [Theory]
    [InlineData("permit tcp any host 10.0.0.1 eq www", "10.0.0.1", 80, Permitted)]
    [InlineData("permit tcp any host 10.0.0.1 eq www", "10.0.0.2", 80, Dropped)]
    [InlineData("permit tcp any 10.0.0.0 0.0.0.255 eq 80 443 8080", "10.0.0.200", 8080, Permitted)]
    [InlineData("permit tcp any 10.0.0.0 0.0.0.255 eq 80 443 8080", "10.0.0.200", 81, Dropped)]
    [InlineData("permit tcp any 10.0.0.0 255.255.255.0", "10.0.0.200", 81, Undecided)]
    [InlineData("permit tcp any 10.0.0.1 0.0.254.0", "10.0.2.1", 81, Permitted)]
    [InlineData("permit tcp any 10.0.0.1 0.0.254.0", "10.0.1.1", 81, Dropped)]
    [InlineData("permit tcp any any range ftp-data telnet", "10.0.1.1", 22, Permitted)]
    [InlineData("permit tcp any any dscp ef", "10.0.1.1", 22, Undecided)]
    [InlineData("permit tcp any any syn", "10.0.1.1", 22, Undecided)]
    [InlineData("permit tcp any any match-all +syn -ack", "10.0.1.1", 22, Undecided)]
    [InlineData("permit ip any any fragments", "10.0.1.1", 22, Undecided)]
    [InlineData("permit ip any any ttl eq 1", "10.0.1.1", 22, Undecided)]
    [InlineData("permit ip any any log-input", "10.0.1.1", 22, Permitted)]
    [InlineData("permit tcp any any established", "10.0.1.1", 22, Dropped)]
    [InlineData("permit tcp any any ack rst", "10.0.1.1", 22, Dropped)]
    [InlineData("permit ip any any nonsense", "10.0.1.1", 22, Undecided)]
    [InlineData("nonsense ip any any", "10.0.1.1", 22, Undecided)]
    [InlineData("evaluate replies", "10.0.1.1", 22, Dropped)]
    [InlineData("permit tcp any any reflect replies timeout 300", "10.0.1.1", 22, Permitted)]
    public void An_entry_decides(string entry, string destination, ushort port, PolicyOutcome outcome) =>
        Assert.Equal(outcome, CiscoSample.Ios($"ip access-list extended a\n {entry}\n")
            .Tcp("a", "192.0.2.1", destination, port));

    [Theory]
    [InlineData("permit tcp any any established", Permitted)]
    [InlineData("permit tcp any any ack rst", Permitted)]
    [InlineData("permit tcp any any ack", Undecided)]
    [InlineData("evaluate replies", Undecided)]
    public void An_entry_decides_on_a_reply(string entry, PolicyOutcome outcome) =>
        Assert.Equal(outcome, CiscoSample.Ios($"ip access-list extended a\n {entry}\n")
            .Tcp("a", "192.0.2.1", "10.0.0.1", 80, ConnectionStates.Established));

    [Theory]
    [InlineData("permit icmp any any port-unreachable", 3, 3, Permitted)]
    [InlineData("permit icmp any any port-unreachable", 3, 1, Dropped)]
    [InlineData("permit icmp any any 3 1", 3, 1, Permitted)]
    [InlineData("permit icmp any any echo log", 8, 0, Permitted)]
    public void Icmp_messages_decide(string entry, byte type, byte code, PolicyOutcome outcome) =>
        Assert.Equal(outcome, CiscoSample.Ios($"ip access-list extended a\n {entry}\n")
            .Icmp("a", "192.0.2.1", "10.0.0.1", type, code));

    [Theory]
    [InlineData("access-list 10 permit 10.0.0.1", "10.0.0.1", Permitted)]
    [InlineData("access-list 10 permit 10.0.0.1", "10.0.0.2", Dropped)]
    [InlineData("access-list 10 permit 10.0.0.0 0.0.0.255 log", "10.0.0.2", Permitted)]
    [InlineData("access-list 1300 permit host 10.0.0.2", "10.0.0.2", Permitted)]
    [InlineData("access-list 10 deny 10.0.0.2\naccess-list 10 permit any", "10.0.0.2", Dropped)]
    [InlineData("ip access-list standard 10\n permit 10.0.0.2", "10.0.0.2", Permitted)]
    [InlineData("Standard IP access list 10\n    10 permit 10.0.0.0, wildcard bits 0.0.0.255 (3 matches)", "10.0.0.2",
        Permitted)]
    public void A_standard_list_names_sources(string text, string source, PolicyOutcome outcome)
    {
        var policy = CiscoSample.Ios(text);

        Assert.Equal(outcome, policy.Tcp(policy.Lists[0].Name, source, "192.0.2.1"));
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void A_numbered_list_is_read_line_by_line()
    {
        var policy = CiscoSample.Ios("""
            access-list 101 remark Web
            access-list 101 permit tcp any host 10.0.0.1 eq www
            access-list 2000 permit udp any any eq domain
            """);

        Assert.Equal(Permitted, policy.Tcp("101", "192.0.2.1", "10.0.0.1"));
        Assert.Equal("Web", policy.Find("101")!.Rules[0].Comment);
        Assert.Equal(Permitted, policy.Udp("2000", "192.0.2.1", "10.0.0.1", 53));
    }

    [Fact]
    public void Sequence_numbers_order_the_entries()
    {
        var policy = CiscoSample.Ios("""
            ip access-list extended a
             20 permit ip any any
             10 deny tcp any any eq 22
            """);

        Assert.Equal(Dropped, policy.Tcp("a", "192.0.2.1", "10.0.0.1", 22));
        Assert.Equal(["a 10", "a 20"], policy.Lists[0].Rules.Take(2).Select(rule => rule.Name));
    }

    [Fact]
    public void Counters_are_read()
    {
        var policy = CiscoSample.Ios("""
            Extended IP access list a
                10 permit tcp any any eq www (12 matches)
                20 deny ip any any (1 match)
            """);

        Assert.Equal([12, 1], policy.Find("a")!.Rules.Take(2).Select(rule => rule.Hits));
    }

    [Fact]
    public void An_IPv4_list_lets_IPv6_pass()
    {
        var policy = CiscoSample.Ios("ip access-list extended a\n permit tcp any any eq 80");

        Assert.Equal(Permitted, policy.Tcp("a", "2001:db8::1", "2001:db8::2", 22));
        Assert.Equal(Dropped, policy.Tcp("a", "192.0.2.1", "10.0.0.1", 22));
    }

    [Fact]
    public void An_IPv6_list_permits_neighbour_discovery_before_its_deny()
    {
        var policy = CiscoSample.Ios("ipv6 access-list six\n permit tcp any host 2001:db8::2 eq 80 sequence 10");

        Assert.Equal(Permitted, policy.Tcp("six", "2001:db8::1", "2001:db8::2"));
        Assert.Equal(Dropped, policy.Tcp("six", "2001:db8::1", "2001:db8::3"));
        Assert.Equal(Permitted, policy.Icmp("six", "fe80::1", "ff02::1", 135));
        Assert.Equal(Dropped, policy.Icmp("six", "fe80::1", "ff02::1", 128));
        Assert.Equal(Permitted, policy.Tcp("six", "192.0.2.1", "10.0.0.1"));
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void Object_groups_match()
    {
        var policy = CiscoSample.Ios("""
            object-group network servers
             host 10.0.0.1
             10.0.1.0 255.255.255.0
             range 10.0.2.1 10.0.2.9
            object-group network all
             group-object servers
            object-group service web
             tcp eq www
             tcp 443
             udp source eq 53
             icmp echo
            ip access-list extended a
             permit object-group web any object-group all
            """);

        Assert.Equal(Permitted, policy.Tcp("a", "192.0.2.1", "10.0.2.9", 443));
        Assert.Equal(Dropped, policy.Tcp("a", "192.0.2.1", "10.0.2.10", 443));
        Assert.Equal(Dropped, policy.Udp("a", "192.0.2.1", "10.0.2.9", 53));
        Assert.Equal(Permitted, policy.Icmp("a", "192.0.2.1", "10.0.0.1", 8));
        Assert.Empty(policy.NotEvaluable);
    }
}
