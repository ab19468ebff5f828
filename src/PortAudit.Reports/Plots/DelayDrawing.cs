using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PortAudit.Audit.Timelines;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Plots;

/// <summary>Draws response times: a row for each protocol with its flows by delay on a logarithmic axis, and the median
/// and 95th percentile in words. Each row has its own scale: rows compare by position.</summary>
internal static class DelayDrawing
{
    /// <summary>Rows at most; of more protocols those with the fewest flows share the last one.</summary>
    public const int MaximumRows = 8;

    private const double Top = 6;
    private const double RowHeight = 42;
    private const double ColumnHeight = 20;
    private const double LowestColumn = 1.6;
    private const double CaptionHeight = 14;
    private const double Usual = 0.5;
    private const double NearlyAll = 0.95;

    /// <summary>Of fewer flows than this, 95 in 100 are all.</summary>
    private const int FewFlows = 20;

    private static readonly PlotMark Columns = new("delay", "");
    private static readonly PlotMark Half = new("half", "");
    private static readonly PlotMark Most = new("most", "");

    /// <summary>Draws a plot.</summary>
    /// <param name="lanes">The protocols, at least one, each with a flow.</param>
    /// <param name="withHints">True to give columns tooltips.</param>
    public static PlotDrawing Of(ImmutableArray<DelayLane> lanes, bool withHints)
    {
        var rows = Rows(lanes);
        var scale = DelayAxis.Of(rows.SelectMany(row => row.Steps), PlotDrawing.Left, PlotDrawing.Right);
        var bottom = Top + (rows.Length * RowHeight);
        var placed = rows.Select((row, index) => (Row: row, Baseline: Top + ((index + 1) * RowHeight))).ToList();
        return new PlotDrawing
        {
            Title = "Time to the first answer, by protocol",
            AmountLabel = "flows",
            Shown = $"{Quantity.Of(rows.Sum(row => row.Flows), "flow")} with an answer",
            Summary = $"{string.Join("; ", rows.Select(Words))}.",
            Axis = scale.Axis,
            Top = Top,
            Bottom = bottom,
            Ticks = [.. placed.SkipLast(1).Select(entry => new PlotTick(entry.Baseline, ""))],
            Marks =
            [
                Columns with { Path = string.Concat(placed.Select(entry =>
                    ColumnsPath(entry.Row, entry.Baseline, scale))) },
                Half with { Path = string.Concat(placed.Select(entry =>
                    LinePath(scale.X(entry.Row.Within(Usual)), entry.Baseline))) },
                Most with { Path = string.Concat(placed.Select(entry =>
                    LinePath(scale.X(entry.Row.Within(NearlyAll)), entry.Baseline))) },
            ],
            Captions = [.. placed.Select(entry =>
                new PlotCaption(PlotDrawing.Left + 6, entry.Baseline - RowHeight + CaptionHeight, Words(entry.Row)))],
            Hints = !withHints ? [] : [.. placed.SelectMany(entry =>
                entry.Row.Steps.Select(step => HintOf(entry.Row, step, entry.Baseline, scale)))],
            Legend =
            [
                new PlotKey(Columns with { Path = "M2-6h12v12h-12z" }, "flows by delay, each row on its own scale"),
                new PlotKey(Half with { Path = "M8-7v14" }, "half answered"),
                new PlotKey(Most with { Path = "M8-7v14" }, "95 in 100 answered"),
            ],
        };
    }

    private static ImmutableArray<DelayLane> Rows(ImmutableArray<DelayLane> lanes)
    {
        var byFlows = lanes.OrderByDescending(lane => lane.Flows).ThenBy(lane => lane.Protocol, StringComparer.Ordinal)
            .ToList();
        if (byFlows.Count <= MaximumRows)
            return [.. byFlows];
        var rest = byFlows.Skip(MaximumRows - 1).ToList();
        return [.. byFlows.Take(MaximumRows - 1),
            DelayLane.Sum(Quantity.Of(rest.Count, "other protocol"), rest)];
    }

    private static string Words(DelayLane row)
    {
        var all = DelayWords.Of(row.Within(NearlyAll));
        if (row.Flows == 1)
            return $"{row.Protocol}: 1 flow, answered within {all}";
        return $"{row.Protocol}: {Quantity.Of(row.Flows, "flow")}, half answered within "
            + $"{DelayWords.Of(row.Within(Usual))}, {(row.Flows < FewFlows ? "all" : "95 in 100")} within {all}";
    }

    /// <summary>The columns of a row: steps that touch are one outline, which takes a third of the bytes.</summary>
    private static string ColumnsPath(DelayLane row, double baseline, DelayAxis scale)
    {
        var (most, path, end) = (row.Steps.Max(step => step.Flows), new StringBuilder(), -1L);
        foreach (var step in row.Steps)
        {
            if (step.BeginNs != end)
                path.Append(CultureInfo.InvariantCulture, $"{(end < 0 ? "" : $"V{Pixels.Of(baseline)}")}M"
                    + $"{Pixels.Of(scale.X(step.BeginNs))} {Pixels.Of(baseline)}");
            path.Append(CultureInfo.InvariantCulture,
                $"V{Pixels.Of(baseline - Math.Max(LowestColumn, ColumnHeight * step.Flows / most))}H"
                    + $"{Pixels.Of(scale.X(step.EndNs))}");
            end = step.EndNs;
        }

        return $"{path}V{Pixels.Of(baseline)}";
    }

    private static string LinePath(double x, double baseline) =>
        $"M{Pixels.Of(x)} {Pixels.Of(baseline)}v-{Pixels.Of(ColumnHeight + 3)}";

    private static PlotHint HintOf(DelayLane row, DelayStep step, double baseline, DelayAxis scale)
    {
        var left = scale.X(step.BeginNs);
        var range = step.BeginNs == 0
            ? $"below {DelayWords.Of(step.EndNs)}"
            : $"{DelayWords.Of(step.BeginNs)} to {DelayWords.Of(step.EndNs)}";
        return new PlotHint(left, scale.X(step.EndNs) - left,
            $"{row.Protocol}: {Quantity.Of(step.Flows, "flow")} answered in {range}", baseline - ColumnHeight,
            ColumnHeight);
    }
}
