using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Tests.Yaml;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Site;

public sealed class SiteReaderTests
{
    private const string Exception =
        "id: EX-7, from: h, to: any, transport: tcp, ports: 10000, reason: backup, owner: infra, expires: 2027-03-31";
    private const string Rule = "id: own, title: T, from: h, to: a, transport: tcp, ports: 23";

    private static readonly CatalogSet Catalogs = Texts.SmallCatalogs();

    [Fact]
    public void Every_key_of_a_site_is_read()
    {
        var site = Read($$"""
            site: Contoso pilot
            catalogs: [c]
            conditions: { x: off, y: on }
            parameters: { p: [5000-5010, 7000] }
            segments: { internal: [10.0.0.0/16, "2001:db8::/32"], perimeter: 172.16.0.0/24, external: [any] }
            hosts:
              - { name: h, addresses: [10.0.0.11, "2001:db8::1"], roles: [a, b] }
            networks:
              - { network: 10.0.64.0/18, roles: [b] }
            capture-points:
              - { name: inside, interface: eth1, files: ['*inside*.pcap*'], sees: [internal, perimeter] }
            exceptions:
              - { {{Exception}} }
            rules:
              - { {{Rule}}, verdict: forbidden }
            """);

        Assert.Equal(("Contoso pilot", "f.yaml", "c"), (site.Name, site.File, string.Join(' ', site.Catalogs)));
        Assert.False(site.Conditions["x"]);
        Assert.True(site.Conditions["y"]);
        Assert.Equal("5000-5010 7000", string.Join(' ', site.Parameters["p"]));
        Assert.Equal("10.0.0.0/16 2001:db8::/32", string.Join(' ', site.Segments[0].Prefixes));
        Assert.Equal("172.16.0.0/24", string.Join(' ', site.Segments[1].Prefixes));
        Assert.Empty(site.Segments[2].Prefixes);
        Assert.Equal(("h", "10.0.0.11 2001:db8::1", "a b"),
            (site.Hosts[0].Name, string.Join(' ', site.Hosts[0].Addresses), string.Join(' ', site.Hosts[0].Roles)));
        Assert.Equal(("10.0.64.0/18", "b"),
            (site.Networks[0].Prefix.ToString(), string.Join(' ', site.Networks[0].Roles)));
        var point = Assert.Single(site.CapturePoints);
        Assert.Equal(("inside", "eth1", "*inside*.pcap*", "internal perimeter"),
            (point.Name, point.Interface, string.Join(' ', point.Files), string.Join(' ', point.Sees)));
        var exception = Assert.Single(site.Exceptions);
        Assert.Equal(("EX-7", "h", "any", "backup", "infra"),
            (exception.Id, exception.From, exception.To, exception.Reason, exception.Owner));
        Assert.Equal((IpProtocol.Tcp, "10000", new DateOnly(2027, 3, 31)),
            (exception.Transports[0], string.Join(' ', exception.Ports), exception.Expires));
        var rule = Assert.Single(site.Rules);
        Assert.Equal(("own", "site", RuleVerdict.Forbidden, Need.Optional),
            (rule.Id, rule.Catalog, rule.Verdict, rule.Need));
        Assert.Null(rule.Source);
    }

