using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Site;

/// <summary>What contradicts in a site that can be used all the same: one warning each, with its line.</summary>
public sealed class SiteWarningTests
{
    private const string Ex = "transport: tcp, ports: 10000, reason: backup, owner: infra, expires: 2027-03-31";

    private static readonly CatalogSet Catalogs = Texts.SmallCatalogs();

    [Theory]
    [InlineData(
        "segments:\n  s: [10.0.0.0/8]\n  t: [10.2.0.0/16]",
        "5:7: 10.2.0.0/16 of segment 't' (line 5) lies inside 10.0.0.0/8 of segment 's' (line 4); nothing to do if "
            + "that is meant: the longer prefix wins, its addresses are not in 's'")]
    [InlineData(
        "segments:\n  t: [10.2.0.0/16, 10.3.0.0/16]\n  s: [10.0.0.0/8]",
        "4:7: 10.2.0.0/16 of segment 't' (line 4) and 1 further prefix lie inside 10.0.0.0/8 of segment 's' (line 5); "
            + "nothing to do if that is meant: the longer prefix wins, its addresses are not in 's'")]
    [InlineData(
        "networks:\n  - { network: 10.0.0.0/8, roles: [a, b] }\n  - { network: 10.2.0.0/16, roles: [b] }",
        "5:16: network 10.2.0.0/16 (line 5) lies inside network 10.0.0.0/8 (line 4); nothing to do if that is meant: "
            + "the longer prefix wins, its addresses do not play a")]
    [InlineData(
        "segments: { s: [10.0.0.0/8] }\nhosts: [{ name: h, addresses: [192.0.2.1], roles: a }]\ncapture-points: [{ "
            + "name: p, files: x, sees: s }]",
        "4:32: address 192.0.2.1 of host 'h' lies in no segment, so that no capture point counts as seeing them; list "
            + "the prefix under 'segments', or give one segment [any]")]
    [InlineData(
        "segments: { s: [10.0.0.0/8] }\nhosts: [{ name: h, addresses: [192.0.2.1, 10.0.0.1, 192.0.2.2], roles: a "
            + "}]\nnetworks: [{ network: 198.51.100.0/24, roles: a }]\ncapture-points: [{ name: p, files: x, sees: s "
            + "}]",
        "4:32: address 192.0.2.1 of host 'h' and 2 further entries of hosts and networks lie in no segment, so that no "
            + "capture point counts as seeing them; list the prefix under 'segments', or give one segment [any]")]
    [InlineData(
        $"exceptions:\n  - {{ id: A, from: a, to: b, {Ex} }}\n  - {{ id: B, from: a, to: b, {Ex} }}",
        "5:11: exceptions 'A' (line 4) and 'B' (line 5) cover the same traffic; keep one of them")]
    [InlineData(
        "exceptions:\n  - { id: A, from: a, to: b, transport: tcp, ports: 5-6, reason: r, owner: x, expires: "
            + "2027-03-31 }\n  - { id: B, from: a, to: b, transport: tcp, ports: [5, 6], reason: r, owner: y, expires: "
            + "2026-03-31 }",
        "5:11: exceptions 'A' (line 4) and 'B' (line 5) cover the same traffic and end on 2027-03-31 and 2026-03-31, "
            + "and belong to 'x' and 'y'; keep one of them; while there are two, the later date counts")]
    [InlineData(
        "hosts: [{ name: h, addresses: [10.0.0.1], roles: a }]\nexceptions:\n  - { id: A, from: h, to: b, transport: "
            + "tcp, ports: 5, reason: r, owner: x, expires: 2026-03-31 }\n  - { id: B, from: a, to: any, transport: "
            + "[tcp, udp], reason: r, owner: y, expires: 2027-03-31 }",
        "5:11: exception 'A' (line 5) expires on 2026-03-31, but all that it covers stays excused by 'B' (line 6) "
        + "until "
            + "2027-03-31; narrow the wider one, or remove the narrower")]
    [InlineData(
        $"exceptions: [{{ id: A, from: any, to: any, {Ex} }}]\nrules: [{{ id: own, title: T, from: a, to: b, "
            + $"transport: tcp, ports: 10000, verdict: forbidden }}]",
        "3:20: exception 'A' covers all that rule 'own' (line 4) forbids, so it forbids nothing until 2027-03-31; "
            + "narrow the exception, or remove one of them")]
    public void A_contradiction_is_one_warning_and_the_site_is_used(string lines, string expected)
    {
        Assert.NotNull(Texts.Site(Texts.SiteHead + lines + "\n", Catalogs, out var diagnostics));
        Texts.Only(expected, diagnostics);
    }

