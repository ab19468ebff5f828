using PortAudit.Audit.Policies.Model;
using static PortAudit.Audit.Policies.Model.PolicyOutcome;

namespace PortAudit.Tests.Audit.Policies.Cisco;

public sealed class IosBindingTests
{
    [Fact]
    public void A_list_at_the_entry_also_decides_what_is_meant_for_the_router()
    {
        var policy = CiscoSample.Ios("""
            interface GigabitEthernet0/0
             ip address 192.0.2.1 255.255.255.0
             ip access-group a in
             ip access-group b out
            ip access-list extended a
             permit ip any any
            ip access-list extended b
             permit ip any any
            """);

        Assert.Equal([PolicyHook.Forward, PolicyHook.Input],
            policy.Find("a")!.Bindings.Select(entry => entry.Hook));
        var binding = Assert.Single(policy.Find("b")!.Bindings);
        Assert.Equal((PolicyHook.Forward, "GigabitEthernet0/0"), (binding.Hook, binding.To.Names[0]));
        Assert.False(policy.IsStateful);
    }

    [Fact]
    public void A_list_without_entries_filters_nothing() => Assert.Equal(Permitted,
        CiscoSample.Ios("ip access-list extended a\nip access-list extended b\n permit ip any any\n")
            .Tcp("a", "192.0.2.1", "10.0.0.1"));

    [Fact]
    public void A_list_that_is_not_in_the_file_is_open()
    {
        var policy = CiscoSample.Ios("interface Ethernet1\n ip access-group nowhere in\n");

        Assert.Equal(Undecided, policy.Tcp("nowhere", "192.0.2.1", "10.0.0.1"));
        Assert.Equal("the list is not in the file", policy.ReasonOf(2));
    }

    [Fact]
    public void Inspection_leaves_replies_open()
    {
        var policy = CiscoSample.Ios("""
            ip inspect name fw tcp
            interface Ethernet1
             ip access-group a in
             ip inspect fw out
            ip access-list extended a
             deny ip any any
            """);

        Assert.Equal(Undecided, policy.Tcp("a", "192.0.2.1", "10.0.0.1", 80, ConnectionStates.Established));
        Assert.Equal(Dropped, policy.Tcp("a", "192.0.2.1", "10.0.0.1"));
    }

    [Fact]
    public void A_zone_based_firewall_is_named_and_leaves_its_interfaces_open()
    {
        var policy = CiscoSample.Ios("""
            zone security inside
            interface Ethernet1
             zone-member security inside
            """);

        Assert.Equal(Undecided, policy.Tcp("zone firewall of Ethernet1", "192.0.2.1", "10.0.0.1"));
        Assert.Equal(2, policy.NotEvaluable.Length);
    }

    [Fact]
    public void Routes_follow_the_next_hop()
    {
        var zones = CiscoSample.Ios("""
            interface Ethernet1
             ip address 192.0.2.1 255.255.255.0
            interface Ethernet2
             ip address 10.0.0.1 255.255.255.0
            ip route 0.0.0.0 0.0.0.0 192.0.2.254
            ip route 10.1.0.0 255.255.0.0 Ethernet2 10.0.0.254
            """).Zones;

        Assert.True(zones[0].Networks.Contains(AddressSet.Number(CiscoSample.Address("8.8.8.8"))));
        Assert.True(zones[1].Networks.Contains(AddressSet.Number(CiscoSample.Address("10.1.0.8"))));
        Assert.False(zones[0].Networks.Contains(AddressSet.Number(CiscoSample.Address("10.1.0.8"))));
    }

    [Fact]
    public void Static_translations_are_read()
    {
        var policy = CiscoSample.Ios("""
            ip nat inside source static 10.0.0.5 192.0.2.5
            ip nat inside source static tcp 10.0.0.6 80 192.0.2.6 8080
            ip nat inside source static network 10.0.1.0 192.0.3.0 /24
            """);

        Assert.Equal(["192.0.2.5", "192.0.2.6", "192.0.3.0/24"],
            policy.Translations.Select(entry => AddressSet.Text(entry.Mapped!)));
        Assert.Equal([false, true, false], policy.Translations.Select(entry => entry.ChangesPorts));
        Assert.True(policy.MatchesMappedAddresses);
    }

    [Fact]
    public void Lists_of_other_products_are_open_and_named()
    {
        var policy = CiscoSample.Ios("ip access-list nexus\n 10 permit tcp any any eq 80\n");

        Assert.Equal(Undecided, policy.Tcp("nexus", "192.0.2.1", "10.0.0.1"));
        Assert.All(policy.NotEvaluable, entry => Assert.Contains("NX-OS", entry.Reason, StringComparison.Ordinal));
    }
}
