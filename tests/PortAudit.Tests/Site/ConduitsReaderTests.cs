using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Site;

/// <summary>Conduits, and the segments and networks that rules name.</summary>
public sealed class ConduitsReaderTests
{
    private const string Segments = "segments: { s: [10.0.0.0/8], t: [192.168.0.0/16] }\n";
    private const string Owned = "reason: r, owner: o";
    private const string Tcp = "transport: tcp, ports: 23";

    private static readonly CatalogSet Catalogs = Texts.SmallCatalogs();

    [Fact]
    public void A_conduit_is_read_with_its_line()
    {
        var site = Texts.Site(Texts.SiteHead + Segments
            + "conduits:\n  - { from: s, to: t, default: permitted, reason: office to servers, owner: net }\n",
            Catalogs, out var diagnostics);

        Assert.Empty(diagnostics);
        Assert.Equal(new Conduit("s", "t", ConduitDefault.Permitted, "office to servers", "net", 5),
            Assert.Single(site!.Conduits));
    }

    [Theory]
    [InlineData($"{{ from: s, to: office, default: forbidden, {Owned} }}",
        "4:27: unknown segment 'office'; known: s, t")]
    [InlineData($"{{ from: s, to: s, default: forbidden, {Owned} }}",
        "4:12: the conduit leads from 's' to itself; a conduit joins two segments; traffic within one needs a rule")]
    [InlineData($"{{ from: s, to: t, default: allowed, {Owned} }}",
        "4:39: 'allowed' is no value of 'default'; use one of unexpected, permitted, forbidden")]
    [InlineData("{ from: s, to: t, default: forbidden, reason: r }", "4:12: a conduit lacks 'owner'")]
    [InlineData($"{{ from: s, to: t, default: forbidden, {Owned} }}, {{ from: s, to: t, default: forbidden, {Owned} }}",
        "4:73: the conduit from 's' to 't' is listed twice, first in line 4; keep one of them")]
    public void A_faulty_conduit_says_where(string conduits, string expected)
    {
        Assert.Null(Texts.Site($"{Texts.SiteHead}{Segments}conduits: [{conduits}]\n", Catalogs, out var diagnostics));
        Texts.Only(expected, diagnostics);
    }

    [Theory]
    [InlineData(
        $"conduits:\n  - {{ from: s, to: t, default: permitted, {Owned} }}\n  - {{ from: t, to: s, default: forbidden, "
            + $"{Owned} }}",
        "6:5: the conduit from 't' to 's' is forbidden and the conduit from 's' to 't' (line 5) is permitted; nothing "
            + "to do if that is meant: who opens a connection decides which of them counts, and answers belong to the "
            + "connection")]
    [InlineData("rules: [{ id: own, title: T, from: any, to: any, transport: tcp, ports: 1-65535 }]",
        "4:15: rule 'own' allows every port of tcp between any hosts, so that no flow of tcp can be unexpected; name "
            + "the hosts, networks or segments that it applies to")]
    [InlineData(
        $"rules:\n  - {{ id: wide, title: T, from: any, to: b, {Tcp}, verdict: forbidden }}\n  - {{ id: own, title: T, "
            + $"from: a, to: b, {Tcp} }}",
        "6:11: rule 'own' allows nothing, as rule 'wide' (line 5) forbids all that it covers; narrow the prohibition; "
            + "for a time, an exception lets traffic pass")]
    [InlineData(
        $"rules:\n  - {{ id: own, title: T, from: 10.1.0.0/16, to: b, {Tcp}, protocol: ssh }}\n  - {{ id: wide, title: "
            + $"T, from: 10.0.0.0/8, to: any, transport: tcp, ports: 20-30 }}",
        "5:11: rule 'own' demands a protocol or TLS without effect, as rule 'wide' (line 6) allows all that it "
            + "covers without; narrow the wider one")]
    [InlineData(
        $"rules:\n  - {{ id: one, title: T, from: s, to: t, {Tcp} }}\n  - {{ id: own, title: T, from: s, to: t, {Tcp} "
            + "}",
        "6:11: rule 'own' adds nothing, as rule 'one' (line 5) allows all that it covers; narrow the wider one, or "
            + "remove one of them")]
    [InlineData($"rules: [{{ id: own, title: T, from: 10.0.0.7/8, to: b, {Tcp} }}]",
        "4:36: '10.0.0.7/8' has bits beyond its prefix length and is read as 10.0.0.0/8; write 10.0.0.0/8")]
    public void What_contradicts_is_one_warning(string lines, string expected)
    {
        Assert.NotNull(Texts.Site(Texts.SiteHead + Segments + lines + "\n", Catalogs, out var diagnostics));
        Texts.Only(expected, diagnostics);
    }

