using PortAudit.Audit.Wording;
using PortAudit.Reports.Text;

namespace PortAudit.Reports.Catalog;

/// <summary>Entries as a table for display. Cells wrap to the width; without one, each entry is one line. The last line
/// has the count.</summary>
internal static class CatalogTable
{
    /// <summary>Columns of a page on which nothing wraps: more than a row of the longest identifiers needs.</summary>
    private const int Unbounded = 100_000;

    public static void Write(CatalogList list, TextWriter writer,
        int? width) => PageText.Write(writer, width ?? Unbounded, color: false, page =>
    {
        var columns = CatalogColumns.For(list.Rows);
        if (!list.Rows.IsEmpty)
        {
            page.Table(
                [.. columns.Select(column => column.Title)],
                list.Rows.Select(row => (IReadOnlyList<IReadOnlyList<string>>)[.. columns.Select(column =>
                    (IReadOnlyList<string>)[column.Value(row)])]));
        }

        page.Paragraph(Quantity.Of(list.Rows.Length, "entry", "entries"));
    });
}
