using System.Collections.Immutable;

namespace PortAudit.Audit.Passages;

/// <summary>How well the clocks of two capture points are set against each other.</summary>
public enum ClockFit
{
    /// <summary>Nothing passed both points in either direction.</summary>
    None,

    /// <summary>Packets of one direction only passed: the difference has one bound, and delays are not known.</summary>
    OneBound,

    /// <summary>One difference fits all the time.</summary>
    Constant,

    /// <summary>The difference grows evenly.</summary>
    Drift,

    /// <summary>Each five minutes have a difference of their own.</summary>
    Windows,
}

/// <summary>The words of <see cref="ClockFit"/>.</summary>
public static class ClockFitText
{
    /// <summary>The word in machine-readable output.</summary>
    public static string ToText(this ClockFit fit) => fit switch
    {
        ClockFit.None => "none",
        ClockFit.OneBound => "one-bound",
        ClockFit.Constant => "constant",
        ClockFit.Drift => "drift",
        ClockFit.Windows => "windows",
    };
}

/// <summary>
/// How much later the clock of the second capture point reads than that of the first. No packet arrives before it was
/// sent: what goes from the first point to the second bounds the difference from above, what comes back from below
/// (Paxson, On Calibrating Measurements of Packet Transit Times, 1998).
/// </summary>
/// <param name="Fit">How it is known.</param>
/// <param name="Windows">Bounds of each time: one for <see cref="ClockFit.Constant"/>.</param>
/// <param name="DriftPerSecond">Nanoseconds by which the difference grows in a second; 0 unless it drifts.</param>
public sealed record PointClock(ClockFit Fit, ImmutableArray<ClockWindow> Windows, double DriftPerSecond)
{
    /// <summary>Time for which one difference is sought when none fits for longer, in nanoseconds.</summary>
    public const long WindowNs = 300_000_000_000;

    /// <summary>Windows that are compared at most to find a line, those with the narrowest bounds.</summary>
    private const int MaximumWindows = 500;

    /// <summary>A clock of which nothing is known.</summary>
    public static readonly PointClock Unknown = new(ClockFit.None, [], 0);

    /// <summary>The difference at a time of the first point's clock, in nanoseconds, with how far it may be off; null
    /// when it is not known.</summary>
    public (long OffsetNs, long HalfWidthNs)? At(long timestampNs)
    {
        if (Fit is ClockFit.None or ClockFit.OneBound)
            return null;
        var window = Fit == ClockFit.Windows
            ? Windows.FirstOrDefault(window => timestampNs >= window.FromNs && timestampNs < window.FromNs + WindowNs)
            : Windows[0];
        if (window is null || window.LowestNs > window.HighestNs)
            return null;
        var drift = (long)(DriftPerSecond * ((timestampNs - window.FromNs) / 1e9));
        return (((window.LowestNs + window.HighestNs) / 2) + drift, (window.HighestNs - window.LowestNs) / 2);
    }

    /// <summary>The clock that differences of single packets tell.</summary>
    /// <param name="there">Of packets that went from the first point to the second.</param>
    /// <param name="back">Of packets that came back.</param>
    internal static PointClock Of(IEnumerable<TimeDifference> there, IEnumerable<TimeDifference> back)
    {
        var windows = new SortedDictionary<long, Bounds>();
        foreach (var difference in there)
            BoundsAt(windows, difference).NoteThere(difference);
        foreach (var difference in back)
            BoundsAt(windows, difference).NoteBack(difference);
        if (windows.Count == 0)
            return Unknown;
        List<Bounds> all = [.. windows.Values];
        var (lowest, highest) = (all.Max(bounds => bounds.Lowest?.Ns), all.Min(bounds => bounds.Highest?.Ns));
        var fromNs = windows.Keys.First() * WindowNs;
        if (lowest is null || highest is null)
            return new PointClock(ClockFit.OneBound,
                [new ClockWindow(fromNs, lowest ?? long.MinValue, highest ?? long.MaxValue)], 0);
        if (lowest <= highest)
            return new PointClock(ClockFit.Constant, [new ClockWindow(fromNs, lowest.Value, highest.Value)], 0);
        return Line(all, fromNs) ?? new PointClock(ClockFit.Windows, [.. windows
            .Where(window => window.Value is { Lowest: not null, Highest: not null })
            .Select(window => new ClockWindow(window.Key * WindowNs, window.Value.Lowest!.Value.Ns,
                window.Value.Highest!.Value.Ns))], 0);
    }

    private static Bounds BoundsAt(SortedDictionary<long, Bounds> windows, TimeDifference difference)
    {
        var window = difference.TimestampNs / WindowNs;
        if (!windows.TryGetValue(window, out var bounds))
            windows.Add(window, bounds = new Bounds());
        return bounds;
    }

    /// <summary>The line between all bounds, null when there is none: of the slopes that fit the middle one.</summary>
    private static PointClock? Line(List<Bounds> all, long fromNs)
    {
        List<Bounds> narrow = [.. all.Where(bounds => bounds is { Lowest: not null, Highest: not null })
            .OrderBy(bounds => bounds.Highest!.Value.Ns - bounds.Lowest!.Value.Ns).Take(MaximumWindows)];
        var (least, most) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var low in narrow.Select(bounds => bounds.Lowest!.Value))
        {
            foreach (var high in narrow.Select(bounds => bounds.Highest!.Value))
            {
                var seconds = (high.TimestampNs - low.TimestampNs) / 1e9;
                var slope = (high.Ns - low.Ns) / seconds;
                if (seconds > 0)
                    most = Math.Min(most, slope);
                else if (seconds < 0)
                    least = Math.Max(least, slope);
                else if (high.Ns < low.Ns)
                    return null;
            }
        }

        if (least > most || double.IsInfinity(least) || double.IsInfinity(most))
            return null;
        var drift = (least + most) / 2;
        double AtStart(TimeDifference bound) => bound.Ns - (drift * ((bound.TimestampNs - fromNs) / 1e9));
        var lowest = all.Max(bounds => bounds.Lowest is { } low ? AtStart(low) : double.NegativeInfinity);
        var highest = all.Min(bounds => bounds.Highest is { } high ? AtStart(high) : double.PositiveInfinity);
        return lowest > highest
            ? null
            : new PointClock(ClockFit.Drift, [new ClockWindow(fromNs, (long)lowest, (long)highest)], drift);
    }

    private sealed class Bounds
    {
        public TimeDifference? Lowest { get; private set; }

        public TimeDifference? Highest { get; private set; }

        public void NoteThere(TimeDifference difference)
        {
            if (Highest is not { } highest || difference.Ns < highest.Ns)
                Highest = difference;
        }

        public void NoteBack(TimeDifference difference)
        {
            if (Lowest is not { } lowest || difference.Ns > lowest.Ns)
                Lowest = difference;
        }
    }
}

/// <summary>Bounds of the difference of two clocks.</summary>
/// <param name="FromNs">From when on, by the first clock, in nanoseconds since the Unix epoch.</param>
/// <param name="LowestNs">The difference is at least this, in nanoseconds.</param>
/// <param name="HighestNs">It is at most this. Below <paramref name="LowestNs"/> where a clock was set
/// meanwhile.</param>
public sealed record ClockWindow(long FromNs, long LowestNs, long HighestNs);
