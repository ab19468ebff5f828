using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Catalog;

/// <summary>
/// Entries as comma-separated values with a header line (RFC 4180). Several values in a cell are separated by one
/// space. An entry that rests on two documents has a row for each, alike but for the last four columns: lines are
/// counted in one text.
/// </summary>
internal static class CatalogCsv
{
    private static readonly ImmutableArray<(string Name, Func<CatalogRow, string> Value)> Columns =
    [
        ("kind", row => row.Kind.ToText()),
        ("id", row => row.Id),
        ("catalog", row => row.Catalog),
        ("title", row => OneLine(row.Title)),
        ("from", row => string.Join(' ', row.From)),
        ("to", row => string.Join(' ', row.To)),
        ("transport", row => string.Join(' ', row.Transports)),
        ("ports", row => string.Join(' ', row.Ports)),
        ("parameter", row => row.Parameter),
        ("protocol", row => string.Join(' ', row.Protocols)),
        ("security", row => row.Security),
        ("need", row => row.Need),
        ("when", row => row.When),
        ("via", row => row.Via),
        ("services", row => string.Join(' ', row.Services)),
        ("period", row => row.Period),
    ];

    private static readonly ImmutableArray<string> SourceColumns = ["document", "sha256", "section", "lines"];

    public static void Write(CatalogList list, TextWriter writer)
    {
        CsvLine.Write(writer, Columns.Select(column => column.Name).Concat(SourceColumns));
        foreach (var row in list.Rows)
        {
            var cells = Columns.Select(column => column.Value(row)).ToImmutableArray();
            if (row.Sources.IsEmpty)
                CsvLine.Write(writer, cells.Concat(SourceColumns.Select(_ => "")));
            foreach (var lines in row.Sources.GroupBy(source => source.Document, StringComparer.Ordinal))
                CsvLine.Write(writer, cells.Concat(SourceCells(list.Document(lines.Key), [.. lines])));
        }
    }

    private static IEnumerable<string> SourceCells(SourceDocument document, ImmutableArray<SourceReference> lines) =>
    [
        document.Id,
        document.Sha256 ?? "",
        string.Join(' ', lines.Select(line => line.Section).Distinct(StringComparer.Ordinal)),
        string.Join(' ', lines.SelectMany(line => line.Lines).Distinct().Order()
            .Select(line => line.ToString(CultureInfo.InvariantCulture))),
    ];

    // A folded text of several paragraphs holds line breaks.
    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
