using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Catalog;

/// <summary>Entries as a table of GitHub Flavored Markdown (§4.10), sources included.</summary>
internal static class CatalogMarkdown
{
    public static void Write(CatalogList list, TextWriter writer)
    {
        var columns = CatalogColumns.For(list.Rows)
            .Add(("SOURCE", row => string.Join("; ", row.Sources.Select(source => SourceText.Short(source)))));
        WriteRow(writer, columns.Select(column => column.Title));
        WriteRow(writer, columns.Select(_ => "---"));
        foreach (var row in list.Rows)
            WriteRow(writer, columns.Select(column => Escape(column.Value(row))));
    }

    internal static void WriteRow(TextWriter writer, IEnumerable<string> cells) =>
        writer.Write($"| {string.Join(" | ", cells)} |\n");

    internal static string Escape(string text) => VisibleText.Escape(text)
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal);
}
