using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Roles;
using PortAudit.Audit.Site;
using PortAudit.Audit.Yaml;
using PortAudit.Reports.Roles;
using PortAudit.Tests.Yaml;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Roles;

/// <summary>Which catalogs, segments and rules a proposed site has, with the catalogs that ship.</summary>
public sealed class ProposedSiteTests
{
    private static readonly Lazy<CatalogSet> Shipped = new(() =>
        CatalogLibrary.Load(CatalogLibrary.Ids(null, []), null, new List<Diagnostic>())!);

    /// <summary>Those that know telephones without rules for what they send each other.</summary>
    private static readonly Lazy<CatalogSet> WithoutTelephony = new(() => Shipped.Value with
    {
        Files = [.. Shipped.Value.Files.Where(file => file.Id is not ("cisco-collaboration" or "sip-generic"))],
    });

    [Theory]
    [InlineData("10.7.1.20:51000 udp 10.7.0.5:53", "dns")]
    [InlineData("10.7.1.20:51000 udp 10.7.0.5:123", "ntp")]
    [InlineData("10.7.1.20:51000 tcp 10.7.0.5:80", "http")]
    public void The_newest_catalog_whose_rules_cover_the_traffic_is_proposed(string flow, string protocol)
    {
        var proposals = Propose(Of(flow).Proving(protocol));

        Assert.Equal(["common"], proposals.Catalogs.AsEnumerable());
        Assert.Empty(proposals.Rules);
        Assert.NotEmpty(proposals.Hosts);
    }

    [Fact]
    public void Who_answers_for_the_names_of_others_is_a_wins_server_and_a_node_is_not()
    {
        var flow = Of("10.7.1.20:137 udp 10.7.0.5:137");

        Assert.Equal("10.7.0.5 wins-server:high", Propose(flow.Proving("nbns", "wins")).Hosts.Text());
        Assert.Empty(Propose(flow.Proving("nbns")).Hosts);
    }

    [Fact]
    public void Where_no_rule_covers_it_the_catalog_that_recognised_the_role_is_proposed() => Assert.Equal(
        ["windows-server"],
        Propose(Of("10.7.1.20:51000 tcp 10.7.0.5:42").Proving("winsrepl")).Catalogs.AsEnumerable());

    [Fact]
    public void Without_a_role_one_catalog_is_proposed_and_not_all() =>
        Assert.Equal(["common"], Propose(Of("10.7.1.20:51000 tcp 10.7.0.5:7000")).Catalogs.AsEnumerable());

    [Fact]
    public void A_domain_of_today_is_judged_by_the_catalog_of_today()
    {
        var proposals = Propose(Of("10.7.1.20:51000 tcp 10.7.0.5:88").Proving("kerberos"),
            Of("10.7.1.20:51001 tcp 10.7.0.5:389").Proving("ldap"),
            Of("10.7.1.20:51002 tcp 10.7.0.5:135").Proving("dcerpc", "epm"),
            Of("10.7.1.20:51003 tcp 10.7.0.5:49155").Announced("netlogon"));

        Assert.Equal(["active-directory"], proposals.Catalogs.AsEnumerable());
        Assert.Equal("10.7.0.5 domain-controller:high", proposals.Hosts.Text().Split(" directory")[0]);
    }

    [Fact]
    public void What_a_server_serves_is_its_first_role_and_that_it_is_a_client_too_comes_later()
    {
        var proposals = Propose(Of("10.7.1.20:51000 tcp 10.7.0.5:49160").Proving("dcerpc", "mapi"),
            Of("10.7.0.5:51000 tcp 10.7.0.9:88").Proving("kerberos"));

        Assert.Equal("exchange-server domain-client", string.Join(' ',
            proposals.Hosts.Single(host => host.Address == AddressOf("10.7.0.5")).Roles.Select(role => role.Role)));
    }

