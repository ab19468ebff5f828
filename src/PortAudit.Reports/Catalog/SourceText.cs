using PortAudit.Audit.Catalog;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Catalog;

/// <summary>Sources of an entry, as a reader looks them up.</summary>
internal static class SourceText
{
    public static string Short(SourceReference source) => source.Lines.IsEmpty
        ? $"{source.Document}: {source.Section}"
        : $"{source.Document}:{CitedDocuments.LinesOf(source)}";

    public static string Long(SourceReference source, CatalogList list)
    {
        var document = list.Document(source.Document);
        return CitedDocuments.TextOf(document.Title, document, source);
    }
}