    [Theory]
    [InlineData("hosts: [{ name: h, addresses: [10.0.0.1], roles: [aa] }]",
        "3:51: unknown role 'aa'; did you mean 'a'?")]
    [InlineData("hosts: [{ name: h, addresses: [10.0.0.1], roles: [] }]",
        "3:50: 'roles' of a host holds nothing; name at least one")]
    [InlineData("hosts: [{ name: h, addresses: [10.0.0.1] }]", "3:9: a host lacks 'roles'")]
    [InlineData("hosts: [{ name: h, addresses: [10.0.0.1], roles: any }]",
        "3:50: 'any' means every host in rules; no host has it as a role; name its roles")]
    [InlineData("hosts: [{ name: h, addresses: [10.0.0], roles: a }]",
        "3:32: '10.0.0' is not an IP address; write an IPv4 address of four parts or an IPv6 address, without zone")]
    [InlineData("hosts: [{ name: h, addresses: [010.0.0.1], roles: a }]", "3:32: '010.0.0.1' can be read as more than "
        + "one address; write the four parts in decimal without leading zeros")]
    [InlineData("hosts: [{ name: h, addresses: [0xa.0.0.1], roles: a }]", "3:32: '0xa.0.0.1' can be read as more than "
        + "one address; write the four parts in decimal without leading zeros")]
    [InlineData("hosts: [{ name: h, addresses: [10.0.0.0/24], roles: a }]",
        "3:32: '10.0.0.0/24' is a network, a host has addresses; list it under 'networks'")]
    [InlineData("hosts: [{ name: h, addresses: [224.0.0.1], roles: a }]",
        "3:32: no single host has the address 224.0.0.1")]
    [InlineData("hosts: [{ name: h, addresses: [0.0.0.0], roles: a }]", "3:32: no single host has the address 0.0.0.0")]
    [InlineData("hosts: [{ name: any, addresses: [10.0.0.1], roles: a }]",
        "3:17: host 'any' is named like a role; give it another name: exceptions and rules name both")]
    [InlineData("hosts: [{ name: a, addresses: [10.0.0.1], roles: a }]",
        "3:17: host 'a' is named like a role; give it another name: exceptions and rules name both")]
    [InlineData("hosts: [{ name: a b, addresses: [10.0.0.1], roles: a }]",
        "3:17: host name 'a b' contains a space or control character")]
    [InlineData("hosts:\n  - { name: g, addresses: [10.0.0.1], roles: a }\n  - { name: h, addresses: [10.0.0.1], "
        + "roles: a }", "5:28: address 10.0.0.1 belongs to host 'g' (line 4) and to host 'h' (line 5); an address has "
        + "one host; give one host all the roles")]
    [InlineData("hosts:\n  - { name: h, addresses: [\"2001:db8::1\", \"2001:DB8:0::1\"], roles: a }",
        "4:43: address 2001:db8::1 of host 'h' is listed twice, first in line 4; keep one of them")]
    [InlineData("hosts:\n  - { name: h, addresses: [\"2001:db8::1\"], roles: a }\n  - { name: g, addresses: "
        + "[\"2001:DB8:0::1\"], roles: a }", "5:28: address 2001:db8::1 belongs to host 'h' (line 4) and to host 'g' "
        + "(line 5); an address has one host; give one host all the roles")]
    [InlineData("hosts:\n  - { name: h, addresses: [10.0.0.1], roles: a }\n  - { name: H, addresses: [10.0.0.2], "
        + "roles: a }", "5:13: host 'H' is listed twice, first in line 4; give one entry all the addresses and roles, "
        + "or another name")]
    [InlineData("networks: [{ network: 10.0.0.0/33, roles: a }]",
        "3:23: '33' is not a prefix length; lengths of IPv4 run from 0 to 32")]
    [InlineData("networks: [{ network: \"::/129\", roles: a }]",
        "3:23: '129' is not a prefix length; lengths of IPv6 run from 0 to 128")]
    [InlineData("networks: [{ network: 10.0.0.1, roles: a }]",
        "3:23: '10.0.0.1' lacks a prefix length; write 10.0.0.1/32 for this address alone")]
    [InlineData("networks:\n  - { network: 10.0.0.0/8, roles: a }\n  - { network: 10.0.0.0/8, roles: b }",
        "5:16: network 10.0.0.0/8 is listed twice, in lines 4 and 5; give one entry all the roles")]
    [InlineData("segments: { s: [10.0.0.0/8], t: [10.0.0.0/8] }",
        "3:34: 10.0.0.0/8 is in segment 's' (line 3) and in segment 't' (line 3); keep one of them")]
    [InlineData("segments: { s: any, t: any }",
        "3:24: segments 's' (line 3) and 't' (line 3) both are 'any'; one segment takes all other addresses")]
    [InlineData("segments: { s: [any, 10.0.0.0/8] }",
        "3:17: segment 's' has 'any' next to prefixes; 'any' stands alone and means all addresses of no other segment")]
    [InlineData("segments: { s: [] }",
        "3:16: segment 's' holds no prefix; name at least one, or write [any] for all other addresses")]
    [InlineData("segments: { s: }", "3:16: a prefix is expected in segment 's', this is empty")]
    [InlineData("conditions: { xx: on }", "3:15: unknown condition 'xx'; did you mean 'x'?")]
    [InlineData("conditions: { x: 1 }", "3:18: '1' is no switch; use one of on, off, true, false, yes, no")]
    [InlineData("parameters: { q: 5000 }", "3:15: unknown parameter 'q'; did you mean 'p'?")]
    [InlineData("parameters: { p: 0 }", "3:18: 0 is not a port; ports run from 1 to 65535")]
    [InlineData("capture-points: [{ name: n }]", "3:18: a capture point has neither 'interface' nor 'files'; name the "
        + "interface, or patterns of the files, that belong to it")]
    [InlineData("capture-points: [{ name: n, files: 'd/*.pcap' }]",
        "3:36: 'd/*.pcap' names a directory, patterns are over file names; write '*.pcap'")]
    [InlineData("capture-points: [{ name: n, files: '[ab].pcap' }]",
        "3:36: '[ab].pcap' uses more than '*' and '?'; list several patterns instead")]
    [InlineData("segments: { in: any }\ncapture-points: [{ name: n, files: x, sees: inn }]",
        "4:45: unknown segment 'inn'; did you mean 'in'?")]
    [InlineData("capture-points: [{ name: n, files: x }, { name: n, files: y }]",
        "3:49: capture point 'n' is listed twice, first in line 3; keep one of them")]
    [InlineData("capture-points: [{ name: n, interface: x }, { name: m, interface: x }]",
        "3:67: interface 'x' is listed twice, first in line 3; keep one of them")]
    [InlineData("cautions: []", "3:1: unknown key 'cautions' in a site; keys of a site: site, catalogs, segments, "
        + "hosts, conditions, parameters, networks, capture-points, conduits, policies, "
        + "exceptions, rules")]
    [InlineData("host: []", "3:1: unknown key 'host' in a site; did you mean 'hosts'?")]
    public void A_fault_is_one_diagnostic(string lines, string expected)
    {
        Assert.Null(Texts.Site(Texts.SiteHead + lines + "\n", Catalogs, out var diagnostics));
        Texts.Only(expected, diagnostics);
    }