    [Fact]
    public void What_only_an_older_catalog_covers_brings_that_catalog_along()
    {
        var proposals = Propose(Of("10.7.1.20:51000 tcp 10.7.0.5:88").Proving("kerberos"),
            Of("10.7.1.20:51001 tcp 10.7.0.5:389").Proving("ldap"),
            Of("10.7.1.20:51003 tcp 10.7.0.5:1026").Announced("netlogon"));

        Assert.Equal(["active-directory", "windows-server"], proposals.Catalogs.AsEnumerable());
    }

    [Theory]
    [InlineData("10.7.1.20:51000 tcp 9.9.9.9:443", "tls", "internet-client")]
    [InlineData("10.7.1.20:51000 udp 9.9.9.9:443", "quic", "internet-client")]
    [InlineData("10.7.1.20:51000 udp 9.9.9.9:123", "ntp", "internet-client")]
    [InlineData("10.7.1.20:51000 tcp 10.7.0.5:443", "tls", "")]
    public void Who_asks_the_Internet_is_its_client(string flow, string protocol, string expected)
    {
        var proposals = Propose(Of(flow).Proving(protocol));

        Assert.Equal(expected, string.Join(' ', proposals.Networks.SelectMany(network => network.Clients)
            .SelectMany(client => client.Roles).Select(role => role.Role)));
        Assert.Equal([expected.Length > 0 ? "internet-access" : "common"], proposals.Catalogs.AsEnumerable());
    }

    [Theory]
    [InlineData("10.7.1.20:51000 udp 10.7.0.5:161", "snmp", "seen.unknown-internal.snmp-agent.snmp.udp udp 161")]
    [InlineData("10.7.1.20:51000 tcp 10.7.0.5:42", "winsrepl", "seen.unknown-internal.wins-server.winsrepl.tcp tcp 42")]
    public void A_service_that_made_a_role_and_that_no_rule_covers_becomes_a_rule(string flow, string protocol,
        string expected)
    {
        var proposals = Propose(Of(flow).Proving(protocol));

        Assert.Equal([expected], proposals.Rules.Select(rule => string.Create(CultureInfo.InvariantCulture,
            $"{rule.Id} {rule.Transport} {string.Join(',', rule.Ports)}")));
        Assert.Equal(protocol, Assert.Single(Read(proposals).Rules).Protocols[0]);
    }

    [Fact]
    public void Calls_that_a_proposed_rule_covers_bring_rules_for_the_media_that_they_announce()
    {
        var proposals = Propose(WithoutTelephony.Value, Of("10.7.1.20:51000 tcp 10.7.0.5:2000").Proving("skinny"));
        var read = Read(proposals, WithoutTelephony.Value).Rules;

        Assert.Equal(["seen.cisco-ucm.ip-phone.media.by-skinny", "seen.ip-phone.cisco-ucm.media.by-skinny",
            "seen.ip-phone.cisco-ucm.skinny.tcp"], read.Select(rule => rule.Id).Order(StringComparer.Ordinal));
        Assert.All(read.Where(rule => !rule.AnnouncedBy.IsEmpty), rule => Assert.Equal("rtp rtcp by skinny",
            $"{string.Join(' ', rule.Protocols)} by {string.Join(' ', rule.AnnouncedBy)}"));
    }

    [Fact]
    public void Media_that_calls_announce_bring_rules_between_whoever_sends_them()
    {
        var proposals = Propose(WithoutTelephony.Value,
            Of("10.7.1.20:51000 tcp 10.7.0.5:2000").Proving("skinny"),
            Of("10.7.1.21:51000 tcp 10.7.0.5:2000").Proving("skinny"),
            MediaBy("skinny", "10.7.1.20:32144 udp 10.7.1.21:17718"),
            MediaBy("skinny", "10.7.1.20:32150 udp 10.7.0.24:9395"));
        var read = Read(proposals, WithoutTelephony.Value).Rules.Where(rule => !rule.AnnouncedBy.IsEmpty).ToList();

        Assert.Equal(["cisco-ucm ip-phone", "ip-phone cisco-ucm", "ip-phone ip-phone", "ip-phone unknown-internal",
            "unknown-internal ip-phone"],
            read.Select(rule => $"{rule.From[0]} {rule.To[0]}").Order(StringComparer.Ordinal));
        Assert.All(read, rule => Assert.Equal("skinny", Assert.Single(rule.AnnouncedBy)));
    }

