using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Plots;

/// <summary>The plots of what a baseline does not know, and of what behaves unlike its name: one for each
/// finding.</summary>
internal static class NewsPlots
{
    private const long NsPerHour = 3_600_000_000_000;
    private const long NsPerTick = 100;
    private const long NsPerMillisecond = 1_000_000;

    private static readonly PlotMark Now = new($"{PlotHatches.ProtocolClass(1)} filled", "", PlotHatches.Rising);

    private static readonly PlotMark Before = new($"{PlotHatches.ProtocolClass(0)} filled", "");

    /// <summary>The plots of what is new, in the order of the rows.</summary>
    public static IEnumerable<FindingPlot> Of(TrafficNews? news) => news is null ? [] :
        news.Rows.GroupBy(row => row.Finding).Select(rows => new FindingPlot(rows.Key, HeadingOf([.. rows]),
            rows.First().FirstIntervalsNs is { IsEmpty: false } intervals
                ? Intervals(intervals)
                : Hours([.. rows], news.Baseline)));

    /// <summary>The plots of what behaves unlike its name.</summary>
    public static IEnumerable<FindingPlot> Of(BehaviourReport? behaviour) => behaviour is null ? [] :
        behaviour.Unlike.Select(row => new FindingPlot(row.Finding,
            $"{row.FromRole} to {row.ToRole}, rule {row.Rule.Id}", Sizes(row)));

    private static string HeadingOf(ImmutableArray<NewsRow> rows)
    {
        var entry = rows[0].Entry;
        var more = rows.Length > 1 ? $" and {rows.Length - 1} more" : "";
        return $"{entry.FromRole} to {entry.ToRole}, {entry.Service}{more}";
    }

    private static PlotDrawing Hours(ImmutableArray<NewsRow> rows, LearnedTraffic baseline)
    {
        var hours = Enumerable.Range(0, LearnedEntry.HoursPerDay).ToList();
        ImmutableArray<long> now = [.. hours.Select(hour => rows.Sum(row => row.Entry.Hours[hour]))];

        // Entries of one service in other segments share what was before.
        ImmutableArray<long> before = [.. hours.Select(hour => rows.DistinctBy(row => (row.Entry.Transport,
            row.Entry.Ports, row.Entry.Name)).Sum(row => row.HoursBefore[hour]))];
        var lanes = ImmutableArray.Create(
            new BarLane($"in the baseline ({Quantity.Of(before.Sum(), "connection")})", Before, before),
            new BarLane($"in this audit ({Quantity.Of(now.Sum(), "connection")})", Now, now));
        return new BarDrawing([.. hours.Select(hour => hour.ToString("00", CultureInfo.InvariantCulture))], lanes,
            amount => Quantity.Of(amount, "connection")).Of(
            "Connections by the hour of the day", "connections that began",
            $"hour of the day (UTC); the baseline watched {WatchedHours(baseline.Watched)}", Quantity.Count,
            $"{Quantity.Of(now.Sum(), "connection")} of this audit and {Quantity.Count(before.Sum())} of the baseline");
    }

    /// <summary>The hours of the day in which a baseline watched at all: <c>00 to 05, 07</c>.</summary>
    internal static string WatchedHours(ImmutableArray<CaptureGap> spans)
    {
        var watched = new bool[LearnedEntry.HoursPerDay];
        foreach (var span in spans)
        {
            var hours = (span.ToNs - span.FromNs) / NsPerHour;
            for (var hour = 0L; hour <= Math.Min(hours, LearnedEntry.HoursPerDay); hour++)
                watched[HourOf(span.FromNs + (hour * NsPerHour))] = true;
            watched[HourOf(span.ToNs)] = true;
        }

        if (watched.All(hour => hour))
            return "all hours";
        var parts = new List<string>();
        for (var hour = 0; hour < watched.Length; hour++)
        {
            if (!watched[hour])
                continue;
            var first = hour;
            while (hour + 1 < watched.Length && watched[hour + 1])
                hour++;
            parts.Add(first == hour ? $"{first:00}" : $"{first:00} to {hour:00}");
        }

        return parts.Count == 0 ? "no hour" : string.Join(", ", parts);
    }

    private static int HourOf(long ns) => DateTime.UnixEpoch.AddTicks(ns / NsPerTick).Hour;

    private static PlotDrawing Intervals(ImmutableArray<long> intervalsNs) => new BarDrawing(
        [.. Enumerable.Range(1, intervalsNs.Length).Select(number => number.ToString(CultureInfo.InvariantCulture))],
        [
            new BarLane("time from one connection to the next", Now,
                [.. intervalsNs.Select(ns => ns / NsPerMillisecond)]),
        ],
        Milliseconds).Of(
        "Intervals between connections", "interval", "the first intervals, in their order; of the pair of hosts that "
            + "connects most often", Milliseconds, Quantity.Of(intervalsNs.Length, "interval"));

    private static string Milliseconds(long ms) => Duration.ToText(ms * NsPerMillisecond);

    private static PlotDrawing Sizes(UnlikeRow row)
    {
        var bounds = FlowBehaviour.SizeBounds.ToArray();
        ImmutableArray<string> classes =
        [
            .. Enumerable.Range(0, FlowBehaviour.SizeClasses).Select(i => (i == 0 ? 1 : bounds[i - 1]) is var least
                && i < bounds.Length ? $"{least} to {bounds[i] - 1}" : $"{least} and more"),
        ];
        var lanes = ImmutableArray.Create(
            new BarLane($"sent by the originators ({Quantity.Of(row.SizesOut.Sum(), "packet")})", Now, row.SizesOut),
            new BarLane($"received by them ({Quantity.Of(row.SizesIn.Sum(), "packet")})", Before, row.SizesIn));
        return new BarDrawing(classes, lanes, amount => Quantity.Of(amount, "packet")).Of(
            "Packets by the size of their payload", "packets with payload", "bytes of payload", Quantity.Count,
            Quantity.Of(row.SizesOut.Sum() + row.SizesIn.Sum(), "packet with payload", "packets with payload"));
    }
}

/// <summary>The plot of a finding.</summary>
/// <param name="Finding"><see cref="Finding.Id"/>.</param>
/// <param name="Heading">Whose traffic it shows.</param>
/// <param name="Drawing">The plot.</param>
internal sealed record FindingPlot(string Finding, string Heading, PlotDrawing Drawing);
