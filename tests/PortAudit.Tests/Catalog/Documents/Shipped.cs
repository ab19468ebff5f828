using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>All catalogs that travel inside the program, read once.</summary>
internal static class Shipped
{
    /// <summary>The catalogs.</summary>
    public static CatalogSet Catalogs { get; } = Load();

    /// <summary>Their rules.</summary>
    public static ImmutableArray<Rule> Rules { get; } = [.. Catalogs.Files.SelectMany(file => file.Rules)];

    private static CatalogSet Load()
    {
        var diagnostics = new List<Diagnostic>();
        var catalogs = CatalogLibrary.Load(CatalogLibrary.Ids(null, diagnostics), null, diagnostics);
        Assert.Empty(diagnostics);
        return catalogs!;
    }
}
