using System.Collections.Immutable;

namespace PortAudit.Audit.Catalog;

/// <summary>The rules of an audit: the catalogs that a site names, read without error.</summary>
/// <param name="Files">Catalogs in the order of the site.</param>
/// <param name="Documents">Every document that a catalog may cite.</param>
public sealed record CatalogSet(ImmutableArray<CatalogFile> Files, ImmutableArray<SourceDocument> Documents)
{
    /// <summary>The documents that the rules of a catalog cite, in the order of <see cref="Documents"/>.</summary>
    internal ImmutableArray<SourceDocument> CitedBy(CatalogFile file)
    {
        var cited = file.Rules.SelectMany(rule => rule.Source?.All ?? []).Select(source => source.Document)
            .ToHashSet(StringComparer.Ordinal);
        return [.. Documents.Where(document => cited.Contains(document.Id))];
    }
}
