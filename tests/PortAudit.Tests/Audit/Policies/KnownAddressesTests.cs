using System.Text;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Policies;

/// <summary>Addresses of names that a configuration uses and does not define.</summary>
public sealed class KnownAddressesTests
{
    private const string Asa = """
        object network web
         fqdn v4 www.example.com
        access-list out extended permit tcp any object web eq 443
        access-group out in interface inside

        """;

    private const string AsaGroup = """
        access-list out extended permit tcp any object-group web eq 443
        access-group out in interface inside

        """;

    private const string Ios = """
        ip access-list extended out
         permit tcp any object-group web eq 443
        interface GigabitEthernet0/0
         ip access-group out in

        """;

    private const string PanOs = "set address web fqdn www.example.com\n";

    private const string PanOsRule = "set rulebase security rules r1 from any to any source any destination web "
        + "service any application any action allow\n";

    private const string FortiOs = """
        config firewall address
          edit "web"
            set type fqdn
            set fqdn "www.example.com"
          next
        end
        config firewall policy
          edit 1
            set srcintf "any"
            set dstintf "any"
            set srcaddr "all"
            set dstaddr "web"
            set service "ALL"
            set schedule "always"
            set action accept
          next
        end

        """;

    [Theory]
    [InlineData(Asa, "WWW.example.com")]
    [InlineData(AsaGroup, "web")]
    [InlineData(Ios, "web")]
    [InlineData(PanOs + PanOsRule, "www.example.com")]
    [InlineData(PanOsRule, "web")]
    [InlineData(FortiOs, "www.example.com")]
    [InlineData(FortiOs, "web")]
    public void A_rule_that_names_it_is_no_longer_open(string configuration, string name)
    {
        var open = Destination(configuration, KnownAddresses.None);
        var known = new KnownAddresses(
        [
            KeyValuePair.Create(name, AddressSet.Of(AddressOf("192.0.2.1"))),
            KeyValuePair.Create("other", AddressSet.Of(AddressOf("192.0.2.2"))),
        ]);
        var closed = Destination(configuration, known);

        Assert.Equal((true, false), (open.IsOpen, closed.IsOpen));
        Assert.Equal(AddressSet.Of(AddressOf("192.0.2.1")), closed.Set);
        Assert.Equal(["other"], known.Unused);
    }

    private static AddressMatch Destination(string configuration, KnownAddresses known)
    {
        var text = ConfigurationText.Of("sample", Encoding.UTF8.GetBytes(configuration)).With(known);
        var policy = PolicyFormat.All.First(row => row.Recognises(text)).Read(text);
        return policy.Lists.SelectMany(list => list.Rules)
            .First(rule => rule is { Action: PolicyAction.Permit, IsImplicit: false }).Destination;
    }
}
