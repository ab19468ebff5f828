using System.Text;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Audit.Yaml;

namespace PortAudit.Tests.Yaml;

/// <summary>Reads files that tests hold as text.</summary>
internal static class Texts
{
    public const string CatalogHead = "catalog: c\ntitle: C\nroles: { a: { title: A }, b: { title: B } }\n";

    public const string ConditionsAndParameters = """
        conditions:
          - { id: x, title: X, default: on, source: { document: d, section: S, lines: [1] } }
          - { id: y, title: Y, default: off, source: { document: d, section: S, lines: [1] } }
        parameters:
          - { id: p, title: P, default: [5000-5020, 6000], source: { document: d, section: S, lines: [1] } }

        """;

    public const string SiteHead = "site: S\ncatalogs: [c]\n";

    private static readonly SourceDocument Document = new("d", "D", null, null, "");

    private static readonly SourceDocument Page = new("page", "Page", null, null, null)
    {
        Url = "https://example.com/",
        Read = new DateOnly(2026, 11, 27),
    };

    public static YamlFile? Yaml(string text, out Diagnostic[] diagnostics) =>
        Yaml(Encoding.UTF8.GetBytes(text), out diagnostics);

    public static YamlFile? Yaml(byte[] bytes, out Diagnostic[] diagnostics)
    {
        var file = new FileDiagnostics("f.yaml");
        var yaml = YamlFile.Parse(bytes, file);
        diagnostics = Drain(file);
        return yaml;
    }

    public static CatalogText? Catalog(string text, out Diagnostic[] diagnostics)
    {
        var file = new FileDiagnostics("f.yaml");
        var catalog = YamlFile.Parse(Encoding.UTF8.GetBytes(text), file) is { } yaml
            ? CatalogReader.Read(yaml, [Document, Page], file)
            : null;
        diagnostics = Drain(file);
        return catalog;
    }

    public static SiteFile? Site(string text, CatalogSet? catalogs, out Diagnostic[] diagnostics)
    {
        var file = new FileDiagnostics("f.yaml");
        var site = YamlFile.Parse(Encoding.UTF8.GetBytes(text), file) is { } yaml
            ? SiteReader.Read(yaml, KnownNames.Of("catalog",
                catalogs?.Files.Select(catalog => catalog.Id).Append("c") ?? ["c"]), _ => catalogs, file)
            : null;
        diagnostics = Drain(file);
        return site;
    }

    public static CatalogSet SmallCatalogs()
    {
        var rule = "rules:\n  - { id: r, title: R, from: a, to: b, transport: tcp, ports: 1, need: required, source: { "
            + "document: d, section: S, lines: [1] } }\n";
        var catalog = Catalog(CatalogHead + ConditionsAndParameters + rule, out var diagnostics);
        Assert.Empty(diagnostics);
        return new CatalogSet([catalog!.File], []);
    }

    /// <summary>Asserts that exactly this one diagnostic came: <c>LINE:COLUMN: message; suggestion</c>.</summary>
    public static void Only(string expected, Diagnostic[] diagnostics) =>
        Assert.Equal(["f.yaml:" + expected], diagnostics.Select(diagnostic => diagnostic.ToString()));

    private static Diagnostic[] Drain(FileDiagnostics file)
    {
        var diagnostics = new List<Diagnostic>();
        file.MoveTo(diagnostics);
        return [.. diagnostics];
    }
}
