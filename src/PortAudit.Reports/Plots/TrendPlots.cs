using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Trends;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Text;

namespace PortAudit.Reports.Plots;

/// <summary>The plots of a trend: a bar for each day or week, of the five words.</summary>
internal static class TrendPlots
{
    /// <summary>Periods that are drawn, the latest.</summary>
    public const int MaximumPeriods = 100;

    /// <summary>All flows.</summary>
    public static PlotDrawing OfAll(TrafficTrend trend) =>
        Of(trend, [.. trend.Periods.SelectMany(span => span.Counts)], "Flows of all pairs");

    /// <summary>The flows of a pair of segments.</summary>
    public static PlotDrawing Of(TrafficTrend trend, TrendPair pair) =>
        Of(trend, pair.Counts, $"Flows from {pair.Pair.From} to {pair.Pair.To}");

    private static PlotDrawing Of(TrafficTrend trend, ImmutableArray<TrendCount> counts, string title)
    {
        var first = Math.Max(0, trend.Periods.Length - MaximumPeriods);
        var flows = counts.Where(count => count.Period >= first)
            .ToLookup(count => (count.Word, count.Period), count => count.Flows);
        ImmutableArray<BarLane> lanes =
        [
            .. WordLook.All.Where(word => word is not null || flows.Any(count => count.Key.Word is null))
                .Select(word => LaneOf(word, [.. Enumerable.Range(first, trend.Periods.Length - first)
                    .Select(period => flows[(word, period)].Sum())])),
        ];
        var by = trend.By.ToText();
        var drawing = new BarDrawing([.. trend.Periods.Skip(first).Select(TrendWords.Short)], lanes,
            amount => Quantity.Of(amount, "flow"))
        {
            IsStacked = true,
        };
        return drawing.Of($"{title} by {by}", "flows that began",
            $"{by} (UTC) from {trend.Periods[first].First:yyyy-MM-dd}; {by}s without a flow are left out",
            Quantity.Count, Quantity.Of(lanes.Sum(lane => lane.Amounts.Sum()), "flow"));
    }

    private static BarLane LaneOf(FlowWord? word, ImmutableArray<long> amounts) => new(
        $"{WordLook.TextOf(word)}{WordLook.MeaningOf(word)} ({Quantity.Of(amounts.Sum(), "flow")})",
        new PlotMark($"{WordLook.ClassOf(word)} filled", "", WordLook.HatchOf(word)), amounts);
}
