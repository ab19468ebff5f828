using PortAudit.Audit.Needs;

namespace PortAudit.Reports.Catalog;

/// <summary>A comparison as a table of GitHub Flavored Markdown (§4.10), below it the roles of one catalog
/// only.</summary>
internal static class ComparisonMarkdown
{
    public static void Write(ComparedCatalogs compared, TextWriter writer)
    {
        var names = compared.Names;
        string[] titles = ["FROM", "TO", "CHANGE", names.First, names.Second, "NEED"];
        CatalogMarkdown.WriteRow(writer, titles.Select(CatalogMarkdown.Escape));
        CatalogMarkdown.WriteRow(writer, titles.Select(_ => "---"));
        foreach (var (pair, need) in compared.Rows)
        {
            string[] cells = [pair.From, pair.To, need.Change.ToText(), Asked(need, need.First),
                Asked(need, need.Second), ComparisonWords.Need(need)];
            CatalogMarkdown.WriteRow(writer, cells.Select(CatalogMarkdown.Escape));
        }

        if (!compared.Comparison.Roles.IsEmpty)
            writer.Write('\n');
        foreach (var role in ComparisonWords.Roles(compared))
            writer.Write($"- {CatalogMarkdown.Escape(role)}\n");
    }

    private static string Asked(ComparedNeed need, AskedPorts? asked)
    {
        if (asked is null)
            return need.Narrower.IsEmpty ? "" : $"only for {string.Join(", ", ComparisonWords.Narrower(need))}";
        return $"{ComparisonWords.Over(need, asked)}: " + string.Join(", ", asked.Rules.Select(asking =>
            $"{ComparisonWords.Rule(asking, asked)} ({ComparisonWords.Sources(asking)})"));
    }
}
