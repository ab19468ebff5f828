using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Text;

namespace PortAudit.Reports.Catalog;

/// <summary>One entry in full: its content, sources and related entries.</summary>
public static class CatalogEntryPage
{
    private const int LabelWidth = 12;

    /// <summary>Writes the page.</summary>
    /// <param name="row">The entry.</param>
    /// <param name="catalogs">The catalogs that it is compared with.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="width">Columns of a line.</param>
    public static void Write(CatalogRow row, CatalogSet catalogs, TextWriter writer, int width)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(catalogs);
        var list = new CatalogList(CatalogRows.All(catalogs), catalogs.Documents);
        var whole = Whole(row, list);
        PageText.Write(writer, width, color: false, page =>
        {
            page.Paragraph($"{row.Kind.ToText()} {row.Id}");
            page.Fields([.. Said(whole, list), .. Sources(whole, list), .. Around(whole, list, catalogs)], LabelWidth);
        });
    }

    // Several catalogs may define one role, condition or parameter, each with the names, lines and notes of its
    // documents.
    private static CatalogRow Whole(CatalogRow row, CatalogList list)
    {
        ImmutableArray<CatalogRow> same = [.. list.Rows.Where(other => other.Kind == row.Kind && other.Id == row.Id)];
        if (same.Length < 2)
            return row;
        return row with
        {
            Catalog = string.Join(", ", same.Select(other => other.Catalog)),
            Details = [.. same.SelectMany(other => other.Details).GroupBy(detail => detail.Name)
                .Select(key => new CatalogDetail(key.Key, [.. key.SelectMany(detail => detail.Values).Distinct()]))],
            Sources = [.. same.SelectMany(other => other.Sources)],
            Note = string.Join(' ', same.Select(other => other.Note).Where(note => note.Length > 0).Distinct()),
        };
    }

    private static IEnumerable<ReportField> Said(CatalogRow row, CatalogList list) =>
    [
        new("title", row.Title),
        new("catalog", row.Catalog),
        new("from", [.. row.From.Select(role => Titled(role, list))]),
        new("to", [.. row.To.Select(role => Titled(role, list))]),
        new("over", row.Kind == EntryKind.Parameter ? "" : row.Over),
        new("default", row.Kind == EntryKind.Parameter ? string.Join(' ', row.Ports) : ""),
        new("parameter", row.Parameter.Length == 0
            ? ""
            : $"{Titled(row.Parameter, list)}; the ports above are its default"),
        new("protocol", string.Join(" or ", row.Protocols)),
        new("security", row.Security),
        new("need", row.Need),
        new("when", [.. When(row, list)]),
        new("via", row.Via),
        new("services", string.Join(", ", row.Services)),
        new("period", row.Period),
        .. row.Details.Select(detail =>
            new ReportField(detail.Name.Replace('_', ' '), string.Join(", ", detail.Values))),
    ];

    private static IEnumerable<string> When(CatalogRow row, CatalogList list)
    {
        if (row.When.Length == 0)
            return [];
        var conditions = list.Rows
            .Where(entry => entry.Kind == EntryKind.Condition && row.When.Split(' ').Contains(entry.Id))
            .DistinctBy(entry => entry.Id);
        return [row.When, .. conditions.Select(condition =>
            $"{condition.Id}: {condition.Title} ({condition.Details[0].Values[0]} by default)")];
    }

    private static IEnumerable<ReportField> Sources(CatalogRow row, CatalogList list) =>
    [
        new("source", [.. row.Sources.Select(source => SourceText.Long(source, list))]),
        new("note", row.Note),
    ];

    private static IEnumerable<ReportField> Around(CatalogRow row, CatalogList list, CatalogSet catalogs) =>
    [
        new("used by", [.. list.Rows.Where(other => Uses(other, row))
            .Select(other => $"{other.Kind.ToText()} {other.Id}")]),
        new("signs", [.. Signs(row, catalogs)]),
        new("advice", [.. list.Rows.Where(advice => advice.About.Contains(row.Id))
            .Select(advice => $"{advice.Id}: {advice.Title}")]),
        new("overlaps", [.. Overlaps(row, catalogs).Select(rule =>
            OverlapLine(list.Rows.Single(other => other.Kind == EntryKind.Rule && other.Id == rule.Id)))]),
    ];

    private static IEnumerable<string> Signs(CatalogRow row, CatalogSet catalogs) => row.Kind != EntryKind.Role ? [] :
        catalogs.Files.SelectMany(file => file.Signs).Where(sign => sign.Role == row.Id).DistinctBy(sign => sign.Text)
            .Select(sign => $"{sign.Text}; {sign.Confidence.ToText()} "
                + $"confidence{(sign.Unless.IsEmpty ? "" : $", unless {string.Join(" or ", sign.Unless)}")}"
                + $"{(sign.Note is null ? "" : $". {sign.Note}")}");

    private static bool Uses(CatalogRow other, CatalogRow row) => row.Kind switch
    {
        EntryKind.Role => other.From.Contains(row.Id) || other.To.Contains(row.Id),
        EntryKind.Condition => other.When.Split(' ').Contains(row.Id),
        EntryKind.Parameter => other.Parameter == row.Id,
        EntryKind.Rule or EntryKind.Caution or EntryKind.Advice or EntryKind.Dependency => false,
    };

    private static ImmutableArray<Rule> Overlaps(CatalogRow row, CatalogSet catalogs) =>
        row.Kind == EntryKind.Rule
            ? RuleOverlap.Of(catalogs.Files.SelectMany(file => file.Rules).Single(rule => rule.Id == row.Id), catalogs)
            : [];

    private static string OverlapLine(CatalogRow rule) =>
        $"{rule.Id}: {string.Join(' ', rule.From)} -> {string.Join(' ', rule.To)}, {rule.Over}: {rule.Title}";

    private static string Titled(string id, CatalogList list) =>
        list.Rows.FirstOrDefault(row => row.Id == id) is { } row ? $"{id}: {row.Title}" : id;
}
