using PortAudit.Audit.Policies.Model;
using static PortAudit.Audit.Policies.Model.PolicyOutcome;

namespace PortAudit.Tests.Audit.Policies.Cisco;

public sealed class AsaBindingTests
{
    private const string Interfaces = """
        ASA Version 9.8(2)
        hostname fw
        interface GigabitEthernet0/0
         nameif outside
         security-level 0
         ip address 192.0.2.1 255.255.255.0
        interface GigabitEthernet0/1
         nameif inside
         ip address 10.0.0.1 255.255.0.0
        interface GigabitEthernet0/2
         nameif dmz
         security-level 50
         ip address 172.16.0.1 255.255.255.0
        interface GigabitEthernet0/3
         nameif dmz2
         security-level 50
         ip address 172.16.1.1 255.255.255.0
        route outside 0.0.0.0 0.0.0.0 192.0.2.254 1
        route inside 10.1.0.0 255.255.0.0 10.0.0.254 1

        """;

    [Fact]
    public void A_list_is_bound_to_its_interface()
    {
        var policy = CiscoSample.Asa(Interfaces + """
            access-list a extended permit tcp any any eq 80
            access-list b extended permit tcp any any eq 80
            access-group a in interface outside
            access-group b out interface inside
            """);
        var (a, b) = (policy.Find("a")!.Bindings, policy.Find("b")!.Bindings);

        Assert.Equal("outside", Assert.Single(Assert.Single(a).From.Names));
        Assert.True(a[0].To.IsAny);
        Assert.Equal("inside", Assert.Single(Assert.Single(b).To.Names));
        Assert.True(b[0].From.IsAny);
    }

    [Fact]
    public void A_list_that_no_line_applies_ends_in_the_implicit_deny()
    {
        var policy = CiscoSample.Asa("access-list a extended permit tcp any any eq 80");

        Assert.Empty(policy.Lists[0].Bindings);
        Assert.Equal(Dropped, policy.Tcp("a", "192.0.2.9", "10.0.0.9", 81));
    }

    [Fact]
    public void Without_a_list_the_security_level_decides()
    {
        var policy = CiscoSample.Asa(Interfaces);

        Assert.Equal(Permitted, policy.Tcp("security level of inside", "10.0.0.9", "192.0.2.9", to: "outside"));
        Assert.Equal(Permitted, policy.Tcp("security level of dmz", "172.16.0.9", "192.0.2.9", to: "outside"));
        Assert.Equal(Dropped, policy.Tcp("security level of dmz", "172.16.0.9", "10.0.0.9", to: "inside"));
        Assert.Equal(Dropped, policy.Tcp("security level of dmz", "172.16.0.9", "172.16.1.9", to: "dmz2"));
        Assert.Equal(Dropped, policy.Tcp("security level of outside", "192.0.2.9", "10.0.0.9", to: "inside"));
        Assert.Equal(Undecided, policy.Tcp("security level of dmz", "172.16.0.9", "10.0.0.9"));
    }

    [Fact]
    public void Same_security_traffic_opens_interfaces_of_one_level()
    {
        var policy = CiscoSample.Asa(Interfaces + "same-security-traffic permit inter-interface");

        Assert.Equal(Permitted, policy.Tcp("security level of dmz", "172.16.0.9", "172.16.1.9", to: "dmz2"));
        Assert.Equal(Dropped, policy.Tcp("security level of dmz", "172.16.0.9", "172.16.0.8", to: "dmz"));
    }

    [Fact]
    public void A_list_does_not_open_interfaces_of_one_level()
    {
        var policy = CiscoSample.Asa(Interfaces + """
            access-list a extended permit ip any any
            access-group a in interface dmz
            """);
        var closed = policy.Find("same-security-traffic dmz");

        Assert.NotNull(closed);
        Assert.Equal("dmz2 dmz", string.Join(' ', closed.Bindings[0].To.Names));
        Assert.Equal(Dropped, policy.Tcp(closed.Name, "172.16.0.9", "172.16.1.9", to: "dmz2"));
        Assert.Null(policy.Find("security level of dmz"));
    }

