using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Rows;

namespace PortAudit.Reports.Text;

/// <summary>What passed between each pair of roles, by verdict and in the five words of segmentation.</summary>
internal static class RolePairSection
{
    /// <summary>Columns that a table needs besides the names of roles, so that no word in it breaks: numbers, four
    /// words and some services.</summary>
    private const int TableWidthWithoutRoles = 58;

    /// <summary>Columns that the verdicts need besides that.</summary>
    private const int VerdictWidth = 26;

    /// <summary>
    /// Pairs of roles; those with escaped or misdropped flows come first, then those with the most flows.
    /// </summary>
    private const int MaximumPairs = 40;

    /// <summary>Services of a pair that are named.</summary>
    private const int MaximumServices = 12;

    public static void Write(ReportPage page, AuditReport report)
    {
        page.Heading("Role pairs");
        if (report.RolePairs.IsEmpty)
        {
            page.Paragraph(report.Coverage.Flows == 0 ? "None: no flow was found." : "None: no flow involves a role.");
            return;
        }

        var longestRole = report.RolePairs.Max(pair => Math.Max(pair.From.Length, pair.To.Length));
        var withVerdicts = longestRole + TableWidthWithoutRoles + VerdictWidth <= page.Width;
        page.Table(
            withVerdicts
                ? ["From -> to", "#Flows", "#Bytes", "Result", "Verdicts", "Services"]
                : ["From -> to", "#Flows", "#Bytes", "Result", "Services"],
            Shown(report.RolePairs).Select(pair => Row(pair, withVerdicts)));
        if (Shown(report.RolePairs)
            .Any(pair => pair.Services.Any(service => service.Contains(ProtocolText.ByPort, StringComparison.Ordinal))))
            page.Paragraph(ProtocolText.ByPortNote);
        if (report.RolePairs.Length > MaximumPairs)
        {
            var others = Quantity.Of(report.RolePairs.Length - MaximumPairs, "more pair");
            var sound = Shown(report.RolePairs).All(IsTrouble) ? ""
                : " without flows that escaped or were misdropped";
            page.Paragraph($"and {others}{sound}: {Shortened.InJson}");
        }
    }

    private static bool IsTrouble(RolePair pair) => pair.Words.Escaped + pair.Words.Misdropped > 0;

    private static IEnumerable<RolePair> Shown(ImmutableArray<RolePair> pairs) => pairs.Length <= MaximumPairs
        ? pairs
        : pairs
            .OrderByDescending(IsTrouble)
            .ThenByDescending(pair => pair.Flows)
            .Take(MaximumPairs);

    private static IReadOnlyList<IReadOnlyList<string>> Row(RolePair pair, bool withVerdicts) =>
    [
        [pair.From, $"-> {pair.To}"],
        [Quantity.Count(pair.Flows)],
        [Quantity.Bytes(pair.Bytes)],
        [.. WordLines.Of(pair.Words)],
        .. withVerdicts ? new IReadOnlyList<string>[] { [.. Verdicts(pair)] } : [],
        [Shortened.Names(pair.Services, MaximumServices)],
    ];

    private static IEnumerable<string> Verdicts(RolePair pair) =>
        pair.Verdicts.Select(verdict => $"{Quantity.Count(verdict.Value)} {verdict.Key.ToText()}");
}