    [Theory]
    [InlineData("from: h", "from: hh", "unknown role, host or segment 'hh'; did you mean 'h'?")]
    [InlineData("ports: 10000", "ports: 70000", "'70000' is beyond 65535, the highest port; ports run from 1 to 65535")]
    [InlineData("transport: tcp", "transport: icmp", "none of the transports has ports; remove 'ports'")]
    [InlineData("transport: tcp, ", "", "an exception lacks 'transport'")]
    [InlineData("reason: backup, ", "", "an exception lacks 'reason'")]
    [InlineData("owner: infra, ", "", "an exception lacks 'owner'")]
    [InlineData(", expires: 2027-03-31", "", "an exception lacks 'expires'")]
    [InlineData("2027-03-31", "2027-02-30", "'2027-02-30' is not a date; write year-month-day, for example 2027-03-31")]
    [InlineData("2027-03-31", "31.3.2027", "'31.3.2027' is not a date; write year-month-day, for example 2027-03-31")]
    public void A_fault_in_an_exception_is_one_diagnostic(string sound, string faulty, string expected)
    {
        Assert.Contains(sound, Exception, StringComparison.Ordinal);
        var entry = Exception.Replace(sound, faulty, StringComparison.Ordinal);

        Assert.Null(Texts.Site(WithHost($"exceptions: [{{ {entry} }}]"), Catalogs, out var diagnostics));
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal($"f.yaml:4:{diagnostic.Column}: {expected}", diagnostic.ToString());
    }