    [Fact]
    public void The_global_list_follows_the_list_of_the_interface()
    {
        var policy = CiscoSample.Asa(Interfaces + """
            access-list a extended permit tcp any any eq 80
            access-list g extended permit tcp any any eq 443
            access-group a in interface outside
            access-group g global
            """);

        Assert.Equal(Permitted, policy.Tcp("a", "192.0.2.9", "10.0.0.9", 80));
        Assert.Equal(Permitted, policy.Tcp("a", "192.0.2.9", "10.0.0.9", 443));
        Assert.Equal(Dropped, policy.Tcp("a", "192.0.2.9", "10.0.0.9", 22));
        var binding = Assert.Single(policy.Find("g")!.Bindings);
        Assert.Equal(Certainty.No, binding.From.Matches("outside"));
        Assert.Equal(Certainty.Yes, binding.From.Matches("inside"));
        Assert.DoesNotContain(policy.Lists, list => list.Name.StartsWith("security", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_of_both_directions_ends_differently_in_each()
    {
        var policy = CiscoSample.Asa(Interfaces + """
            access-list a extended permit tcp any any eq 80
            access-list g extended permit tcp any any eq 443
            access-group a in interface outside
            access-group a out interface inside
            access-group g global
            """);

        Assert.Equal(Permitted, policy.Tcp("a (then global)", "192.0.2.9", "10.0.0.9", 443));
        Assert.Equal(Dropped, policy.Tcp("a (then deny)", "192.0.2.9", "10.0.0.9", 443));
        Assert.Equal(Permitted, policy.Tcp("a (then deny)", "192.0.2.9", "10.0.0.9", 80));
        Assert.Empty(policy.Find("a")!.Bindings);
    }

    [Fact]
    public void A_control_plane_list_is_about_the_device_itself_and_has_no_implicit_deny()
    {
        var policy = CiscoSample.Asa(Interfaces + """
            access-list c extended deny udp any any eq 500
            access-list c extended permit udp host 192.0.2.9 any eq 161
            access-group c in interface outside control-plane
            """);

        Assert.Equal(PolicyHook.Input, Assert.Single(policy.Find("c")!.Bindings).Hook);
        Assert.Equal(Dropped, policy.Udp("c", "192.0.2.9", "192.0.2.1", 500));
        Assert.Equal(Permitted, policy.Udp("c", "192.0.2.9", "192.0.2.1", 161));
        Assert.Equal(Undecided, policy.Udp("c", "192.0.2.8", "192.0.2.1", 161));
    }

    [Fact]
    public void Zones_have_the_networks_of_addresses_and_routes_and_the_longest_prefix_decides()
    {
        var zones = CiscoSample.Asa(Interfaces).Zones.ToDictionary(zone => zone.Name, zone => zone.Networks);

        Assert.True(zones["inside"].Contains(AddressSet.Number(CiscoSample.Address("10.1.2.3"))));
        Assert.True(zones["outside"].Contains(AddressSet.Number(CiscoSample.Address("8.8.8.8"))));
        Assert.False(zones["outside"].Contains(AddressSet.Number(CiscoSample.Address("10.1.2.3"))));
        Assert.False(zones["outside"].Contains(AddressSet.Number(CiscoSample.Address("2001:db8::1"))));
    }

    [Fact]
    public void A_list_that_is_not_in_the_file_is_open()
    {
        var policy = CiscoSample.Asa(Interfaces + "access-group nowhere in interface outside");

        Assert.Equal(Undecided, policy.Tcp("nowhere", "192.0.2.9", "10.0.0.9"));
        Assert.Equal("the list 'nowhere' is not in the file", policy.NotEvaluable[^1].Reason);
    }

    [Fact]
    public void What_arrives_in_a_tunnel_is_open()
    {
        var policy = CiscoSample.Asa(Interfaces + """
            access-list vpn extended permit ip 10.0.0.0 255.255.0.0 172.30.0.0 255.255.0.0
            access-list a extended permit tcp any any eq 80
            access-group a in interface outside
            crypto map m 1 match address vpn
            crypto map m interface outside
            """);

        Assert.Equal(Undecided, policy.Tcp("a", "172.30.0.1", "10.0.0.9", 22));
        Assert.Equal(Dropped, policy.Tcp("a", "192.0.2.9", "10.0.0.9", 22));
        Assert.Equal(Permitted, policy.Tcp("a", "172.30.0.1", "10.0.0.9", 80));
    }

    [Fact]
    public void Nothing_passes_through_a_management_interface()
    {
        var policy = CiscoSample.Asa("""
            interface Management0/0
             nameif mgmt
             security-level 100
             management-only
            """);

        Assert.Equal(Dropped, policy.Tcp("management-only mgmt", "192.0.2.9", "10.0.0.9"));
        Assert.Equal(2, policy.Find("management-only mgmt")!.Bindings.Length);
    }
}
