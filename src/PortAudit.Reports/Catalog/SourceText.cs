using PortAudit.Audit.Catalog;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Catalog;

/// <summary>Sources of an entry, as a reader looks them up.</summary>
internal static class SourceText
{
    public static string Short(SourceReference source) => $"{source.Document}:{Lines(source)}";

    public static string Long(SourceReference source, CatalogList list) =>
        $"{list.Document(source.Document).Title}; {source.Section}; {(source.Lines.Length == 1 ? "line" : "lines")} "
            + $"{Lines(source)}";

    private static string Lines(SourceReference source) =>
        NumberRanges.Format([.. source.Lines.Select(line => (long)line)], int.MaxValue);
}
