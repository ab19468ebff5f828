using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;
using static PortAudit.Audit.Policies.Model.PolicyOutcome;

namespace PortAudit.Tests.Audit.Policies.Cisco;

public sealed class AsaEntryTests
{
    [Theory]
    [InlineData("permit tcp any host 10.0.0.1 eq www", "10.0.0.1", 80, Permitted)]
    [InlineData("permit tcp any host 10.0.0.1 eq www", "10.0.0.1", 81, Dropped)]
    [InlineData("permit tcp any host 10.0.0.1 eq www", "10.0.0.2", 80, Dropped)]
    [InlineData("permit tcp any 10.0.0.0 255.255.255.0 range 79 81", "10.0.0.200", 81, Permitted)]
    [InlineData("permit tcp any 10.0.0.0 255.255.255.0 neq 80", "10.0.0.200", 80, Dropped)]
    [InlineData("permit tcp any 10.0.0.0 255.255.255.0 lt 80", "10.0.0.200", 80, Dropped)]
    [InlineData("permit tcp any 10.0.0.0 255.255.255.0 lt 80", "10.0.0.200", 79, Permitted)]
    [InlineData("permit tcp any 10.0.0.0 255.255.255.0 gt 80", "10.0.0.200", 81, Permitted)]
    [InlineData("permit tcp any eq 50000 any", "10.0.0.200", 81, Permitted)]
    [InlineData("permit tcp any eq 50001 any", "10.0.0.200", 81, Dropped)]
    [InlineData("permit 6 any4 any4", "10.0.0.200", 81, Permitted)]
    [InlineData("permit ip any6 any6", "10.0.0.200", 81, Dropped)]
    [InlineData("permit udp any any", "10.0.0.200", 81, Dropped)]
    [InlineData("permit tcp any any eq sqlnet", "10.0.0.200", 1521, Permitted)]
    [InlineData("permit tcp any any eq citrix-ica", "10.0.0.200", 1494, Permitted)]
    [InlineData("permit tcp any any eq ldaps", "10.0.0.200", 636, Permitted)]
    [InlineData("permit ip any any inactive", "10.0.0.200", 81, Dropped)]
    [InlineData("permit ip any any log warnings interval 600", "10.0.0.200", 81, Permitted)]
    [InlineData("permit ip any any log disable", "10.0.0.200", 81, Permitted)]
    [InlineData("permit ip any any time-range nowhere", "10.0.0.200", 81, Undecided)]
    [InlineData("permit tcp any any eq nonsense", "10.0.0.200", 81, Undecided)]
    [InlineData("permit nonsense any any", "10.0.0.200", 81, Undecided)]
    [InlineData("permit ip any object-group nowhere", "10.0.0.200", 81, Undecided)]
    [InlineData("permit ip user LOCAL\\tom any any", "10.0.0.200", 81, Undecided)]
    [InlineData("permit ip any any nonsense", "10.0.0.200", 81, Undecided)]
    [InlineData("nonsense ip any any", "10.0.0.200", 81, Undecided)]
    [InlineData("permit ip any", "10.0.0.200", 81, Undecided)]
    [InlineData("permit tcp any interface outside", "10.0.0.200", 81, Undecided)]
    public void An_entry_decides(string entry, string destination, ushort port, PolicyOutcome outcome) =>
        Assert.Equal(outcome, CiscoSample.Asa($"access-list a extended {entry}")
            .Tcp("a", "192.0.2.1", destination, port));

    [Fact]
    public void The_first_entry_that_matches_decides()
    {
        var policy = CiscoSample.Asa("""
            access-list a extended deny tcp any host 10.0.0.1 eq 22
            access-list a extended permit tcp any host 10.0.0.1
            """);

        Assert.Equal(Dropped, policy.Tcp("a", "192.0.2.1", "10.0.0.1", 22));
        Assert.Equal(Permitted, policy.Tcp("a", "192.0.2.1", "10.0.0.1", 23));
    }

    [Theory]
    [InlineData("icmp any any echo", 8, 0, Permitted)]
    [InlineData("icmp any any echo", 0, 0, Dropped)]
    [InlineData("icmp any any unreachable", 3, 4, Permitted)]
    [InlineData("icmp any any 3 4", 3, 4, Permitted)]
    [InlineData("icmp any any 3 4", 3, 1, Dropped)]
    [InlineData("icmp any any", 8, 0, Permitted)]
    [InlineData("icmp any any nonsense", 8, 0, Undecided)]
    public void Icmp_types_and_codes_decide(string entry, byte type, byte code, PolicyOutcome outcome) =>
        Assert.Equal(outcome, CiscoSample.Asa($"access-list a extended permit {entry}")
            .Icmp("a", "192.0.2.1", "10.0.0.1", type, code));