    [Theory]
    [InlineData(Rule + ", verdict: deny", "'deny' is no value of 'verdict'; use one of allowed, forbidden")]
    [InlineData(Rule + ", verdict: forbidden, need: required",
        "a forbidden flow cannot be needed; remove 'need' or 'verdict'")]
    [InlineData("id: r, title: T, from: h, to: a, transport: tcp, ports: 23",
        "rule 'r' is also in catalog 'c'; give it another identifier")]
    [InlineData(Rule + ", source: { document: d, section: s, lines: [1] }", "unknown key 'source' in a rule; keys of a "
        + "rule: id, title, from, to, transport, ports, when, verdict, protocol, security, need, via, replies, period, "
        + "note, operations")]
    public void A_fault_in_a_rule_of_the_site_is_one_diagnostic(string rule, string expected)
    {
        Assert.Null(Texts.Site(WithHost($"rules: [{{ {rule} }}]"), Catalogs, out var diagnostics));
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal($"f.yaml:4:{diagnostic.Column}: {expected}", diagnostic.ToString());
    }

    [Fact]
    public void Exceptions_and_rules_are_listed_once()
    {
        var text = WithHost($"exceptions: [{{ {Exception} }}, {{ {Exception} }}]\nrules: [{{ {Rule} }}, {{ {Rule} }}]");

        Assert.Null(Texts.Site(text, Catalogs, out var diagnostics));
        Assert.Equal(["exception 'EX-7' is listed twice, first in line 4",
            "rule 'own' is defined twice, first in line 5"], diagnostics.Select(diagnostic => diagnostic.Message));
    }

    [Fact]
    public void An_exception_without_ports_covers_all()
    {
        var site =
            Read(WithHost($"exceptions: [{{ {Exception.Replace("ports: 10000, ", "", StringComparison.Ordinal)} }}]"));

        Assert.Empty(Assert.Single(site.Exceptions).Ports);
    }

    [Fact]
    public void Bits_beyond_the_prefix_length_are_cleared_with_a_warning()
    {
        var site = Texts.Site(Texts.SiteHead + "networks: [{ network: 10.1.2.3/12, roles: a }, { network: "
            + "\"2001:db8:ffff::1/33\", roles: a }]\n", Catalogs, out var diagnostics);

        Assert.Equal("10.0.0.0/12 2001:db8:8000::/33",
            string.Join(' ', site!.Networks.Select(network => network.Prefix)));
        Assert.Equal("f.yaml:3:23: '10.1.2.3/12' has bits beyond its prefix length and is read as 10.0.0.0/12; write "
            + "10.0.0.0/12", diagnostics[0].ToString());
        Assert.Equal(2, diagnostics.Length);
    }

    [Fact]
    public void A_site_names_itself_and_its_catalogs()
    {
        Assert.Null(Texts.Site("site:\ncatalogs: []\nhosts: [{ name: h, addresses: [10.0.0.1], roles: whatever }]\n",
            new CatalogSet([], []), out var diagnostics));
        Assert.Equal(["'site' of a site is empty", "'catalogs' of a site holds nothing"],
            diagnostics.Select(diagnostic => diagnostic.Message));
    }

    [Theory]
    [InlineData("*inside*.pcap*", "fw-inside-1.pcapng", true)]
    [InlineData("*inside*.pcap*", "fw-outside-1.pcap", false)]
    [InlineData("trace?.pcap", "trace1.pcap", true)]
    [InlineData("trace?.pcap", "trace12.pcap", false)]
    [InlineData("trace.pcap", "Trace.pcap", true)]
    public void A_capture_point_claims_files_by_their_whole_name(string pattern, string file, bool expected) =>
        Assert.Equal(expected ? "p" : "",
            new CapturePointBinding([new CapturePoint("p", null, [pattern], [])]).PointOf(file, null));

    private static string WithHost(string lines) =>
        Texts.SiteHead + "hosts: [{ name: h, addresses: [10.0.0.1], roles: a }]\n" + lines + "\n";

    private static SiteFile Read(string text)
    {
        var site = Texts.Site(text, Catalogs, out var diagnostics);
        Assert.Empty(diagnostics);
        return site!;
    }
}
