using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Plots;

/// <summary>Who talked to whom: a row for each that opened flows, a column for each that was to answer.</summary>
/// <param name="From">The rows.</param>
/// <param name="To">The columns.</param>
/// <param name="Cells">What passed; pairs that never talked have none.</param>
internal sealed record PlotMatrix(ImmutableArray<string> From, ImmutableArray<string> To,
    ImmutableDictionary<(string From, string To), MatrixCell> Cells)
{
    /// <summary>Shades of cells.</summary>
    public const int Shades = 4;

    private long Most => Cells.IsEmpty ? 1 : Cells.Values.Max(cell => cell.Flows);

    public long Flows => Cells.Values.Sum(cell => cell.Flows);

    public static PlotMatrix OfRoles(AuditReport report) => Of(report.RolePairs.Select(pair =>
        (pair.From, pair.To, MatrixCell.Of(pair.Flows, pair.Words))));

    /// <summary>The matrix of the segments of a report.</summary>
    public static PlotMatrix OfSegments(AuditReport report) => Of(report.SegmentPairs.Select(pair =>
        (pair.From, pair.To, MatrixCell.Of(pair.Flows, pair.Words) with { Bytes = pair.Bytes })));

    /// <summary>The matrix of some pairs, rows and columns by name.</summary>
    public static PlotMatrix Of(IEnumerable<(string From, string To, MatrixCell Cell)> pairs)
    {
        var cells = pairs.ToImmutableDictionary(pair => (pair.From, pair.To), pair => pair.Cell);
        return new PlotMatrix(Names(cells.Keys.Select(key => key.From)), Names(cells.Keys.Select(key => key.To)),
            cells);
    }

    /// <summary>1 to 4, by the logarithm: one pair with most of the flows does not leave the others white.</summary>
    public int ShadeOf(MatrixCell cell) =>
        1 + Math.Min(Shades - 1, (int)(Shades * Math.Log(cell.Flows + 1.0) / Math.Log(Most + 2.0)));

    /// <summary>The matrix with at most some rows and columns: those with the fewest flows share the last
    /// one.</summary>
    /// <param name="maximum">Rows and columns at most, at least 2.</param>
    /// <param name="noun">What a row is, in the singular.</param>
    public PlotMatrix Within(int maximum, string noun)
    {
        var rows = Joined(From, key => key.From, maximum, noun);
        var columns = Joined(To, key => key.To, maximum, noun);
        var (from, to) = (rows.ToDictionary(StringComparer.Ordinal), columns.ToDictionary(StringComparer.Ordinal));
        var cells = Cells.GroupBy(cell => (from[cell.Key.From], to[cell.Key.To]), cell => cell.Value)
            .ToImmutableDictionary(group => group.Key, group => group.Aggregate(MatrixCell.Add));
        return new PlotMatrix([.. rows.Select(row => row.Value).Distinct()],
            [.. columns.Select(column => column.Value).Distinct()], cells);
    }

    private static ImmutableArray<string> Names(IEnumerable<string> names) =>
        [.. names.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The name of the row or column in which each one stands, in their order.</summary>
    private List<KeyValuePair<string, string>> Joined(ImmutableArray<string> names,
        Func<(string From, string To), string> side, int maximum, string noun)
    {
        var own = names;
        if (names.Length > maximum)
        {
            var flows = Cells.ToLookup(cell => side(cell.Key), cell => cell.Value.Flows);
            own = [.. names.OrderByDescending(name => flows[name].Sum())
                .ThenBy(name => name, StringComparer.Ordinal).Take(maximum - 1)];
        }

        // Those with a row of their own come first, by name; the last row holds the others.
        var rest = Quantity.Of(names.Length - own.Length, $"other {noun}");
        return [.. names.Where(own.Contains).Select(name => KeyValuePair.Create(name, name)),
            .. names.Where(name => !own.Contains(name)).Select(name => KeyValuePair.Create(name, rest))];
    }
}

/// <summary>What passed from one to another.</summary>
/// <param name="Flows">Number of flows.</param>
/// <param name="Escaped">Flows among them that were not allowed and arrived.</param>
/// <param name="Misdropped">Flows among them that were allowed and stopped.</param>
internal readonly record struct MatrixCell(long Flows, long Escaped, long Misdropped)
{
    /// <summary>Sum of original frame lengths; 0 where it is not shown.</summary>
    public long Bytes { get; init; }

    public static MatrixCell Of(long flows, DispositionCounts words) => new(flows, words.Escaped, words.Misdropped);

    public static MatrixCell Add(MatrixCell one, MatrixCell other) => new(one.Flows + other.Flows,
        one.Escaped + other.Escaped, one.Misdropped + other.Misdropped)
    {
        Bytes = one.Bytes + other.Bytes,
    };
}
