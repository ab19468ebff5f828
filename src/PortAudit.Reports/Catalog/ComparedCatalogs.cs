using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Needs;

namespace PortAudit.Reports.Catalog;

/// <summary>Two catalogs that are compared, with the documents that they cite.</summary>
/// <param name="Comparison">The comparison.</param>
/// <param name="FirstDocuments">Documents that the first may cite.</param>
/// <param name="SecondDocuments">Documents that the second may cite.</param>
public sealed record ComparedCatalogs(CatalogComparison Comparison, ImmutableArray<SourceDocument> FirstDocuments,
    ImmutableArray<SourceDocument> SecondDocuments)
{
    private readonly FrozenDictionary<string, SourceDocument> _first = ById(FirstDocuments);
    private readonly FrozenDictionary<string, SourceDocument> _second = ById(SecondDocuments);

    /// <summary>The rows to list: every need with its pair of roles, in the order of the comparison.</summary>
    internal IEnumerable<(ComparedPair Pair, ComparedNeed Need)> Rows =>
        Comparison.Pairs.SelectMany(pair => pair.Needs, (pair, need) => (pair, need));

    /// <summary>The catalogs as headings name them: by identifier, or by file where both have the same.</summary>
    internal (string First, string Second) Names => Comparison.First.Id == Comparison.Second.Id
        ? (Comparison.First.File, Comparison.Second.File)
        : (Comparison.First.Id, Comparison.Second.Id);

    /// <summary>A document of one of the catalogs; every document that an entry cites is known.</summary>
    internal SourceDocument Document(string id, bool isOfFirst) => (isOfFirst ? _first : _second)[id];

    private static FrozenDictionary<string, SourceDocument> ById(ImmutableArray<SourceDocument> documents) =>
        documents.ToFrozenDictionary(document => document.Id, StringComparer.Ordinal);
}