    [Theory]
    [InlineData("sip")]
    [InlineData("mgcp")]
    [InlineData("megaco")]
    [InlineData("h225")]
    [InlineData("h245")]
    [InlineData("rtsp")]
    public void Every_protocol_that_announces_media_brings_rules_for_them(string control)
    {
        var proposals = Propose(WithoutTelephony.Value,
            Of("10.7.1.20:51000 tcp 10.7.0.5:2000").Proving("skinny"),
            Of("10.7.1.21:51000 tcp 10.7.0.5:2000").Proving("skinny"),
            MediaBy(control, "10.7.1.20:32144 udp 10.7.1.21:17718"));

        Assert.Contains($"seen.ip-phone.ip-phone.media.by-{control}",
            Read(proposals, WithoutTelephony.Value).Rules.Select(rule => rule.Id));
    }

    [Theory]
    [InlineData("skinny", "")]
    [InlineData("sip", "")]
    [InlineData("rtsp", "seen.ip-phone.ip-phone.media.by-rtsp")]
    public void Media_that_a_rule_of_the_catalog_covers_bring_none(string control, string expected)
    {
        var proposals = Propose(
            Of("10.7.1.20:51000 tcp 10.7.0.5:2000").Proving("skinny"),
            Of("10.7.1.21:51000 tcp 10.7.0.5:2000").Proving("skinny"),
            MediaBy(control, "10.7.1.20:32144 udp 10.7.1.21:17718"));

        Assert.Equal(["cisco-collaboration"], proposals.Catalogs.AsEnumerable());
        Assert.Equal(expected, string.Join(' ', Read(proposals).Rules.Select(rule => rule.Id)));
    }

    [Theory]
    [InlineData("5060 udp 10.7.0.5:5060", "sip", "sip-generic")]
    [InlineData("2427 udp 10.7.0.5:2427", "mgcp", "sip-generic")]
    [InlineData("51000 tcp 10.7.0.5:5061", "tls", "common")]
    [InlineData("5068 tcp 10.7.0.5:5068", "sip", "lync-server-2013")]
    public void Calls_are_judged_by_the_catalog_of_their_telephony(string flow, string protocol, string expected) =>
        Assert.Contains(expected, Propose(Of($"10.7.1.20:{flow}").Proving(protocol)).Catalogs);

