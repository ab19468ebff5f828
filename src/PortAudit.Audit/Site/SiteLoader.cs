using System.Collections.Immutable;

namespace PortAudit.Audit.Site;

/// <summary>Replaced by the loader of the catalog branch.</summary>
public sealed record SiteLoad(SiteFile? Site, CatalogSet? Catalogs, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>Replaced by the loader of the catalog branch.</summary>
public static class SiteLoader
{
    /// <summary>Replaced.</summary>
    public static SiteLoad Load(string sitePath, string? rulesDirectory) => throw new NotImplementedException($"{sitePath} {rulesDirectory}");
}