    [Theory]
    [InlineData("segments: { s: [10.0.0.0/8, 10.2.0.0/16], t: [any], u: [\"2001:db8::/32\"] }")] // one segment
    // nothing is lost
    [InlineData("networks: [{ network: 10.0.0.0/8, roles: [a] }, { network: 10.2.0.0/16, roles: [b, a] }]")]
    // nobody asks for segments
    [InlineData("segments: { s: [10.0.0.0/8] }\nhosts: [{ name: h, addresses: [192.0.2.1], roles: a "
        + "}]\ncapture-points: [{ name: p, files: x }]")]
    [InlineData("segments: { s: [10.0.0.0/8], r: [any] }\nhosts: [{ name: h, addresses: [192.0.2.1], roles: a "
        + "}]\ncapture-points: [{ name: p, files: x, sees: s }]")]
    [InlineData($"exceptions: [{{ id: A, from: a, to: b, {Ex} }}, {{ id: B, from: b, to: a, {Ex} }}]")]
    // an extension
    [InlineData("exceptions:\n  - { id: A, from: a, to: b, transport: tcp, ports: 5, reason: r, owner: x, expires: "
        + "2028-03-31 }\n  - { id: B, from: any, to: b, transport: tcp, ports: 5, reason: r, owner: x, expires: "
        + "2027-03-31 }")]
    // what exceptions are for
    [InlineData($"exceptions: [{{ id: A, from: a, to: b, {Ex} }}]\nrules: [{{ id: own, title: T, from: any, to: any, "
        + $"transport: tcp, ports: 10000, verdict: forbidden }}]")]
    public void What_is_meant_so_is_no_warning(string lines)
    {
        Assert.NotNull(Texts.Site(Texts.SiteHead + lines + "\n", Catalogs, out var diagnostics));
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void A_role_of_a_catalog_that_the_site_does_not_name_leads_to_the_list_of_roles()
    {
        Assert.Null(Texts.Site(Texts.SiteHead + "hosts: [{ name: h, addresses: [10.0.0.1], roles: exchange-server }]\n",
            Many(), out var diagnostics));
        Texts.Only("3:50: unknown role 'exchange-server'; list the catalog that defines it under 'catalogs'; "
            + "'portaudit catalog list --kind role' shows all", diagnostics);
    }

    [Fact]
    public void So_many_exceptions_that_comparing_them_would_take_long_are_not_all_compared()
    {
        var lines = Enumerable.Range(0, ExceptionConflicts.MaximumCompared + 2).Select(i => $"  - {{ id: E{i}, from: "
            + $"a, to: b, transport: tcp, ports: {Math.Min(i, ExceptionConflicts.MaximumCompared) + 1}, reason: r, "
            + $"owner: x, expires: 2027-03-31 }}");

        Assert.NotNull(Texts.Site($"{Texts.SiteHead}exceptions:\n{string.Join('\n', lines)}\n", Catalogs,
            out var diagnostics));
        Assert.Equal(["only the first 500 exceptions are compared with each other"],
            diagnostics.Select(diagnostic => diagnostic.Message));
    }

    [Theory]
    [InlineData("lync-edge")]
    [InlineData("domain")]
    [InlineData("media")]
    public void The_samples_have_none(string sample) =>
        Assert.Empty(SiteLoader.Load(Repository.PathOf("captures", sample, "site.yaml"), null).Diagnostics);

    [Fact]
    public void Of_many_nested_prefixes_each_is_told_with_the_longest_around_it()
    {
        var prefixes = "11.0.0.0/8 10.1.1.0/24 10.0.0.0/8 10.2.0.0/16 10.1.0.0/16 0.0.0.0/0".Split(' ').Select(Parse);

        Assert.Equal(
            ["10.0.0.0/8 in 0.0.0.0/0", "10.1.0.0/16 in 10.0.0.0/8", "10.1.1.0/24 in 10.1.0.0/16",
                "10.2.0.0/16 in 10.0.0.0/8", "11.0.0.0/8 in 0.0.0.0/0"],
            PrefixNesting.Of(prefixes).Select(pair => $"{pair.Inner} in {pair.Outer}"));
    }

    private static Prefix Parse(string text) => new(Audit.FlowSample.AddressOf(text.Split('/')[0]),
        int.Parse(text.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Catalogs with more roles than a message lists.</summary>
    private static CatalogSet Many() =>
        Catalogs with
        {
            Files = [Catalogs.Files[0] with { Roles =
            [.. Enumerable.Range(0, 20).Select(i => new Role($"role-number-{i:00}", "R", [], null, null))] }]
        };
}
