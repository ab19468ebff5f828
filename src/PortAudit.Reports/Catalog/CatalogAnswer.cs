using PortAudit.Audit.Catalog;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Text;

namespace PortAudit.Reports.Catalog;

/// <summary>What one party may say to another, and why: a paragraph for each rule, the preferred one first.</summary>
public static class CatalogAnswer
{
    private const int LabelWidth = 10;

    /// <summary>Writes the answer.</summary>
    /// <param name="question">The question, without its end: <c>a to b over tcp 443</c>.</param>
    /// <param name="list">The rules that answer it.</param>
    /// <param name="catalogs">The catalogs that were asked.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="width">Columns of a line.</param>
    public static void Write(string question, CatalogList list, CatalogSet catalogs, TextWriter writer, int width)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(catalogs);
        var conditions = catalogs.Files.SelectMany(file => file.Conditions).DistinctBy(condition => condition.Id)
            .ToList();
        PageText.Write(writer, width, color: false, page =>
        {
            page.Paragraph(list.Rows.IsEmpty
                ? $"No rule covers {question}."
                : $"{Quantity.Of(list.Rows.Length, "rule")} for {question}, in the order of preference:");
            foreach (var row in list.Rows)
            {
                page.Blank();
                page.Paragraph($"{row.Id}: {row.Title}");
                page.Fields(Fields(row, list, conditions), LabelWidth);
            }
        });
    }

    private static IEnumerable<ReportField> Fields(CatalogRow row, CatalogList list, List<Condition> conditions) =>
    [
        new("over", row.Parameter.Length == 0 ? row.Over : $"{row.Over} (parameter {row.Parameter})"),
        new("from", string.Join(' ', row.From)),
        new("to", string.Join(' ', row.To)),
        new("protocol", row.Protocols.IsEmpty ? "" : $"{string.Join(" or ", row.Protocols)}, security {row.Security}"),
        new("need", row.Details.Any(detail => detail.Name == "verdict") ? "forbidden" : row.Need),
        new("when", [.. When(row, conditions)]),
        new("via", row.Via == "direct" ? "" : row.Via),
        new("services", string.Join(", ", row.Services)),
        new("off", row.WhyOff),
        new("source", [.. row.Sources.Select(source => SourceText.Long(source, list))]),
        new("note", row.Note),
    ];

    private static IEnumerable<string> When(CatalogRow row, List<Condition> conditions)
    {
        if (row.When.StartsWith("any-of:", StringComparison.Ordinal))
            yield return "one of:";
        foreach (var condition in conditions.Where(condition => row.When.Split(' ').Contains(condition.Id)))
            yield return $"{condition.Id}: {condition.Title} ({(condition.Default ? "on" : "off")} by default)";
    }
}