    [Fact]
    public void Both_families_stand_in_one_list()
    {
        var policy = CiscoSample.Asa("""
            ASA Version 9.8(2)
            access-list a extended permit tcp any 2001:db8::/32 eq 443
            access-list a extended permit tcp any host 10.0.0.1 eq 443
            """);

        Assert.Equal(Permitted, policy.Tcp("a", "2001:db8:1::1", "2001:db8::1", 443));
        Assert.Equal(Permitted, policy.Tcp("a", "192.0.2.1", "10.0.0.1", 443));
        Assert.Equal(Dropped, policy.Tcp("a", "2001:db8:1::1", "2001:db9::1", 443));
    }

    [Fact]
    public void Before_9_0_a_list_leaves_IPv6_open()
    {
        var policy = CiscoSample.Asa("""
            ASA Version 8.2(5)
            access-list a extended permit tcp any host 10.0.0.1 eq 443
            """);

        Assert.Equal(Undecided, policy.Tcp("a", "2001:db8:1::1", "2001:db8::1", 443));
        Assert.Equal(Dropped, policy.Tcp("a", "192.0.2.1", "10.0.0.2", 443));
        Assert.True(policy.MatchesMappedAddresses);
    }

    [Fact]
    public void Names_stand_for_addresses()
    {
        var policy = CiscoSample.Asa("""
            names
            name 10.0.0.1 server
            name 10.1.0.0 office
            access-list a extended permit tcp office 255.255.0.0 host server eq 443
            """);

        Assert.Equal(Permitted, policy.Tcp("a", "10.1.2.3", "10.0.0.1", 443));
        Assert.Empty(policy.NotEvaluable);
    }

    [Fact]
    public void Interface_stands_for_its_own_address()
    {
        var policy = CiscoSample.Asa("""
            interface GigabitEthernet0/0
             nameif outside
             security-level 0
             ip address 192.0.2.1 255.255.255.0
            access-list a extended permit tcp any interface outside eq https
            """);

        Assert.Equal(Permitted, policy.Tcp("a", "198.51.100.1", "192.0.2.1", 443));
        Assert.Equal(Dropped, policy.Tcp("a", "198.51.100.1", "192.0.2.2", 443));
    }

    [Fact]
    public void A_time_range_leaves_the_entry_open_and_is_understood()
    {
        var policy = CiscoSample.Asa("""
            time-range office
             periodic weekdays 8:00 to 18:00
            access-list a extended permit ip any any time-range office
            """);

        Assert.Equal(Undecided, policy.Tcp("a", "192.0.2.1", "10.0.0.1"));
        Assert.Empty(policy.NotEvaluable);
        Assert.Equal(ConditionKind.Schedule, policy.Lists[0].Rules[0].Conditions[0].Kind);
        Assert.Contains("weekdays", policy.Lists[0].Rules[0].Conditions[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_standard_list_names_destinations()
    {
        var policy = CiscoSample.Asa("access-list a standard permit 10.0.0.0 255.255.255.0");

        Assert.Equal(Permitted, policy.Tcp("a", "192.0.2.1", "10.0.0.1"));
        Assert.Equal(Dropped, policy.Tcp("a", "10.0.0.1", "192.0.2.1"));
    }

    [Fact]
    public void A_remark_becomes_the_comment_of_the_next_entry_and_counts_as_a_line()
    {
        var policy = CiscoSample.Asa("""
            access-list a remark Web server
            access-list a extended permit tcp any any eq 80
            access-list a extended permit tcp any any eq 81
            """);

        Assert.Equal(["a 2", "a 3", "a default"], policy.Lists[0].Rules.Select(rule => rule.Name));
        Assert.Equal(["Web server", null, null], policy.Lists[0].Rules.Select(rule => rule.Comment));
    }

    [Fact]
    public void A_line_number_inserts_an_entry()
    {
        var policy = CiscoSample.Asa("""
            access-list a extended permit tcp any any eq 80
            access-list a extended permit tcp any any eq 81
            access-list a line 1 extended deny tcp any host 10.0.0.1
            """);

        Assert.Equal(["a 1", "a 2", "a 3", "a default"], policy.Lists[0].Rules.Select(rule => rule.Name));
        Assert.Equal(Dropped, policy.Tcp("a", "192.0.2.1", "10.0.0.1", 80));
    }

    [Fact]
    public void Only_TCP_is_open_when_a_port_of_TCP_is_unknown()
    {
        var policy = CiscoSample.Asa("access-list a extended permit tcp any any eq nonsense");

        Assert.Equal(Dropped, policy.Udp("a", "192.0.2.1", "10.0.0.1", 53));
        Assert.Equal("unknown port 'nonsense'", policy.ReasonOf(1));
    }

    [Fact]
    public void The_default_is_implicit_and_matches_everything()
    {
        var policy = CiscoSample.Asa("access-list a extended permit tcp any any eq 80");
        var last = policy.Lists[0].Rules[^1];

        Assert.True(last.IsImplicit);
        Assert.Equal(Certainty.Yes, last.Matches(CiscoSample.Probe("::1", "::2", IpProtocol.Sctp, 1)));
    }
}
