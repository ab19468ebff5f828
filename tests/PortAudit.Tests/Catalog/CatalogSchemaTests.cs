using System.Text;
using PortAudit.Tests.Reports;
using PortAudit.Tests.Yaml;

namespace PortAudit.Tests.Catalog;

/// <summary>The schemas for editors hold for what is shipped, and refuse what the readers refuse.</summary>
public sealed class CatalogSchemaTests
{
    private const string Source = "source: { document: d, section: S, lines: [1] }";

    private const string Rule = "id: r, title: R, from: a, to: b, transport: tcp, ports: 1, need: required, " + Source;

    private static readonly JsonSchema Catalog =
        new(File.ReadAllText(Repository.PathOf("docs/schema/catalog.schema.json")));

    private static readonly JsonSchema Site = new(File.ReadAllText(Repository.PathOf("docs/schema/site.schema.json")));

    public static TheoryData<string> ShippedCatalogs() =>
        [.. Directory.GetFiles(Repository.PathOf("rules"), "*.yaml").Select(path => Path.GetFileName(path))
            .Where(name => name is not ("sources.yaml" or "sensitive-operations.yaml"))];

    [Theory]
    [MemberData(nameof(ShippedCatalogs))]
    public void A_shipped_catalog_meets_the_schema(string name) =>
        Assert.Empty(Catalog.Check(YamlJson.Of(Repository.PathOf("rules", name))));

    [Fact]
    public void The_sample_and_the_starter_sites_meet_the_schema()
    {
        var starters = Repository.PathOf("rules", "sites");
        string[] sites = [.. Directory.GetFiles(Repository.PathOf("captures"), "site.yaml",
            SearchOption.AllDirectories), .. Directory.Exists(starters) ? Directory.GetFiles(starters, "*.yaml") : []];

        Assert.All(sites, site => Assert.Empty(Site.Check(YamlJson.Of(site))));
    }

    [Theory]
    [InlineData("conditions: [{ id: x, title: X, default: on, " + Source + " }]", true)]
    [InlineData("conditions: [{ id: x, title: X, default: maybe, " + Source + " }]", false)]
    [InlineData("parameters: [{ id: p, title: P, default: [1, 5000-5020], " + Source + ", note: N }]", true)]
    [InlineData("parameters: [{ id: p, title: P, default: 0, " + Source + " }]", false)]
    [InlineData("cautions: [{ id: k, between: [a, b], means: no-firewall, unless: x, text: T, " + Source + " }]", true)]
    [InlineData("cautions: [{ id: k, between: [a], means: no-firewall, text: T, " + Source + " }]", false)]
    [InlineData("advice: [{ id: k, about: [a], text: T, references: [KB 1], " + Source + " }]", true)]
    [InlineData("advice: [{ id: k, text: T, " + Source + " }]", false)]
    [InlineData("dependencies: [{ id: k, of: a, on: b, strength: required, source: [{ document: d, section: S, lines: "
        + "1 }] }]", true)]
    [InlineData("dependencies: [{ id: k, of: a, on: b, strength: strong, " + Source + " }]", false)]
    [InlineData("signs: [{ role: a, serves: { protocol: dns }, uses: [{ transport: tcp, ports: 1 }], unless: [b], "
        + "confidence: low, many: yes, note: N }]", true)]
    [InlineData("signs: [{ role: a, confidence: low }]", false)]
    [InlineData("signs: [{ role: a, serves: { ports: 1 }, confidence: low }]", false)]
    [InlineData("signs: [{ role: a, serves: { protocol: dns }, confidence: sure }]", false)]
    [InlineData("roles: { a: { title: A, isa: b } }", false)]
    [InlineData("hints: []", false)]
    public void A_catalog_is_judged(string line, bool expected)
    {
        var yaml = Texts.Yaml(Encoding.UTF8.GetBytes("catalog: c\ntitle: C\n" + line + "\nrules: []\n"), out _);

        Assert.Equal(expected, Catalog.Check(YamlJson.Of(yaml!.Root)!.ToJsonString()).Count == 0);
    }

    [Theory]
    [InlineData("via: direct", true)]
    [InlineData("via: { announced-by: dcerpc }", true)]
    [InlineData("via: { announced-by: [dcerpc], services: netlogon }", true)]
    [InlineData("via: { announced-by: [dcerpc], services: [drsuapi, 12d4b7c8-77d5-11d1-8c24-00c04fa3080d] }", true)]
    [InlineData("via: { announced-by: ssrp, services: MY INSTANCE }", true)]
    [InlineData("via: { announced-by: dcerpc, services: [] }", false)]
    [InlineData("via: { services: netlogon }", false)]
    [InlineData("when: { any-of: [x, y] }", true)]
    [InlineData("when: { any-of: [x], services: netlogon }", false)]
    public void A_rule_is_judged_alike_in_a_catalog_and_in_a_site(string key, bool expected)
    {
        var catalog = Texts.Yaml("catalog: c\ntitle: C\nrules: [{ " + Rule + ", " + key + " }]\n", out _);
        var site = Texts.Yaml("site: S\ncatalogs: [c]\nrules: [{ "
            + Rule.Replace(", " + Source, "", StringComparison.Ordinal) + ", " + key + " }]\n", out _);

        Assert.Equal(expected, Catalog.Check(YamlJson.Of(catalog!.Root)!.ToJsonString()).Count == 0);
        Assert.Equal(expected, Site.Check(YamlJson.Of(site!.Root)!.ToJsonString()).Count == 0);
    }

    [Theory]
    [InlineData("exceptions: [{ id: E, from: a, to: b, transport: tcp, reason: R, owner: O, expires: 2027-03-31 }]",
        true)]
    [InlineData("exceptions: [{ id: E, from: a, to: b, transport: tcp, reason: R, owner: O }]", false)]
    [InlineData("rules: [{ id: r, title: R, from: a, to: b, transport: tcp, ports: 23, verdict: forbidden }]", true)]
    [InlineData("networks: [{ network: 10.0.0.0, roles: [a] }]", false)]
    public void A_site_is_judged(string line, bool expected)
    {
        var yaml = Texts.Yaml(Encoding.UTF8.GetBytes("site: S\ncatalogs: [c]\n" + line + "\n"), out _);

        Assert.Equal(expected, Site.Check(YamlJson.Of(yaml!.Root)!.ToJsonString()).Count == 0);
    }
}
