using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
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

    /// <summary>Where a source stands, for a reader: title, section, lines, and the address of a page.</summary>
    /// <param name="title">Title of the document.</param>
    /// <param name="document">The document; null when unknown.</param>
    /// <param name="source">The source.</param>
    public static string TextOf(string title, SourceDocument? document, SourceReference source)
    {
        var lines = source.Lines.IsEmpty ? "" : $"; {(source.Lines.Length == 1 ? "line" : "lines")} {LinesOf(source)}";
        var address = document?.Url is { } url
            ? string.Create(CultureInfo.InvariantCulture, $"; {url}, read {document.Read:yyyy-MM-dd}")
            : "";
        return $"{title}; {source.Section}{lines}{address}";
    }

    /// <summary>The lines of a source: <c>12, 14-16</c>; empty without any.</summary>
    public static string LinesOf(SourceReference source) =>
        NumberRanges.Format([.. source.Lines.Select(line => (long)line)], int.MaxValue);
}
