using PortAudit.Audit;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Text;

/// <summary>What passed between each pair of roles, by verdict and in the four words of segmentation: a table where it fits, a list where it does not.</summary>
internal static class RolePairSection
{
    /// <summary>Columns that a table needs besides the names of roles, so that no word in it breaks: numbers, four words and some services.</summary>
    private const int TableWidthWithoutRoles = 58;

    /// <summary>Columns that the verdicts need beside that.</summary>
    private const int VerdictWidth = 26;

    private const int LabelWidth = 9;

    /// <summary>Writes the section.</summary>
    public static void Write(ReportPage page, AuditReport report)
    {
        page.Heading("Role pairs");
        if (report.RolePairs.IsEmpty)
        {
            page.Paragraph(report.Coverage.Flows == 0 ? "None: no flow was found." : "None: no flow involves a role.");
            return;
        }

        var longestRole = report.RolePairs.Max(pair => Math.Max(pair.From.Length, pair.To.Length));
        if (longestRole + TableWidthWithoutRoles + VerdictWidth <= page.Width)
            page.Table(["From -> to", "#Flows", "#Bytes", "In four words", "Verdicts", "Services"], report.RolePairs.Select(pair => Row(pair, withVerdicts: true)));
        else if (longestRole + TableWidthWithoutRoles <= page.Width)
            page.Table(["From -> to", "#Flows", "#Bytes", "In four words", "Services"], report.RolePairs.Select(pair => Row(pair, withVerdicts: false)));
        else
            WriteList(page, report);
    }

    private static void WriteList(ReportPage page, AuditReport report)
    {
        foreach (var pair in report.RolePairs)
        {
            page.Paragraph($"{pair.From} -> {pair.To}");
            page.Fields(
                [
                    new("Traffic", $"{Quantity.Of(pair.Flows, "flow")}, {Quantity.Bytes(pair.Bytes)}"),
                    new("Words", string.Join(", ", Words(pair.Words))),
                    new("Verdicts", string.Join(", ", Verdicts(pair))),
                    new("Services", string.Join(", ", pair.Services)),
                ],
                LabelWidth);
        }
    }

    private static IReadOnlyList<IReadOnlyList<string>> Row(RolePair pair, bool withVerdicts) =>
    [
        [pair.From, $"-> {pair.To}"],
        [Quantity.Count(pair.Flows)],
        [Quantity.Bytes(pair.Bytes)],
        [.. Words(pair.Words)],
        .. withVerdicts ? new IReadOnlyList<string>[] { [.. Verdicts(pair)] } : [],
        [string.Join(", ", pair.Services)],
    ];

    private static IEnumerable<string> Verdicts(RolePair pair) => pair.Verdicts.Select(verdict => $"{Quantity.Count(verdict.Value)} {verdict.Key.ToText()}");

    private static IEnumerable<string> Words(FourWords words)
    {
        (long Flows, string Word)[] all = [(words.Permitted, "permitted"), (words.Escaped, "escaped"), (words.Blocked, "blocked"), (words.Misdropped, "misdropped")];
        return all.Where(word => word.Flows > 0).Select(word => $"{Quantity.Count(word.Flows)} {word.Word}");
    }
}
