using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.Policies.FortiOs.FortiOsFile;

namespace PortAudit.Tests.Audit.Policies.FortiOs;

public class FortiOsDeviceTests
{
    private const string VirtualIps = """
        config firewall vip
          edit "whole"
            set extip 198.51.100.1
            set mappedip "10.0.0.1"
            set extintf "any"
          next
          edit "web"
            set extip 198.51.100.2
            set mappedip "10.0.0.2"
            set portforward enable
            set extport 8080
            set mappedport 80
          next
        end

        """;

    [Fact]
    public void A_virtual_IP_is_reached_by_its_external_address()
    {
        var policy = Read(VirtualIps + Accept("dstaddr \"whole\"", "service \"HTTP\""));
        Assert.True(policy.MatchesMappedAddresses);
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("198.51.100.1", IpProtocol.Tcp, 80));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("10.0.0.1", IpProtocol.Tcp, 80));
    }

    [Fact]
    public void A_policy_names_the_mapped_port_and_clients_use_the_external_one()
    {
        var policy = Read(VirtualIps + Accept("dstaddr \"web\"", "service \"HTTP\""));
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("198.51.100.2", IpProtocol.Tcp, 8080));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("198.51.100.2", IpProtocol.Tcp, 80));
    }

    [Fact]
    public void A_denial_of_everything_may_not_stop_virtual_IPs()
    {
        var text = VirtualIps + Accept("action deny") + """
            config firewall policy
            edit 2
            set srcintf "any"
            set dstintf "any"
            set srcaddr "all"
            set dstaddr "whole"
            set service "ALL"
            set action accept
            next
            end
            """;
        Assert.Equal(PolicyOutcome.Undecided, Read(text).Outcome("198.51.100.1", IpProtocol.Tcp, 80));
        Assert.Equal(PolicyOutcome.Dropped, Read(text).Outcome("192.0.2.1", IpProtocol.Tcp, 80));
        Assert.Equal(PolicyOutcome.Dropped, Read(text.Replace("set action deny",
            "set action deny\nset match-vip enable", StringComparison.Ordinal)).Outcome("198.51.100.1",
            IpProtocol.Tcp, 80));
    }

    [Fact]
    public void Virtual_IPs_and_translated_sources_are_translations()
    {
        var policy = Read(VirtualIps + "config firewall ippool\nedit \"p\"\nset startip 198.51.100.9\n"
            + "set endip 198.51.100.10\nnext\nend\n" + Accept("nat enable", "ippool enable", "poolname \"p\""));
        Assert.Equal([true, true, false], policy.Translations.Select(translation => translation.IsStatic));
        Assert.Equal("10.0.0.1", AddressSet.Text(policy.Translations[0].Real!));
        Assert.Equal("198.51.100.9-198.51.100.10", AddressSet.Text(policy.Translations[2].Mapped!));
    }

    [Fact]
    public void With_central_NAT_policies_name_real_addresses()
    {
        Assert.False(Read("config system settings\nset central-nat enable\nend\n" + Accept()).MatchesMappedAddresses);
    }

    [Fact]
    public void Interfaces_of_a_zone_lend_it_their_networks_and_routes()
    {
        var policy = Read("""
            config system interface
            edit "port1"
            set ip 10.1.0.1 255.255.0.0
            next
            edit "port2"
            set ip 198.51.100.1 255.255.255.0
            next
            end
            config system zone
            edit "lan"
            set interface "port1"
            next
            end
            config router static
            edit 1
            set gateway 198.51.100.254
            set device "port2"
            next
            edit 2
            set dst 10.2.0.0 255.255.0.0
            set device "port1"
            next
            end
            """);
        Assert.Equal("10.1.0.0-10.2.255.255",
            AddressSet.Text(policy.Zones.Single(zone => zone.Name == "lan").Networks));
        Assert.Equal("0.0.0.0-10.0.255.255, 10.3.0.0-255.255.255.255",
            AddressSet.Text(policy.Zones.Single(zone => zone.Name == "port2").Networks));
    }

    [Fact]
    public void A_zone_may_let_its_interfaces_reach_each_other()
    {
        var policy = Read("config system zone\nedit \"lan\"\nset intrazone allow\n"
            + "set interface \"port1\" \"port2\"\nnext\nend\n");
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 1, from: "lan", to: "lan"));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 1, from: "lan", to: "wan"));
    }

    [Fact]
    public void Virtual_domains_have_lists_of_their_own()
    {
        var policy = Read($"config vdom\nedit root\nnext\nedit dmz\nnext\nend\nconfig vdom\nedit root\n{Accept()}end\n"
            + $"config vdom\nedit dmz\n{Accept("srcintf \"port3\"")}end\n");
        Assert.Equal(["root/firewall policy", "dmz/firewall policy"], policy.Lists.Select(list => list.Name));
        Assert.Equal("dmz/port3", Assert.Single(policy.Lists[1].Rules[0].From.Names));
    }

    [Fact]
    public void What_local_in_policies_leave_depends_on_the_services_of_the_device()
    {
        var policy = Read("""
            config firewall local-in-policy
            edit 1
            set intf "wan"
            set srcaddr "all"
            set dstaddr "all"
            set service "HTTPS"
            set schedule "always"
            next
            end
            """);
        Assert.Equal(PolicyHook.Input, policy.Lists[1].Bindings[0].Hook);
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 443, from: "wan", list: 1));
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 22, from: "wan", list: 1));
    }

    [Fact]
    public void With_policies_by_application_the_security_policies_decide()
    {
        var policy = Read("config system settings\nset ngfw-mode policy-based\nend\n" + Accept()
            + Accept("action deny").Replace("firewall policy", "firewall security-policy", StringComparison.Ordinal));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 1));
        Assert.Contains(policy.NotEvaluable, line => line.Reason.Contains("inspected", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_of_policies_that_is_not_evaluated_leaves_open_what_passes()
    {
        var policy = Read("config firewall consolidated policy\nedit 1\nset action accept\nnext\nend\n");
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("192.0.2.1", IpProtocol.Tcp, 1));
    }

    [Fact]
    public void Policies_of_multicast_and_of_the_proxy_are_not_evaluable()
    {
        var policy = Read("config firewall proxy-policy\nedit 1\nnext\nend\n"
            + "config firewall multicast-policy\nedit 1\nnext\nend\n");
        Assert.Equal(8, policy.NotEvaluable.Length);
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("239.1.1.1", IpProtocol.Udp, 1));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("192.0.2.1", IpProtocol.Udp, 1));
    }
}
