using System.Collections.Immutable;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Trends;

/// <summary>Which minutes of periods capture points watched.</summary>
internal sealed class TrendWatch
{
    private readonly TrendPeriod _by;
    private readonly ImmutableArray<int> _firstDays;
    private readonly Dictionary<string, ulong[]?[]> _points = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WatchedPeriods> _together = new(StringComparer.Ordinal);

    /// <param name="by">The length of the periods.</param>
    /// <param name="firstDays">Their first days, ascending.</param>
    /// <param name="site">Names the capture points.</param>
    /// <param name="observation">What was read.</param>
    /// <param name="ledger">When flows ended.</param>
    public TrendWatch(TrendPeriod by, ImmutableArray<int> firstDays, SiteFile site, ObservationSummary observation,
        TrendLedger ledger)
    {
        (_by, _firstDays) = (by, firstDays);
        var absences = new Absences(site, observation);
        var captures = observation.Captures.Where(capture => capture is { FirstNs: not null, LastNs: not null })
            .SelectMany(capture => capture.Points.Select(point => (Point: point, Capture: capture)))
            .ToLookup(entry => entry.Point, entry => entry.Capture, StringComparer.Ordinal);
        foreach (var point in captures)
        {
            if (ledger.EndsOf(point.Key) is { } ends)
                _points.Add(point.Key, MinutesOf([.. TrendSpell.Of(point)], absences.Of(point.Key), ends));
        }
    }

    /// <summary>Minutes of a period that the point watched that watched it longest.</summary>
    public int LongestIn(int period) =>
        _points.Values.Select(point => WatchedPeriods.CountOf(point[period])).DefaultIfEmpty().Max();

    /// <summary>When all of these points watched; never when it is not known of one of them.</summary>
    public WatchedPeriods Of(IReadOnlyCollection<string> points, bool isKnown)
    {
        var key = isKnown ? string.Join('\n', points) : "\n";
        if (_together.TryGetValue(key, out var known))
            return known;
        var together = new WatchedPeriods(_by, _firstDays, isKnown ? Together(points) : Never);
        if (_together.Count < TrendLedger.MaximumPoints)
            _together.Add(key, together);
        return together;
    }

    private ulong[]?[] Never => new ulong[_firstDays.Length][];

    private ulong[]?[] Together(IReadOnlyCollection<string> points)
    {
        ulong[]?[]? together = null;
        foreach (var name in points)
        {
            if (!_points.TryGetValue(name, out var point))
                return Never;
            together = together is null ? point : [.. together.Zip(point, Both)];
        }

        return together ?? Never;
    }

    private static ulong[]? Both(ulong[]? one, ulong[]? other) => one is null || other is null
        ? null
        : [.. one.Zip(other, static (own, theirs) => own & theirs)];

    /// <summary>The minutes of a point. A day on which no flow of it ended proves nothing; where a spell is doubtful, a
    /// day counts from the first end of a flow to the last.</summary>
    private ulong[]?[] MinutesOf(ImmutableArray<TrendSpell> spells, ImmutableArray<CaptureGap> absences, PointEnds ends)
    {
        ulong[]?[] minutes = [.. _firstDays.Select(_ => new ulong[((_by.Days() * TrendTime.MinutesOfDay) + 63) / 64])];
        foreach (var spell in spells)
        {
            foreach (var (bits, day, offset) in DaysOf(minutes, spell.First, spell.Last))
            {
                if (ends.Of(day) is not { } ended)
                    continue;
                var (first, last) = spell.IsDoubtful ? ended : (0, TrendTime.MinutesOfDay - 1);
                var begin = (long)day * TrendTime.MinutesOfDay;
                for (var minute = Math.Max(spell.First - begin, first); minute <= Math.Min(spell.Last - begin, last);
                    minute++)
                    bits[(offset + minute) / 64] |= 1UL << (int)((offset + minute) % 64);
            }
        }

        foreach (var absence in absences)
            Clear(minutes, TrendTime.MinuteOf(absence.FromNs) + 1, TrendTime.MinuteOf(absence.ToNs) - 1);
        return minutes;
    }

    private void Clear(ulong[]?[] minutes, long from, long to)
    {
        foreach (var (bits, day, offset) in DaysOf(minutes, from, to))
        {
            var begin = (long)day * TrendTime.MinutesOfDay;
            for (var minute = Math.Max(from - begin, 0); minute <= Math.Min(to - begin, TrendTime.MinutesOfDay - 1);
                minute++)
                bits[(offset + minute) / 64] &= ~(1UL << (int)((offset + minute) % 64));
        }
    }

    /// <summary>The days of periods from one minute to another, each with the bits of its period and the number of its
    /// first bit.</summary>
    private IEnumerable<(ulong[] Bits, int Day, int Offset)> DaysOf(ulong[]?[] minutes, long from, long to)
    {
        if (from > to)
            yield break;
        var (first, last) = (from / TrendTime.MinutesOfDay, to / TrendTime.MinutesOfDay);
        var period = _firstDays.BinarySearch(_by.FirstDayOf((int)first));
        for (period = period < 0 ? ~period : period; period < minutes.Length && _firstDays[period] <= last; period++)
        {
            for (var day = Math.Max(0, first - _firstDays[period]);
                day < _by.Days() && _firstDays[period] + day <= last; day++)
                yield return (minutes[period]!, _firstDays[period] + (int)day, (int)day * TrendTime.MinutesOfDay);
        }
    }
}
