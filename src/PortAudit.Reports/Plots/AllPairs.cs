using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Timelines;

namespace PortAudit.Reports.Plots;

/// <summary>Timelines of all pairs of roles as one: what every pair counted, added up in the widest columns of
/// any.</summary>
internal static class AllPairs
{
    /// <summary>The name that stands for any originating role.</summary>
    private const string Everybody = "all roles";

    /// <summary>The sum; null without a timeline.</summary>
    public static RolePairTimeline? Of(ImmutableArray<RolePairTimeline> timelines) => timelines.IsEmpty
        ? null
        : new RolePairTimeline(Everybody, Everybody, Sum([.. timelines.Select(timeline => timeline.Flows)],
            VerdictWord.Order), Sum([.. timelines.Select(timeline => timeline.Bytes)], StringComparer.Ordinal),
            Ports([.. timelines.Select(timeline => timeline.Ports)]), Delays(timelines), []);

    private static TimePlot<TLane> Sum<TLane>(List<TimePlot<TLane>> plots, IComparer<TLane> order)
        where TLane : notnull
    {
        var width = WidestOf(plots.Where(plot => !plot.Columns.IsEmpty).Select(plot => plot.WidthNs));
        var columns = plots.SelectMany(plot => plot.Columns).GroupBy(column => Floor(column.StartNs, width))
            .OrderBy(group => group.Key)
            .Select(group => new TimeColumn<TLane>(group.Key, [.. group.SelectMany(column => column.Sums)
                .GroupBy(sum => sum.Key, sum => sum.Value).OrderBy(lane => lane.Key, order)
                .Select(lane => KeyValuePair.Create(lane.Key, lane.Sum()))]));
        return new TimePlot<TLane>(width, [.. columns]);
    }

    private static PortPlot Ports(List<PortPlot> plots)
    {
        var width = WidestOf(plots.Where(plot => !plot.Dots.IsEmpty).Select(plot => plot.WidthNs));
        var dots =
            from dot in plots.SelectMany(plot => plot.Dots)
            group dot by (StartNs: Floor(dot.StartNs, width), dot.FirstPort, dot.LastPort, dot.Verdict) into same
            orderby same.Key
            select new PortDot(same.Key.StartNs, same.Key.FirstPort, same.Key.LastPort, same.Key.Verdict,
                same.Sum(dot => dot.Flows), same.Sum(dot => dot.Announced));
        return new PortPlot(width, [.. dots]);
    }

    private static ImmutableArray<DelayLane> Delays(ImmutableArray<RolePairTimeline> timelines) =>
    [
        .. timelines.SelectMany(timeline => timeline.Delays).GroupBy(lane => lane.Protocol)
            .OrderBy(lane => lane.Key, StringComparer.Ordinal).Select(lanes => DelayLane.Sum(lanes.Key, lanes)),
    ];

    // Each width is a whole multiple of every narrower one (TimeGrid): columns lie whole in those of the widest.
    private static long WidestOf(IEnumerable<long> widths) => widths.DefaultIfEmpty(1).Max();

    private static long Floor(long startNs, long widthNs) => startNs - (((startNs % widthNs) + widthNs) % widthNs);
}
