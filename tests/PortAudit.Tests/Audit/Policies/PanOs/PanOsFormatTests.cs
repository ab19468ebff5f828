using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit.Policies.PanOs;

public class PanOsFormatTests
{
    private const string Xml = """
        <?xml version="1.0"?>
        <!-- saved by hand -->
        <config version="11.0.0" urldb="paloaltonetworks">
          <shared>
            <address><entry name="dns1"><ip-netmask>192.0.2.53</ip-netmask></entry></address>
          </shared>
          <devices>
            <entry name="localhost.localdomain">
              <deviceconfig><system><hostname>edge</hostname></system></deviceconfig>
              <network>
                <interface>
                  <ethernet>
                    <entry name="ethernet1/1"><layer3><ip><entry name="10.0.0.1/8"/></ip></layer3></entry>
                    <entry name="ethernet1/2"><layer3><units>
                      <entry name="ethernet1/2.7"><ip><entry name="198.51.100.1/24"/></ip></entry>
                    </units></layer3></entry>
                  </ethernet>
                </interface>
                <virtual-router>
                  <entry name="default">
                    <interface><member>ethernet1/1</member><member>ethernet1/2.7</member></interface>
                    <routing-table><ip><static-route>
                      <entry name="out">
                        <destination>0.0.0.0/0</destination>
                        <nexthop><ip-address>198.51.100.254</ip-address></nexthop>
                      </entry>
                    </static-route></ip></routing-table>
                  </entry>
                </virtual-router>
              </network>
              <vsys>
                <entry name="vsys1">
                  <zone>
                    <entry name="trust"><network><layer3><member>ethernet1/1</member></layer3></network></entry>
                    <entry name="untrust"><network><layer3><member>ethernet1/2.7</member></layer3></network></entry>
                  </zone>
                  <address>
                    <entry name="clients"><ip-range>10.1.0.1-10.1.0.200</ip-range></entry>
                    <entry name="web"><ip-netmask>198.51.100.80/32</ip-netmask></entry>
                    <entry name="web-inside"><ip-netmask>10.2.0.80</ip-netmask></entry>
                  </address>
                  <address-group>
                    <entry name="inside"><static><member>clients</member><member>web-inside</member></static></entry>
                  </address-group>
                  <service>
                    <entry name="alt-http"><protocol><tcp><port>8000-8001,8888</port></tcp></protocol></entry>
                  </service>
                  <service-group>
                    <entry name="http"><members><member>alt-http</member><member>service-http</member></members></entry>
                  </service-group>
                  <rulebase>
                    <security>
                      <rules>
                        <entry name="out to web">
                          <from><member>trust</member></from>
                          <to><member>untrust</member></to>
                          <source><member>inside</member></source>
                          <destination><member>dns1</member></destination>
                          <negate-destination>yes</negate-destination>
                          <service><member>http</member></service>
                          <application><member>any</member></application>
                          <action>allow</action>
                          <description>all but the resolver</description>
                        </entry>
                        <entry name="names">
                          <from><member>any</member></from>
                          <to><member>any</member></to>
                          <source><member>any</member></source>
                          <destination><member>dns1</member></destination>
                          <service><member>application-default</member></service>
                          <application><member>dns</member><member>ping</member></application>
                          <action>allow</action>
                        </entry>
                        <entry name="old">
                          <from><member>any</member></from>
                          <to><member>any</member></to>
                          <source><member>any</member></source>
                          <destination><member>any</member></destination>
                          <service><member>any</member></service>
                          <application><member>any</member></application>
                          <action>reset-both</action>
                          <disabled>yes</disabled>
                        </entry>
                      </rules>
                    </security>
                    <nat>
                      <rules>
                        <entry name="publish">
                          <from><member>untrust</member></from>
                          <to><member>untrust</member></to>
                          <source><member>any</member></source>
                          <destination><member>web</member></destination>
                          <service>any</service>
                          <destination-translation>
                            <translated-address>web-inside</translated-address>
                          </destination-translation>
                        </entry>
                      </rules>
                    </nat>
                  </rulebase>
                </entry>
              </vsys>
            </entry>
          </devices>
        </config>
        """;

    private const string Commands = """
        # saved by hand
        set deviceconfig system hostname edge
        set shared address dns1 ip-netmask 192.0.2.53
        set network interface ethernet ethernet1/1 layer3 ip 10.0.0.1/8
        set network interface ethernet ethernet1/2 layer3 units ethernet1/2.7 ip 198.51.100.1/24
        set network virtual-router default interface [ ethernet1/1 ethernet1/2.7 ]
        set network virtual-router default routing-table ip static-route out destination 0.0.0.0/0
        set network virtual-router default routing-table ip static-route out nexthop ip-address 198.51.100.254
        set zone trust network layer3 ethernet1/1
        set zone untrust network layer3 ethernet1/2.7
        set address clients ip-range 10.1.0.1-10.1.0.200
        set address web ip-netmask 198.51.100.80/32
        set address web-inside ip-netmask 10.2.0.80
        set address-group inside static [ clients web-inside ]
        set service alt-http protocol tcp port 8000-8001,8888
        set service-group http members [ alt-http service-http ]
        set rulebase security rules "out to web" from trust
        set rulebase security rules "out to web" to untrust
        set rulebase security rules "out to web" source inside
        set rulebase security rules "out to web" destination dns1
        set rulebase security rules "out to web" negate-destination yes
        set rulebase security rules "out to web" service http
        set rulebase security rules "out to web" application any
        set rulebase security rules "out to web" action allow
        set rulebase security rules "out to web" description "all but the resolver"
        set rulebase security rules names from any to any source any destination dns1
        set rulebase security rules names service application-default application [ dns ping ] action allow
        set rulebase security rules old from any to any source any destination any
        set rulebase security rules old service any application any action reset-both disabled yes
        set rulebase nat rules publish from untrust
        set rulebase nat rules publish to untrust
        set rulebase nat rules publish source any
        set rulebase nat rules publish destination web
        set rulebase nat rules publish service any
        set rulebase nat rules publish destination-translation translated-address web-inside
        """;

