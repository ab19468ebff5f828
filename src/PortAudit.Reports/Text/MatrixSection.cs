using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Wording;
using Spectre.Console;

namespace PortAudit.Reports.Text;

/// <summary>Who talked to whom: a row for each originating role, a column for each responding one. Columns have the
/// numbers of roles, so that many fit.</summary>
internal static class MatrixSection
{
    /// <summary>A matrix that is broken into more parts than these is no picture any more.</summary>
    private const int MaximumParts = 3;

    /// <summary>What a table has between two columns.</summary>
    private const int Gap = 2;

    /// <summary>Writes the section; nothing where a list of pairs says as much.</summary>
    public static void Write(ReportPage page, AuditReport report)
    {
        if (report.RolePairs.Length < 2)
            return;
        var roles = report.RolePairs.SelectMany(pair => new[] { pair.From, pair.To }).Distinct()
            .Order(StringComparer.Ordinal).ToList();
        var numbers = roles.Index().ToDictionary(entry => entry.Item, entry => entry.Index + 1, StringComparer.Ordinal);
        var from = report.RolePairs.Select(pair => pair.From).Distinct().Order(StringComparer.Ordinal).ToList();
        var to = report.RolePairs.Select(pair => pair.To).Distinct().Order(StringComparer.Ordinal).ToList();
        var cells = report.RolePairs.ToDictionary(pair => (pair.From, pair.To), Cell);
        var rowWidth = from.Max(role => Label(role, numbers).Length) + 1;
        var columnWidth = cells.Values.Max(cell => cell.Length) + Gap;
        var columns = Math.Max(1, (page.Width - rowWidth - Gap) / columnWidth);

        page.Heading("Role matrix");
        if (to.Count > (long)columns * MaximumParts)
        {
            page.Paragraph($"{Quantity.Count(from.Count)} by {Quantity.Count(to.Count)} roles do not fit here: "
                + $"{Shortened.OnPage}.");
            return;
        }

        page.Paragraph("Flows from the row's role to the role with the column's number. !: some escaped, x: some "
            + $"misdropped.");
        foreach (var part in to.Chunk(columns))
        {
            page.Table(
                ["From", .. part.Select(role => $"#{numbers[role].ToString(CultureInfo.InvariantCulture)}")],
                from.Where(role => part.Any(other => cells.ContainsKey((role, other))))
                    .Select(role =>
                        Row(Label(role, numbers), part.Select(other => cells.GetValueOrDefault((role, other), "")))));
        }

        var unlabelled = to.Except(from, StringComparer.Ordinal).Select(role => Label(role, numbers).TrimStart())
            .ToList();
        if (unlabelled.Count > 0)
            page.Paragraph($"Columns without a row: {string.Join(", ", unlabelled)}.",
                new Style(decoration: Decoration.Dim));
    }

    private static string Label(string role, Dictionary<string, int> numbers) =>
        string.Create(CultureInfo.InvariantCulture, $"{numbers[role],2} {role}");

    private static string Cell(
        RolePair pair) => $"{Quantity.Rounded(pair.Flows).Replace(" ", "", StringComparison.Ordinal)}"
            + $"{(pair.Words.Escaped > 0 ? "!" : "")}{(pair.Words.Misdropped > 0 ? "x" : "")}";

    private static IReadOnlyList<IReadOnlyList<string>> Row(string label, IEnumerable<string> cells) =>
        [[label], .. cells.Select(cell => new[] { cell })];
}
