using System.Collections.Immutable;
using PortAudit.Audit.Timelines;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Plots;

/// <summary>Draws sums over time as stacked columns. A sum that is not zero is never too small to be seen.</summary>
/// <typeparam name="TLane">What the sums are distinguished by.</typeparam>
/// <param name="Lanes">The lanes from the bottom of a column upwards, with the way they look.</param>
/// <param name="Amount">How an amount is said, with its unit.</param>
/// <param name="Detail">How much of it is drawn.</param>
internal sealed record ColumnDrawing<TLane>(ImmutableArray<ColumnLane<TLane>> Lanes, Func<long, string> Amount,
    PlotDetail Detail)
    where TLane : notnull
{
    private const double Top = 14;
    private const double UsualHeight = 168;
    private const double WidestColumn = 20;
    private const double NarrowestColumn = 1.2;
    private const double LowestPart = 1.6;

    /// <summary>Pixels that a column is wide at least, with the air around it: what is narrower is joined.</summary>
    private const double NarrowestSlot = 4.5;

    private double Bottom => Top + (Detail.Height ?? UsualHeight);

    /// <summary>Draws a plot.</summary>
    /// <param name="plot">The sums, at least one column.</param>
    /// <param name="time">The time axis.</param>
    /// <param name="label">How a mark of the upright axis is written.</param>
    /// <param name="words">Title, and what the upright axis counts.</param>
    public PlotDrawing Of(TimePlot<TLane> plot, TimeScale time, Func<long, string> label,
        (string Title, string AmountLabel, string How) words)
    {
        var widthNs = WidthFor(plot.WidthNs, time);
        var columns = Join(plot, widthNs);
        var scale = new AmountScale(columns.Max(column => column.Parts.Sum()), label, Top, Bottom);
        var totals = Lanes.Select((_, lane) => columns.Sum(column => column.Parts[lane])).ToList();
        return new PlotDrawing
        {
            Title = words.Title,
            AmountLabel = words.AmountLabel,
            Shown = $"{Amount(totals.Sum())} {words.How}",
            Axis = time.Axis($"a column is {TimeWords.Width(widthNs)}"),
            Summary = $"{string.Join(", ", Lanes.Select((lane, index) => $"{lane.Text} {Amount(totals[index])}"))}; at "
                + $"most {Amount(columns.Max(column => column.Parts.Sum()))} in {TimeWords.Width(widthNs)}.",
            Top = Top,
            Bottom = Bottom,
            Ticks = scale.Ticks,
            Marks = [.. Lanes.Select((lane, index) => lane.Look with { Path = string.Concat(columns.Select(column =>
                PartPath(SpanOf(time, column.StartNs, widthNs), column.Parts, index, scale))) })
                .Where(mark => mark.Path.Length > 0)],
            Hints = !Detail.WithHints ? [] : [.. columns.Select(column =>
                HintOf(SpanOf(time, column.StartNs, widthNs), column.StartNs, column.Parts))],
            Legend = [.. Lanes.Select((lane, index) =>
                new PlotKey(lane.Look with { Path = "M2-6h12v12h-12z" },
                    $"{lane.Text}{lane.Meaning} ({Amount(totals[index])})"))],
        };
    }

    /// <summary>The smallest round width, a multiple of the plot's own, that is wide enough on the axis.</summary>
    private long WidthFor(long widthNs, TimeScale time) =>
        TimeTicks.Steps.FirstOrDefault(step =>
            step >= widthNs && step % widthNs == 0
                && step / time.NsPerPixel >= (Detail.NarrowestColumn ?? NarrowestSlot), widthNs);

    private List<(long StartNs, ImmutableArray<long> Parts)> Join(TimePlot<TLane> plot, long widthNs) =>
    [
        .. plot.Columns
            .GroupBy(column => column.StartNs - (((column.StartNs % widthNs) + widthNs) % widthNs), PartsOf)
            .Select(group =>
                (group.Key, group.Aggregate((sum, parts) => [.. sum.Zip(parts, (one, other) => one + other)]))),
    ];

    private ImmutableArray<long> PartsOf(TimeColumn<TLane> column) =>
        [.. Lanes.Select(lane => column.Sums.Where(sum => lane.Holds(sum.Key)).Sum(sum => sum.Value))];

    private static (double X, double Width) SpanOf(TimeScale time, long startNs, long widthNs)
    {
        var (left, right) = time.Span(startNs, widthNs);
        var width = Math.Clamp((right - left) * 0.86, NarrowestColumn, WidestColumn);
        return ((left + right - width) / 2, width);
    }

    // Filling closes a path by itself.
    private string PartPath((double X, double Width) span, ImmutableArray<long> parts, int lane,
        AmountScale scale)
    {
        if (parts[lane] == 0)
            return "";
        var below = 0.0;
        for (var index = 0; index < lane; index++)
            below += HeightOf(parts[index], scale);
        var (height, width) = (HeightOf(parts[lane], scale), Pixels.Of(span.Width));
        return $"M{Pixels.Of(span.X)} {Pixels.Of(Bottom - below)}v-{Pixels.Of(height)}h{width}v{Pixels.Of(height)}";
    }

    private static double HeightOf(long part, AmountScale scale) =>
        part == 0 ? 0 : Math.Max(LowestPart, scale.Height(part));

    private PlotHint HintOf((double X, double Width) span, long startNs, ImmutableArray<long> parts)
    {
        var said = Lanes.Select((lane, index) => (lane.Text, Part: parts[index])).Where(lane => lane.Part > 0)
            .Select(lane => $"{lane.Text} {Amount(lane.Part)}");
        return new PlotHint(span.X, span.Width, $"{ReportTime.ToMillisecond(startNs)}: {string.Join(", ", said)}",
            Top, Bottom - Top);
    }
}

/// <summary>A part of the columns.</summary>
/// <param name="Text">What it is called.</param>
/// <param name="Holds">True for the sums that belong to it.</param>
/// <param name="Look">How it looks.</param>
/// <param name="Meaning">What the legend says behind its name.</param>
internal sealed record ColumnLane<TLane>(string Text, Func<TLane, bool> Holds, PlotMark Look, string Meaning = "");
