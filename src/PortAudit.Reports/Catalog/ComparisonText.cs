using System.Collections.Immutable;
using PortAudit.Audit.Needs;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Text;

namespace PortAudit.Reports.Catalog;

/// <summary>A comparison for display: counts, roles that differ, and a table for each pair of roles.</summary>
internal static class ComparisonText
{
    public static void Write(ComparedCatalogs compared, TextWriter writer, int width) =>
        PageText.Write(writer, width, color: false, page =>
        {
            var (comparison, names) = (compared.Comparison, compared.Names);
            page.Paragraph($"{comparison.First.Title} ({names.First}) -> {comparison.Second.Title} ({names.Second})");
            page.Blank();
            page.Paragraph($"{Quantity.Of(comparison.Pairs.Length, "pair")} of roles; needs: "
                + $"{ComparisonWords.Counts(compared)}.");
            WriteRoles(page, [.. ComparisonWords.Roles(compared)]);
            foreach (var pair in comparison.Pairs.Where(pair => !pair.Needs.IsEmpty))
                WritePair(page, pair, names);
        });

    private static void WriteRoles(ReportPage page, ImmutableArray<string> roles)
    {
        if (roles.IsEmpty)
            return;
        page.Blank();
        page.Paragraph("Roles that only one of them has under this identifier:");
        foreach (var role in roles)
            page.Paragraph($"- {role}");
    }

    private static void WritePair(ReportPage page, ComparedPair pair, (string First, string Second) names)
    {
        page.Blank();
        page.Paragraph($"{pair.From} -> {pair.To}");
        page.Table(["CHANGE", names.First, names.Second, "NEED"], pair.Needs.Select(need =>
            (IReadOnlyList<IReadOnlyList<string>>)[Change(need), Asked(need, need.First), Asked(need, need.Second),
                [ComparisonWords.Need(need)]]));
    }

    private static List<string> Change(ComparedNeed need) =>
    [
        need.Change.ToText(),
        .. need is { First: not null, Second: not null, OnlyFirst.IsEmpty: false }
            ? [$"less {ComparisonWords.Ports(need.OnlyFirst)}"]
            : Array.Empty<string>(),
        .. need is { First: not null, Second: not null, OnlySecond.IsEmpty: false }
            ? [$"plus {ComparisonWords.Ports(need.OnlySecond)}"]
            : Array.Empty<string>(),
    ];

    private static ImmutableArray<string> Asked(ComparedNeed need, AskedPorts? asked)
    {
        if (asked is null)
            return need.Narrower.IsEmpty ? ["-"] : ["only for", .. ComparisonWords.Narrower(need)];
        return [ComparisonWords.Over(need, asked), .. asked.Rules.Select(asking =>
            $"{ComparisonWords.Rule(asking, asked)} ({ComparisonWords.Sources(asking)})")];
    }
}