    [Theory]
    // its use is reported, whatever the wider one allows
    [InlineData($"rules: [{{ id: wide, title: T, from: any, to: b, {Tcp} }}, {{ id: own, title: T, from: a, to: b, "
        + $"{Tcp}, need: required }}]")]
    // a prohibition within what is allowed
    [InlineData($"rules: [{{ id: wide, title: T, from: any, to: b, {Tcp} }}, {{ id: own, title: T, from: a, to: b, "
        + $"{Tcp}, verdict: forbidden }}]")]
    [InlineData($"rules: [{{ id: one, title: T, from: s, to: b, {Tcp} }}, {{ id: own, title: T, from: a, to: b, "
        + $"{Tcp} }}]")]
    [InlineData("rules: [{ id: own, title: T, from: any, to: any, transport: tcp, ports: 1-65535, protocol: ssh }]")]
    [InlineData("rules: [{ id: own, title: T, from: any, to: any, transport: tcp, ports: 1-65535, "
        + "verdict: forbidden }]")]
    [InlineData($"conduits: [{{ from: s, to: t, default: permitted, {Owned} }}, {{ from: t, to: s, default: "
        + $"unexpected, {Owned} }}]")]
    public void What_is_meant_so_is_no_warning(string lines)
    {
        Assert.NotNull(Texts.Site(Texts.SiteHead + Segments + lines + "\n", Catalogs, out var diagnostics));
        Assert.Empty(diagnostics);
    }

    [Theory]
    [InlineData("segments: { a: [10.0.0.0/8] }", "3:13: segment 'a' is named like a role; in rules and exceptions the "
        + "name means the role; rename the segment to use it there", true)]
    [InlineData("segments: { h: [10.0.0.0/8] }\nhosts: [{ name: h, addresses: [10.0.0.1], roles: a }]",
        "3:13: segment 'h' is named like a host; give one of them another name: rules name both", false)]
    public void A_name_that_means_two_things_is_told(string lines, string expected, bool isUsable)
    {
        Assert.Equal(isUsable, Texts.Site($"{Texts.SiteHead}{lines}\n", Catalogs, out var diagnostics) is not null);
        Texts.Only(expected, diagnostics);
    }

    [Theory]
    [InlineData("10.0.0.7", "4:36: '10.0.0.7' lacks a prefix length; write 10.0.0.7/32 for this address alone")]
    [InlineData("10.0.0.0/33", "4:36: '33' is not a prefix length; lengths of IPv4 run from 0 to 32")]
    [InlineData("nobody", "4:36: unknown role, host or segment 'nobody'; known: a, any, b, internet, s, t, "
        + "unknown-internal")]
    public void A_party_that_is_nothing_is_an_error(string party, string expected)
    {
        Assert.Null(Texts.Site($"{Texts.SiteHead}{Segments}rules: [{{ id: own, title: T, from: {party}, to: b, {Tcp} "
            + "}]\n", Catalogs, out var diagnostics));
        Texts.Only(expected, diagnostics);
    }

    [Fact]
    public void So_many_rules_that_comparing_them_would_take_long_are_not_all_compared()
    {
        var lines = Enumerable.Range(0, RuleConflicts.MaximumCompared + 2).Select(i => $"  - {{ id: R{i}, title: T, "
            + $"from: a, to: b, transport: tcp, ports: {Math.Min(i, RuleConflicts.MaximumCompared) + 1} }}");

        Assert.NotNull(Texts.Site($"{Texts.SiteHead}rules:\n{string.Join('\n', lines)}\n", Catalogs,
            out var diagnostics));
        Assert.Equal(["only the first 500 rules are compared with each other"],
            diagnostics.Select(diagnostic => diagnostic.Message));
    }
}
