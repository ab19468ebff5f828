using PortAudit.Audit.State;

namespace PortAudit.Audit.Trends;

/// <summary>From when to when flows that a capture point recorded ended, for each day. A log has a connection when it
/// ends, however early that began, so ends tell when it was written.</summary>
internal sealed class PointEnds : IArchived
{
    private readonly SortedDictionary<int, (int First, int Last)> _minutes = [];

    /// <summary>The minutes of a day in which the first and the last flow ended; null when none did, or the day is
    /// before the <see cref="DayCounts.MaximumDays"/> latest.</summary>
    public (int First, int Last)? Of(int day) => _minutes.TryGetValue(day, out var minutes) ? minutes : null;

    public void Add(int day, int first, int last)
    {
        if (_minutes.TryGetValue(day, out var own))
            (first, last) = (Math.Min(first, own.First), Math.Max(last, own.Last));
        _minutes[day] = (first, last);
        if (_minutes.Count > DayCounts.MaximumDays)
            _minutes.Remove(_minutes.First().Key);
    }

    public void UnionWith(PointEnds other)
    {
        foreach (var (day, (first, last)) in other._minutes)
            Add(day, first, last);
    }

    public void Persist(StateArchive archive) => archive.Map(_minutes,
        static (archive, day) => archive.Index(day, DateOnly.MaxValue.DayNumber),
        static (archive, _, minutes) => (archive.Index(minutes.First, TrendTime.MinutesOfDay - 1),
            archive.Index(minutes.Last, TrendTime.MinutesOfDay - 1)));
}
