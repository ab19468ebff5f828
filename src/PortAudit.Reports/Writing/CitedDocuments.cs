using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;

namespace PortAudit.Reports.Writing;

/// <summary>The documents that the catalogs of an audit cite.</summary>
internal static class CitedDocuments
{
    /// <summary>By identifier. Two catalogs that cite one document name the same entry of the sources list.</summary>
    public static FrozenDictionary<string, SourceDocument> ById(ImmutableArray<CatalogUse> catalogs) => catalogs
        .SelectMany(catalog => catalog.Documents)
        .DistinctBy(document => document.Id)
        .ToFrozenDictionary(document => document.Id, StringComparer.Ordinal);
}
