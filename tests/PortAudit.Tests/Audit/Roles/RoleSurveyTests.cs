using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Roles;
using PortAudit.Reports.Roles;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Roles;

public sealed class RoleSurveyTests
{
    private const string Directory = "role: dc, serves: [{ protocol: kerberos }, { protocol: ldap }], confidence: high";
    private const string Catalog = "role: gc, serves: { protocol: ldap, ports: 3268 }, confidence: high";
    private const string Member = "role: client, uses: { protocol: kerberos }, unless: dc, many: yes, confidence: high";
    private const string Web = "role: web, serves: { protocol: http }, confidence: medium";
    private const string Database = "role: db, serves: { transport: tcp, ports: 2725 }, confidence: high";

    [Fact]
    public void All_marks_of_a_sign_are_needed()
    {
        Assert.Empty(SignSample.Survey(Directory).Propose(Confidence.Low, Kerberos("10.0.0.1", "10.0.0.9")).Hosts);
        Assert.Equal("10.0.0.9 dc:high", SignSample.Survey(Directory)
            .Propose(Confidence.Low, Kerberos("10.0.0.1", "10.0.0.9"), Ldap("10.0.0.1", "10.0.0.9", 389)).Hosts.Text());
    }

    [Fact]
    public void A_kind_of_a_role_stands_for_it_and_takes_its_evidence()
    {
        var host = Assert.Single(SignSample.Survey(Directory, Catalog)
            .Propose(Confidence.Low, Kerberos("10.0.0.1", "10.0.0.9"), Ldap("10.0.0.1", "10.0.0.9", 3268)).Hosts);

        var role = Assert.Single(host.Roles);
        Assert.Equal("gc", role.Role);
        Assert.Equal(["kerberos", "ldap", "ldap on 3268"],
            role.Evidence.Select(evidence => evidence.Mark.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_role_that_another_does_without_having_is_not_told()
    {
        var proposals = SignSample.Survey(Directory, Member).Propose(
            Confidence.Low, Kerberos("10.0.0.1", "10.0.0.9"), Ldap("10.0.0.1", "10.0.0.9", 389),
            Kerberos("10.0.0.9", "10.0.0.8"), Kerberos("10.0.0.8", "10.0.0.9"));

        Assert.Equal("10.0.0.9 dc:high", proposals.Hosts.Text());
        Assert.Equal(["10.0.0.0/24"], proposals.Networks.Select(network => network.Prefix.ToString()));
        Assert.Equal(["10.0.0.1", "10.0.0.8"],
            proposals.Networks[0].Clients.Select(client => client.Address.ToString()));
    }

    [Fact]
    public void A_sign_of_two_catalogs_excludes_what_either_excludes()
    {
        var excluding = Member.Replace("unless: dc", "unless: gc", StringComparison.Ordinal);
        var one = SignSample.Catalogs([Directory, excluding]);
        var other = SignSample.Catalogs([Member]);
        var survey = new RoleSurvey(one with { Files = [.. one.Files, other.Files[0] with { Id = "other" }] });
        var proposals = survey.Propose(Confidence.Low, Kerberos("10.0.0.1", "10.0.0.9"),
            Ldap("10.0.0.1", "10.0.0.9", 389), Kerberos("10.0.0.9", "10.0.0.8"));

        Assert.Equal("10.0.0.9 dc:high", proposals.Hosts.Text());
    }

    [Theory]
    [InlineData(9, "10.0.0.1/32 10.0.0.2/32 10.0.0.3/32 10.0.0.4/32 10.0.0.5/32 10.0.0.6/32 10.0.0.7/32 10.0.0.8/32 "
        + "10.0.0.9/32")]
    [InlineData(10, "10.0.0.0/24")]
    public void A_network_with_a_host_that_is_no_client_is_proposed_when_clients_outnumber_it(int clients,
        string networks)
    {
        var flows = Enumerable.Range(1, clients).Select(i => Kerberos($"10.0.0.{i}", "10.1.0.9"))
            .Append(Of("10.1.0.8:50000 tcp 10.0.0.77:8080").Proving("http"));
        var proposals = SignSample.Survey(Member).Propose(Confidence.Low, flows);

        Assert.Equal(networks, string.Join(' ', proposals.Networks.Select(network => network.Prefix)));
    }

    [Fact]
    public void A_flow_that_meets_a_mark_in_two_ways_counts_once()
    {
        var flow = Of("10.0.0.1:50000 tcp 10.0.0.9:88").Proving("kerberos") with { StartedAs = "kerberos" };
        var role = SignSample.Survey("role: dc, serves: { protocol: kerberos }, confidence: high")
            .Propose(Confidence.Low, flow).Hosts[0].Roles[0];

        Assert.Equal(1, Assert.Single(role.Evidence).Flows);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.29")]
    [InlineData("[::1]", "[::1]")]
    [InlineData("10.0.0.1", "0.0.0.0")]
    public void Loopback_addresses_have_no_role(string client, string server)
    {
        var proposals = SignSample.Survey(Directory, Member).Propose(
            Confidence.Low, Kerberos(client, server), Ldap(client, server, 389));

        Assert.Empty(proposals.Hosts);
        Assert.Empty(proposals.Others);
        Assert.DoesNotContain(proposals.Networks,
            network => network.Prefix.ToString().StartsWith("127.", StringComparison.Ordinal));
        Assert.DoesNotContain(proposals.InternalPrefixes,
            prefix => prefix.ToString()!.StartsWith("127.", StringComparison.Ordinal));
    }

    [Fact]
    public void One_direction_is_worth_medium()
    {
        var sign = Web.Replace("medium", "high", StringComparison.Ordinal);
        var role = Assert.Single(Assert.Single(SignSample.Survey(sign)
            .Propose(Confidence.Low, Http("10.0.0.1", "10.0.0.9").Ending(Outcome.OneWay)).Hosts).Roles);

        Assert.Equal((Confidence.Medium, "sign high; one-direction, so at most medium"),
            (role.Confidence, role.Reason));
        Assert.Equal("10.0.0.9 web:high",
            SignSample.Survey(sign).Propose(Confidence.Low, Http("10.0.0.1", "10.0.0.9")).Hosts.Text());
    }

    [Fact]
    public void A_port_is_never_worth_more_than_low()
    {
        var role = Assert.Single(Assert.Single(SignSample.Survey(Database)
            .Propose(Confidence.Low, Of("10.0.0.1:50000 tcp 10.0.0.9:2725")).Hosts).Roles);

        Assert.Equal((Confidence.Low, "sign high; port, so at most low"), (role.Confidence, role.Reason));
        Assert.Empty(SignSample.Survey(Database)
            .Propose(Confidence.Low, Of("10.0.0.1:50000 tcp 10.0.0.9:2725").Proving("ssh")).Hosts);
    }

    [Fact]
    public void An_announcement_is_worth_medium_and_bytes_take_its_place()
    {
        const string Replication = "role: dc, serves: { protocol: dcerpc, service: drsuapi }, confidence: high";
        var announced = Of("10.0.0.1:50000 tcp 10.0.0.9:49153").Announced("drsuapi");
        var proved = Of("10.0.0.2:50000 tcp 10.0.0.9:49153").Proving("dcerpc", "drsuapi");

        Assert.Equal("10.0.0.9 dc:medium",
            SignSample.Survey(Replication).Propose(Confidence.Low, announced).Hosts.Text());
        var both = SignSample.Survey(Replication).Propose(Confidence.Low, announced, proved).Hosts;
        Assert.Equal("10.0.0.9 dc:high", both.Text());
        Assert.Equal(["10.0.0.2"], both[0].Roles[0].Evidence[0].Peers.Select(peer => peer.ToString()));
    }

    [Fact]
    public void What_a_role_brings_along_is_no_role_of_its_own()
    {
        const string Rules = "{ id: r, title: R, from: any, to: front, transport: tcp, ports: [80, 5061], need: "
            + "optional, source: { document: d, section: S, lines: [1] } }";
        const string Front = "role: front, serves: { protocol: sip, ports: 5061 }, confidence: medium";
        var survey = new RoleSurvey(SignSample.Catalogs([Front, Web], Rules));

        Assert.Equal("10.0.0.9 front:medium", survey.Propose(Confidence.Low, Http("10.0.0.1", "10.0.0.9"),
            Of("10.0.0.1:50000 tcp 10.0.0.9:5061").Proving("sip")).Hosts.Text());
        Assert.Equal("10.0.0.9 web:medium", new RoleSurvey(SignSample.Catalogs([Front, Web], Rules))
            .Propose(Confidence.Low, Http("10.0.0.1", "10.0.0.9")).Hosts.Text());
    }

    [Fact]
    public void A_role_is_brought_along_by_rules_of_the_catalogs_that_are_proposed()
    {
        const string Rules = "{ id: r, title: R, from: gc, to: front, transport: tcp, ports: [80, 5061], need: "
            + "optional, source: { document: d, section: S, lines: [1] } }";
        const string Front = "role: front, serves: { protocol: sip, ports: 5061 }, confidence: medium";
        var signs = SignSample.Catalogs([Front, Web]).Files[0];
        var other = SignSample.Catalogs([], Rules).Files[0] with { Id = "other", Roles = [] };
        var proposals = new RoleSurvey(new CatalogSet([signs, other], [])).Propose(Confidence.Low,
            Http("10.0.0.1", "10.0.0.9"), Of("10.0.0.1:50000 tcp 10.0.0.9:5061").Proving("sip"));

        Assert.Equal("10.0.0.9 front:medium web:medium", proposals.Hosts.Text());
        Assert.Equal(["c"], proposals.Catalogs.AsEnumerable());
    }

    [Fact]
    public void Probes_of_a_scanner_are_no_behaviour()
    {
        var scan = Enumerable.Range(1, 30)
            .Select(port => Of($"10.0.0.1:40000 tcp 10.0.0.9:{port}").Ending(Outcome.Refused));
        FlowRecord[] hits = [Kerberos("10.0.0.1", "10.0.0.9"), Http("10.0.0.1", "10.0.0.9")];

        var proposals = SignSample.Survey(Web, Member).Propose(Confidence.Low, hits.Concat(scan));

        Assert.Empty(proposals.Hosts);
        Assert.Empty(proposals.Networks);
        Assert.Equal(["10.0.0.1"], proposals.Scanners.Select(address => address.ToString()));
        Assert.Equal("10.0.0.9 web:medium", SignSample.Survey(Web, Member)
            .Propose(Confidence.Low, [.. hits, .. scan, Http("10.0.0.2", "10.0.0.9")]).Hosts.Text());
    }

    [Fact]
    public void A_public_address_is_never_proposed_and_listed_for_what_it_serves_to_the_public()
    {
        var inside = SignSample.Survey(Web).Propose(Confidence.Low, Http("10.0.0.1", "8.8.8.8"));
        Assert.Empty(inside.Hosts);
        Assert.Equal(1, inside.PublicPeers);
        Assert.Contains("not with any service", inside.WhyEmpty, StringComparison.Ordinal);

        var outside = SignSample.Survey(Web).Propose(Confidence.Low, Http("9.9.9.9", "8.8.8.8"));
        Assert.Empty(outside.Hosts);
        Assert.Equal("8.8.8.8 web:low", outside.Others.Text());
        Assert.Equal("sign medium; public address, so one step less", outside.Others[0].Doubtful[0].Reason);
    }

    [Fact]
    public void Every_public_address_of_a_flow_is_counted_and_no_group()
    {
        var proposals = SignSample.Survey(Web).Propose(Confidence.Low, Http("10.0.0.1", "8.8.8.8"),
            Http("10.0.0.1", "9.9.9.9").Ending(Outcome.Unanswered), Of("1.1.1.1:5060 udp 10.0.0.1:5060"),
            Of("10.0.0.1:68 udp 255.255.255.255:67"), Of("10.0.0.1:50000 udp 224.0.0.251:5353"));

        Assert.Equal(3, proposals.PublicPeers);
        Assert.False(proposals.HasMorePublicPeers);
    }

    [Fact]
    public void Public_addresses_beyond_the_bound_are_said_to_be_more_than_are_counted()
    {
        var flows = Enumerable.Range(0, RoleLedger.MaximumHosts + 1).Select(number =>
            Of($"10.0.0.1:50000 tcp 8.0.{number >> 8}.{number & 255}:80"));

        var proposals = SignSample.Survey(Web).Propose(Confidence.Low, [.. flows]);

        Assert.Equal(RoleLedger.MaximumHosts, proposals.PublicPeers);
        Assert.True(proposals.HasMorePublicPeers);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        RoleYaml.Write(proposals, new RoleRun("1", proposals.Observation, [], IsPartial: false), [], writer);
        Assert.Contains("treated as internet: more than 16,384", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_client_stands_for_itself_and_two_for_their_network()
    {
        var one = SignSample.Survey(Member).Propose(Confidence.Low, Kerberos("10.1.0.7", "10.0.0.9"));
        Assert.Equal(["10.1.0.7/32"], one.Networks.Select(network => network.Prefix.ToString()));

        const string Phone = "role: phone, uses: { protocol: skinny }, many: yes, confidence: high";
        var skinny = Of("10.1.0.8:50000 tcp 10.0.0.5:2000").Proving("skinny");
        var several = SignSample.Survey(Member, Phone).Propose(
            Confidence.Low, Kerberos("10.1.0.7", "10.0.0.9"), Kerberos("10.1.0.8", "10.0.0.9"),
            Kerberos("10.1.0.9", "10.0.0.9"), skinny, Kerberos("[2001:db8::1]", "[fd00::9]"),
            Kerberos("[fd00::1]", "[fd00::9]"));
        Assert.Equal(["10.1.0.0/24 client", "10.1.0.8/32 client,phone", "fd00::1/128 client"], several.Networks.Select(
            network => $"{network.Prefix} {string.Join(',', network.Roles.Select(role => role.Role))}"));
    }

    [Fact]
    public void A_role_below_the_minimum_is_told_and_not_proposed()
    {
        var proposals = SignSample.Survey(Web).Propose(Confidence.High, Http("10.0.0.1", "10.0.0.9"));

        Assert.Empty(proposals.Hosts);
        Assert.Equal("10.0.0.9 web:medium", proposals.Others.Text());
        Assert.Contains("none with confidence high", proposals.WhyEmpty, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_result_says_why()
    {
        Assert.Contains("have no signs", SignSample.Survey().Propose(Confidence.Low).WhyEmpty,
            StringComparison.Ordinal);
        Assert.Contains("Nothing shows what a host serves", SignSample.Survey(Web).Propose(Confidence.Low,
            Http("10.0.0.1", "10.0.0.9").Ending(Outcome.Unanswered)).WhyEmpty, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_several_points_see_is_one()
    {
        var proposals = SignSample.Survey(Web).Propose(Confidence.Low, Http("10.0.0.1", "10.0.0.9").On("inside"),
            Http("10.0.0.1", "10.0.0.9").On("outside"));

        var evidence = Assert.Single(Assert.Single(Assert.Single(proposals.Hosts).Roles).Evidence);
        Assert.Equal((2, 1), (evidence.Flows, evidence.Peers.Length));
    }

    [Fact]
    public void Flows_in_any_order_give_the_same_survey()
    {
        string[] signs = [Directory, Catalog, Member, Web, Database];
        var flows = ManyFlows();
        var expected = Text(SignSample.Survey(signs), flows);

        Assert.Contains("\"dc\"", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Text(SignSample.Survey(signs), Enumerable.Reverse(flows)));
    }

    private static List<FlowRecord> ManyFlows()
    {
        var random = new Random(7);
        string[] protocols = ["kerberos", "ldap", "http", "ssh"];
        ushort[] ports = [88, 389, 3268, 80, 2725];
        return
        [
            .. Enumerable.Range(0, 600).Select(i =>
            {
                var flow = Of($"10.0.{i % 2}.{random.Next(1, 40)}:{50_000 + i} tcp "
                    + $"10.0.2.{random.Next(1, 30)}:{ports[random.Next(ports.Length)]}").At(random.Next(500));
                flow = random.Next(4) == 0 ? flow : flow.Proving(protocols[random.Next(protocols.Length)]);
                return flow.Ending((Outcome)random.Next(7))
                    with { Id = Mix(flow.Id, i.ToString(CultureInfo.InvariantCulture)) };
            }),
        ];
    }

    private static string Text(RoleSurvey survey, IEnumerable<FlowRecord> flows)
    {
        var proposals = survey.Propose(Confidence.Low, flows);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        RoleJson.Write(proposals, new RoleRun("1", proposals.Observation, [], IsPartial: false), writer);
        return writer.ToString();
    }

    private static FlowRecord Kerberos(string from, string to) => Of($"{from}:50000 tcp {to}:88").Proving("kerberos");

    private static FlowRecord Ldap(string from, string to, int port) =>
        Of($"{from}:50001 tcp {to}:{port}").Proving("ldap");

    private static FlowRecord Http(string from, string to) => Of($"{from}:50002 tcp {to}:80").Proving("http");
}
