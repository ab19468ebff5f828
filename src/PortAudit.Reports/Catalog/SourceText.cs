using PortAudit.Audit.Catalog;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Catalog;

/// <summary>Where an entry stands in the documents, as a reader looks it up.</summary>
internal static class SourceText
{
    /// <summary>Identifier of the document, and lines.</summary>
    public static string Short(SourceReference source) => $"{source.Document}:{Lines(source)}";

    /// <summary>Title of the document, section and lines.</summary>
    public static string Long(SourceReference source, CatalogList list) =>
        $"{list.Document(source.Document).Title}; {source.Section}; {(source.Lines.Length == 1 ? "line" : "lines")} "
            + $"{Lines(source)}";

    private static string Lines(SourceReference source) =>
        NumberRanges.Format([.. source.Lines.Select(line => (long)line)], int.MaxValue);
}
