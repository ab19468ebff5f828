using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Segments;
using PortAudit.Audit.Wording;
using Spectre.Console;

namespace PortAudit.Reports.Text;

/// <summary>Who talked to whom: a row for each that opened flows, a column for each that was to answer. Columns have
/// the numbers of rows, so that many fit.</summary>
internal static class MatrixSection
{
    /// <summary>A matrix that is broken into more parts than these is no picture any more.</summary>
    private const int MaximumParts = 3;

    /// <summary>What a table has between two columns.</summary>
    private const int Gap = 2;

    /// <summary>Writes the matrix of roles; nothing where a list of pairs says as much.</summary>
    public static void WriteRoles(ReportPage page, AuditReport report)
    {
        if (report.RolePairs.Length < 2)
            return;
        page.Heading("Role matrix");
        Write(page, "role", report.RolePairs.ToDictionary(pair => (pair.From, pair.To),
            pair => (IReadOnlyList<string>)[Flows(pair.Flows, pair.Words)]));
    }

    /// <summary>Writes the matrix of segments, without a heading; nothing where a list of pairs says as much.</summary>
    public static void WriteSegments(ReportPage page, AuditReport report)
    {
        if (report.SegmentPairs.Length < 2)
            return;
        Write(page, "segment", report.SegmentPairs.ToDictionary(pair => (pair.From, pair.To), Cell));
    }

    private static IReadOnlyList<string> Cell(SegmentPair pair) =>
    [
        Flows(pair.Flows, pair.Words), Joined(Quantity.Bytes(pair.Bytes)),
        Quantity.Of(pair.Services.Length, "service"),
    ];

    private static void Write(ReportPage page, string noun,
        Dictionary<(string From, string To), IReadOnlyList<string>> cells)
    {
        var from = cells.Keys.Select(pair => pair.From).Distinct().Order(StringComparer.Ordinal).ToList();
        var to = cells.Keys.Select(pair => pair.To).Distinct().Order(StringComparer.Ordinal).ToList();
        var numbers = from.Union(to).Order(StringComparer.Ordinal).Index()
            .ToDictionary(entry => entry.Item, entry => entry.Index + 1, StringComparer.Ordinal);
        var rowWidth = from.Max(name => Label(name, numbers).Length) + 1;
        var columnWidth = cells.Values.Max(cell => cell.Max(line => line.Length)) + Gap;
        var columns = Math.Max(1, (page.Width - rowWidth - Gap) / columnWidth);
        if (to.Count > (long)columns * MaximumParts)
        {
            page.Paragraph($"{Quantity.Count(from.Count)} by {Quantity.Of(to.Count, noun)} do not fit here: "
                + $"{Shortened.OnPage}.");
            return;
        }

        page.Paragraph($"Flows from the row's {noun} to the {noun} with the column's number. !: some escaped, x: some "
            + $"misdropped.");
        foreach (var part in to.Chunk(columns))
        {
            page.Table(
                ["From", .. part.Select(name => $"#{numbers[name].ToString(CultureInfo.InvariantCulture)}")],
                from.Where(name => part.Any(other => cells.ContainsKey((name, other))))
                    .Select(name => Row(Label(name, numbers), part.Select(other =>
                        cells.GetValueOrDefault((name, other), [""])))));
        }

        var unlabelled = to.Except(from, StringComparer.Ordinal).Select(name => Label(name, numbers).TrimStart())
            .ToList();
        if (unlabelled.Count > 0)
            page.Paragraph($"Columns without a row: {string.Join(", ", unlabelled)}.",
                new Style(decoration: Decoration.Dim));
    }

    private static string Label(string name, Dictionary<string, int> numbers) =>
        string.Create(CultureInfo.InvariantCulture, $"{numbers[name],2} {name}");

    private static string Flows(long flows, DispositionCounts words) =>
        $"{Joined(Quantity.Rounded(flows))}{(words.Escaped > 0 ? "!" : "")}{(words.Misdropped > 0 ? "x" : "")}";

    private static string Joined(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    private static IReadOnlyList<IReadOnlyList<string>> Row(string label, IEnumerable<IReadOnlyList<string>> cells) =>
        [[label], .. cells];
}
