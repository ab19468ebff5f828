using PortAudit.Audit;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Text;

/// <summary>What passed between each pair of roles, by verdict and in the four words of segmentation.</summary>
internal static class RolePairSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(ReportPage page, AuditReport report)
    {
        page.Heading("Role pairs");
        if (report.RolePairs.IsEmpty)
        {
            page.Paragraph(report.Coverage.Flows == 0 ? "None: no flow was found." : "None: no flow involves a role.");
            return;
        }

        page.Table(["From -> to", "#Flows", "#Bytes", "In four words", "Verdicts", "Services"], report.RolePairs.Select(Row));
    }

    private static IReadOnlyList<IReadOnlyList<string>> Row(RolePair pair) =>
    [
        [pair.From, $"-> {pair.To}"],
        [Quantity.Count(pair.Flows)],
        [Quantity.Bytes(pair.Bytes)],
        [.. Words(pair.Words)],
        [.. pair.Verdicts.Select(verdict => $"{Quantity.Count(verdict.Value)} {verdict.Key.ToText()}")],
        [string.Join(", ", pair.Services)],
    ];

    private static IEnumerable<string> Words(FourWords words) =>
        from word in new[] { (words.Permitted, "permitted"), (words.Escaped, "escaped"), (words.Blocked, "blocked"), (words.Misdropped, "misdropped") }
        where word.Item1 > 0
        select $"{Quantity.Count(word.Item1)} {word.Item2}";
}
