using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;

namespace PortAudit.Reports.Catalog;

/// <summary>Entries to be listed.</summary>
/// <param name="Rows">The entries in the order of the list.</param>
/// <param name="Documents">The documents that they may cite.</param>
public sealed record CatalogList(ImmutableArray<CatalogRow> Rows, ImmutableArray<SourceDocument> Documents)
{
    private readonly FrozenDictionary<string, SourceDocument> _byId = Documents.ToFrozenDictionary(document =>
        document.Id, StringComparer.Ordinal);

    /// <summary>The document of this identifier; every document that an entry cites is known.</summary>
    internal SourceDocument Document(string id) => _byId[id];
}