    [Fact]
    public void Xml_and_set_commands_of_one_configuration_give_the_same_policy()
    {
        Assert.Equal(Told(PanOsFile.Read(Xml)), Told(PanOsFile.Read(Commands)));
    }

    [Fact]
    public void Braces_give_the_same_rules_as_set_commands()
    {
        var braces = PanOsFile.Read("""
            config {
              devices {
                localhost.localdomain {
                  vsys {
                    vsys1 {
                      rulebase {
                        security {
                          rules {
                            "to web" {
                              from any;
                              to [ untrust dmz ];
                              source 10.0.0.0/8;
                              destination any;
                              service service-https;
                              application any;
                              action allow;
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
            """);
        var commands = PanOsFile.Read(PanOsFile.Rule("\"to web\"",
            "to [ untrust dmz ] source 10.0.0.0/8 service service-https action allow"));
        Assert.Equal(Told(commands), Told(braces).Replace("vsys1", "security rules", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Xml)]
    [InlineData(Commands)]
    public void Both_forms_are_recognised(string text)
    {
        Assert.Equal("pan-os", PolicyFormat.All.First(row => row.Recognises(PanOsFile.Text(text))).Name);
    }

    [Theory]
    [InlineData(Xml, "out to web", 54)]
    [InlineData(Commands, "out to web", 17)]
    public void A_rule_has_the_line_of_its_first_mention(string text, string rule, int line)
    {
        Assert.Equal(line, PanOsFile.Read(text).Lists[0].Rules.Single(known => known.Name == rule).Line.Line);
    }

    [Fact]
    public void Packets_meet_the_rules_that_the_file_states()
    {
        var policy = PanOsFile.Read(Xml);
        Assert.Equal(PolicyOutcome.Permitted, policy.Outcome("10.1.0.9", "203.0.113.1", IpProtocol.Tcp, 8888));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("10.1.0.201", "203.0.113.1", IpProtocol.Tcp, 8888));
        Assert.Equal(PolicyOutcome.Dropped, policy.Outcome("10.1.0.9", "192.0.2.53", IpProtocol.Tcp, 8888));
        Assert.Equal(PolicyOutcome.Undecided, policy.Outcome("10.9.0.9", "192.0.2.53", IpProtocol.Udp, 53));
        Assert.Equal(PolicyOutcome.Permitted,
            policy.Outcome("10.9.0.9", "10.8.0.1", IpProtocol.Tcp, 9, "trust", "trust"));
    }

    [Fact]
    public void A_zone_has_the_networks_of_its_interfaces_and_routes_the_longest_prefix_first()
    {
        var zones = PanOsFile.Read(Xml).Zones;
        Assert.Equal("10.0.0.0/8", AddressSet.Text(zones.Single(zone => zone.Name == "trust").Networks));
        Assert.Equal("0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255",
            AddressSet.Text(zones.Single(zone => zone.Name == "untrust").Networks));
    }

    [Fact]
    public void A_destination_translation_of_one_address_is_static()
    {
        var policy = PanOsFile.Read(Xml);
        var translation = Assert.Single(policy.Translations);
        Assert.True(translation.IsStatic && policy.MatchesMappedAddresses);
        Assert.Equal("10.2.0.80", AddressSet.Text(translation.Real!));
        Assert.Equal("198.51.100.80", AddressSet.Text(translation.Mapped!));
    }

    [Fact]
    public void Every_line_is_counted_once()
    {
        var (policy, lines) = (PanOsFile.Read(Commands), Commands.Split('\n').Length);
        Assert.Equal(lines - 1, policy.Lines.Total);
        Assert.Equal(policy.Lines.Total, policy.Lines.Understood + policy.Lines.NotEvaluable + policy.Lines.Other);
        Assert.Equal(policy.NotEvaluable.Length, policy.Lines.NotEvaluable);
    }

    /// <summary>Everything of a policy but lines.</summary>
    private static string Told(Policy policy) => string.Join('\n',
    [
        policy.Name == "fw.conf" ? "" : policy.Name,
        .. policy.Lists.SelectMany(list => list.Rules.Select(rule => string.Join('|', list.Name, rule.Name, rule.Text,
            rule.Action, string.Join(',', rule.From.Names), string.Join(',', rule.To.Names), rule.Zones,
            rule.Source.Set, rule.Source.IsOpen, rule.Destination.Set, rule.Destination.IsOpen,
            string.Join(',', rule.Services.Select(service => string.Join('/', service.Protocols, service.SourcePorts,
                service.DestinationPorts, service.IcmpTypes, service.IsOpen))),
            string.Join(',', rule.Conditions), rule.IsEnabled, rule.IsImplicit, rule.Comment))),
        .. policy.Zones.Select(zone => $"{zone.Name} {zone.Networks}"),
        .. policy.Translations.Select(nat => $"{nat.Text} {nat.Real} {nat.Mapped} {nat.IsStatic}"),
    ]);
}
