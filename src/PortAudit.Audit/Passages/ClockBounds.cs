namespace PortAudit.Audit.Passages;

/// <summary>Bounds of the difference of two clocks in windows of five minutes, from packets between them
/// (<see cref="PointClock"/>).</summary>
internal sealed class ClockBounds
{
    /// <summary>Windows that are compared at most to find a line, those with the narrowest bounds.</summary>
    private const int MaximumWindows = 500;

    private readonly SortedDictionary<long, Bounds> _windows = [];

    /// <summary>Adds a packet.</summary>
    /// <param name="difference">How much later the second point recorded it.</param>
    /// <param name="isThere">True when it went from the first point to the second, false when it came back.</param>
    public void Note(TimeDifference difference, bool isThere)
    {
        var window = difference.TimestampNs / PointClock.WindowNs;
        if (!_windows.TryGetValue(window, out var bounds))
            _windows.Add(window, bounds = new Bounds());
        if (isThere)
            bounds.NoteThere(difference);
        else
            bounds.NoteBack(difference);
    }

    public PointClock ToClock()
    {
        if (_windows.Count == 0)
            return PointClock.Unknown;
        List<Bounds> all = [.. _windows.Values];
        var (lowest, highest) = (all.Max(bounds => bounds.Lowest?.Ns), all.Min(bounds => bounds.Highest?.Ns));
        var fromNs = _windows.Keys.First() * PointClock.WindowNs;
        if (lowest is null || highest is null)
            return new PointClock(ClockFit.OneBound,
                [new ClockWindow(fromNs, lowest ?? long.MinValue, highest ?? long.MaxValue)], 0);
        if (lowest <= highest)
            return new PointClock(ClockFit.Constant, [new ClockWindow(fromNs, lowest.Value, highest.Value)], 0);
        return Line(all, fromNs) ?? new PointClock(ClockFit.Windows, [.. _windows
            .Where(window => window.Value is { Lowest: not null, Highest: not null })
            .Select(window => new ClockWindow(window.Key * PointClock.WindowNs, window.Value.Lowest!.Value.Ns,
                window.Value.Highest!.Value.Ns))], 0);
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