    [Fact]
    public void Media_that_the_internet_sends_bring_no_rule()
    {
        var proposals = Propose(
            Of("10.7.1.20:51000 tcp 10.7.0.5:2000").Proving("skinny"),
            Of("10.7.1.21:51000 tcp 10.7.0.5:2000").Proving("skinny"),
            MediaBy("sip", "9.9.9.9:32144 udp 10.7.1.21:17718"));

        Assert.DoesNotContain(Read(proposals).Rules, rule => rule.Id.EndsWith("by-sip", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_inside_asks_of_the_internet_becomes_no_rule() =>
        Assert.Empty(Propose(Of("10.7.1.20:5060 udp 9.9.9.9:5060").Proving("sip"),
            Of("10.7.1.20:5060 udp 9.9.9.8:5060").Proving("sip")).Rules);

    [Fact]
    public void What_the_internet_asks_of_the_inside_becomes_no_rule() =>
        Assert.Empty(Propose(Of("9.9.9.9:51000 udp 10.7.0.5:161").Proving("snmp")).Rules);

    [Fact]
    public void What_can_control_a_host_becomes_no_rule()
    {
        var proposals = Propose(Of("10.7.1.20:51000 tcp 10.7.0.5:49700").Proving("dcerpc", "drsuapi"));

        Assert.Equal("domain-controller", Assert.Single(Assert.Single(proposals.Hosts).Roles).Role);
        Assert.Empty(proposals.Rules);
    }

    [Fact]
    public void Servers_with_public_addresses_are_the_internet_s_and_are_listed_as_such()
    {
        var proposals = Propose(Of("9.9.9.9:51000 udp 8.8.4.4:53").Proving("dns"));

        Assert.Empty(proposals.Hosts);
        Assert.Equal("8.8.4.4 dns-server:medium", proposals.Others.Text());
        Assert.Contains("a capture does not show whose they are", proposals.WhyEmpty, StringComparison.Ordinal);
        Assert.Empty(Read(proposals).Hosts);
    }

    [Fact]
    public void Hosts_of_one_prefix_are_in_one_segment()
    {
        var proposals = Propose(
            Of("9.9.9.9:51000 tcp 10.7.0.5:80").Proving("http"), Of("10.7.1.20:51000 udp 10.7.0.6:53").Proving("dns"),
            Of("10.7.1.20:51001 udp 10.7.0.7:53").Proving("dns"), Of("9.9.9.9:51000 tcp 10.9.0.5:80").Proving("http"));

        Assert.Equal(["10.7.0.0/24", "10.7.1.0/24"], proposals.InternalPrefixes.Select(prefix => prefix.ToString()));
        Assert.Equal(["10.9.0.0/24"], proposals.PerimeterPrefixes.Select(prefix => prefix.ToString()));
    }

    [Fact]
    public void A_VLAN_in_which_hosts_send_to_all_is_a_segment()
    {
        var proposals = Propose(
            Of("10.7.0.5:137 udp 255.255.255.255:137").Proving("nbns") with { Vlan = VlanTags.None.Push(10) },
            Of("10.7.1.5:137 udp 224.0.0.252:5355").Proving("llmnr") with { Vlan = VlanTags.None.Push(10) },
            Of("10.7.2.5:137 udp 255.255.255.255:137").Proving("nbns") with { Vlan = VlanTags.None.Push(20).Push(7) },
            Of("10.7.3.5:137 udp 255.255.255.255:137").Proving("nbns") with { Vlan = VlanTags.None.Push(30) },
            Of("10.7.3.6:137 udp 255.255.255.255:137").Proving("nbns") with { Vlan = VlanTags.None.Push(31) },
            Of("10.7.0.5:51000 tcp 10.7.4.5:80").Proving("http") with { Vlan = VlanTags.None.Push(10) },
            Of("10.7.4.5:51000 tcp 10.7.1.5:80").Proving("http") with { Vlan = VlanTags.None.Push(40) },
            Of("10.7.4.5:51000 tcp 10.7.3.5:80").Proving("http") with { Vlan = VlanTags.None.Push(40) },
            Of("9.9.9.9:51000 tcp 10.7.2.5:80").Proving("http"));

        Assert.Equal(["10: 10.7.0.0/24 10.7.1.0/24", "20.7: 10.7.2.0/24"],
            proposals.Vlans.Select(vlan => $"{vlan.Vlan}: {string.Join(' ', vlan.Prefixes)}"));
        var yaml = Text(proposals);
        Assert.Contains("#   vlan-10: [10.7.0.0/24, 10.7.1.0/24]\n", yaml, StringComparison.Ordinal);
        Assert.Contains("#   vlan-20-7: [10.7.2.0/24]\n", yaml, StringComparison.Ordinal);
        Assert.Contains("#   internal: [10.7.3.0/24, 10.7.4.0/24]\n", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("perimeter", yaml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("teams.microsoft.com", "teams-client", "teams")]
    [InlineData("emea.ng.msg.teams.microsoft.com", "teams-client", "teams")]
    [InlineData("teams.cloud.microsoft", "teams-client", "teams")]
    [InlineData("notteams.microsoft.com", "lync-client", "lync-server-2013")]
    [InlineData(null, "lync-client", "lync-server-2013")]
    public void Who_uses_a_relay_of_Microsoft_is_told_by_the_server_that_it_names(string? name, string role,
        string catalog)
    {
        var proposals = Propose(
            Of("10.7.1.20:50016 udp 9.9.9.9:3478").Proving("msturn"),
            Of("10.7.1.20:50018 tcp 9.9.9.8:443").Proving("tls") with
            {
                Tls = new TlsHandshake
                {
                    Version = 0x0303,
                    SawServerHello = true,
                    ClientCertificate = ClientCertificate.Unknown,
                    ServerName = name,
                },
            });

        Assert.Contains(role, Assert.Single(proposals.Networks).Roles.Select(found => found.Role));
        Assert.Contains(catalog, proposals.Catalogs);
        Assert.Single(proposals.Catalogs.Intersect(["teams", "lync-server-2013", "skype-for-business"]));
    }

    [Fact]
    public void Prefixes_on_a_link_and_behind_its_router_are_different_segments()
    {
        var proposals = Propose(Flows("10.7.0.5", "10.7.1.5", "10.7.2.5", "10.7.3.5", "10.7.4.5"),
            Seen("10.7.0.5", Host, 0, 1), Seen("10.7.1.5", Other, 0, 2), Seen("10.7.1.1", Router, 0, 3),
            Seen("10.7.2.5", Router, 1, 4), Seen("10.7.3.5", Router, 2, 5), Seen("10.7.3.6", Router + 8, 1, 6));

        Assert.Equal(
            ["near 10.7.0.0/24", "near 10.7.1.0/24", $"{new LinkAddress(Router)} 10.7.2.0/24"],
            proposals.Sides.Select(side => $"{side.Router?.ToString() ?? "near"} {side.Prefix}"));
        var yaml = Text(proposals);
        Assert.Contains("#   near: [10.7.0.0/24, 10.7.1.0/24]\n", yaml, StringComparison.Ordinal);
        Assert.Contains("#   behind-02-00-00-00-00-01: [10.7.2.0/24]\n", yaml, StringComparison.Ordinal);
        Assert.Contains("10.7.2.0/24 is behind the router 02:00:00:00:00:01 at eth0: hop limits are lowered, first ",
            yaml, StringComparison.Ordinal);
        Assert.Contains("#   internal: [10.7.3.0/24, 10.7.4.0/24, 10.7.9.0/24]\n", yaml, StringComparison.Ordinal);
    }

    /// <summary>A prefix is in one segment, whatever other links show of it.</summary>
    [Fact]
    public void Links_on_both_sides_of_a_router_tell_two_segments()
    {
        var proposals = Propose(Flows("10.7.0.5", "10.7.2.5"),
            Seen("10.7.0.5", Host, 0, 1, "inside"), Seen("10.7.2.5", Router, 1, 2, "inside"),
            Seen("10.7.2.5", Other, 0, 3, "outside"), Seen("10.7.0.5", Router + 8, 1, 4, "outside"));

        Assert.Equal(["near 10.7.0.0/24", "near-2 10.7.2.0/24"], proposals.SideSegments.Select(segment =>
            $"{EvidenceWords.NameOf(segment, proposals.SideSegments)} {string.Join(' ', segment.Prefixes)}"));
    }

    [Fact]
    public void Without_a_link_that_shows_both_sides_there_are_no_segments_by_side()
    {
        var proposals = Propose(Flows("10.7.0.5", "10.7.2.5"),
            Seen("10.7.0.5", Host, 0, 1, "inside"), Seen("10.7.2.5", Router, 1, 2, "outside"));

        Assert.Equal(2, proposals.Sides.Length);
        Assert.Empty(proposals.SideSegments);
        Assert.Contains("#   internal: [10.7.0.0/24, 10.7.2.0/24, 10.7.9.0/24]\n", Text(proposals),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Who_only_accepts_connections_is_said_to_answer_and_has_no_role()
    {
        var accepted = Of("10.7.1.20:51000 tcp 10.7.0.5:80") with
        {
            History = "ShAR",
            Out = new DirectionCounters(3, 180, 0),
            In = new DirectionCounters(1, 60, 0),
            Protocol = null,
            ProtocolBasis = IdentificationBasis.None,
        };
        var proposals = Propose(accepted, accepted with { Responder = accepted.Responder with { Port = 22 } });

        Assert.Empty(proposals.Hosts);
        Assert.Empty(proposals.Others);
        Assert.Equal("10.7.0.5 22,80",
            Assert.Single(proposals.Answering.Select(host => $"{host.Address} {string.Join(',', host.Ports)}")));
        Assert.Contains("#   10.7.0.5: tcp 22, 80", Text(proposals), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_asks_many_services_and_gets_no_answer_is_a_scanner()
    {
        var silent = Enumerable.Range(1, 25).Select(port => Of($"10.7.1.20:40000 tcp 10.7.0.5:{port}") with
        {
            In = new DirectionCounters(3, 180, 0),
        });
        var proposals = Propose([.. silent, Of("10.7.1.20:41000 tcp 10.7.0.5:1433").Proving("tds")]);

        Assert.Equal(["10.7.1.20"], proposals.Scanners.Select(address => address.ToString()));
        Assert.Empty(proposals.Hosts);
    }

    private static FlowRecord MediaBy(string control, string line)
    {
        var flow = Of(line).Proving("rtp");
        return flow with
        {
            Announcement = new AnnouncementMatch(AnnouncementSample.Of(flow, 1, control, "audio") with
            {
                IsStanding = false,
                Protocol = "rtp",
            }, AnnouncementGrade.ToThisClient),
        };
    }

    private const ulong Router = 0x02_00_00_00_00_01;
    private const ulong Host = 0x02_00_00_00_00_02;
    private const ulong Other = 0x02_00_00_00_00_03;

    private static FlowRecord[] Flows(params string[] servers) =>
        [.. servers.Select(server => Of($"10.7.9.9:51000 tcp {server}:80").Proving("http"))];

    private static LinkSighting Seen(string address, ulong sender, int routers, long frame, string point = "eth0") =>
        new(point, Of($"{address}:1 udp 10.7.9.9:2").Originator.Address, new LinkAddress(sender), routers,
            new FrameReference(0, frame));

    private static RoleProposals Propose(FlowRecord[] flows, params LinkSighting[] seen)
    {
        var survey = new RoleSurvey(Shipped.Value);
        foreach (var sighting in seen)
            survey.Add(sighting);
        return survey.Propose(Confidence.Medium, flows);
    }

    private static RoleProposals Propose(params FlowRecord[] flows) => Propose(Shipped.Value, flows);

    private static RoleProposals Propose(CatalogSet catalogs, params FlowRecord[] flows) =>
        new RoleSurvey(catalogs).Propose(Confidence.Medium, flows);

    private static string Text(RoleProposals proposals)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        RoleYaml.Write(proposals, new RoleRun("1", proposals.Observation, [], IsPartial: false),
            Shipped.Value.Files.SelectMany(file => file.Roles).Select(role => role.Id), writer);
        return writer.ToString();
    }

    private static SiteFile Read(RoleProposals proposals) => Read(proposals, Shipped.Value);

    private static SiteFile Read(RoleProposals proposals, CatalogSet catalogs)
    {
        var site = Texts.Site(Text(proposals), catalogs, out var diagnostics);
        Assert.Empty(diagnostics);
        return site!;
    }
}
