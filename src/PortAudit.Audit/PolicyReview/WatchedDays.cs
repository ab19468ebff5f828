using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.PolicyReview;

/// <summary>When captures watched, and what each day (UTC) brought.</summary>
/// <param name="Days">Days on which a capture point watched or a connection began, ascending.</param>
/// <param name="Points">When each capture point watched, by name.</param>
/// <param name="HasMoreServices">True when there were more services between roles than are kept apart.</param>
public sealed record WatchedDays(ImmutableArray<WatchedDay> Days, ImmutableArray<WatchedPoint> Points,
    bool HasMoreServices)
{
    /// <summary>Days that captures have to watch before a rule is called unused: a working week and a
    /// weekend.</summary>
    public const int LeastDays = 7;

    /// <summary>Days that are counted: captures of more than ten years have a clock that is wrong.</summary>
    internal const int MaxDays = 3_660;

    /// <summary>Capture points, the first by name, of which the time on each day is kept.</summary>
    public const int MaxPoints = 100;

    private const long NanosecondsPerDay = 86_400_000_000_000;
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>The longest time that one capture point watched, in nanoseconds.</summary>
    public long LongestNs { get; } = Points.Select(point => point.WatchedNs).DefaultIfEmpty().Max();

    /// <summary>True when a rule that nothing used may be called unused.</summary>
    public bool IsLongEnough => IsEnough(LongestNs);

    /// <summary>Days between the first and the last on which nothing was recorded.</summary>
    public int MissingDays => Days.IsEmpty ? 0 : Days[^1].Date.DayNumber - Days[0].Date.DayNumber + 1 - Days.Length;

    /// <summary>Services between two roles that were seen.</summary>
    public int Services => Days.Sum(day => day.NewServices.Length);

    /// <summary>Which of the days that matter were watched, in sentences.</summary>
    public string Text
    {
        get
        {
            if (Days.IsEmpty)
                return "No packet was recorded.";
            var until = Days.Length == 1 ? "" : $" to {Date(Days[^1])}";
            var missing = MissingDays == 0 ? "" : $", but for {Quantity.Of(MissingDays, "day")} without a capture";
            if (Days.Length == MaxDays)
                missing += " (no more days are counted)";
            return $"The longest-watching capture point watched {Duration.InSentence(LongestNs)}; captures cover "
                + $"{Quantity.Of(Days.Length, "day")} (UTC), {Date(Days[0])}{until}{missing}: "
                + $"{Count(Days.Count(day => day.IsWeekend), "weekend day")}, "
                + $"{Count(Days.Count(day => day.IsMonthEnd), "month end")}, "
                + $"{Count(Days.Count(day => day.IsPatchDay), "patch day")} (second Tuesday of a month).";
        }
    }

    /// <summary>True when a rule that nothing used for so long may be called unused.</summary>
    /// <param name="ns">Nanoseconds.</param>
    internal static bool IsEnough(long ns) => ns >= LeastDays * NanosecondsPerDay;

    /// <summary>Gathers the days of all captures, and what connections brought on them.</summary>
    internal static WatchedDays Of(SiteFile site, ObservationSummary observation, DayLedger ledger)
    {
        var points = WatchedPoint.All(site, observation);
        var days = new SortedDictionary<DateOnly, SortedDictionary<string, long>>();
        foreach (var point in points.Take(MaxPoints))
            AddDays(days, point);
        var connections = ledger.Days.ToDictionary(entry => entry.Day, entry => entry.Connections);
        var services = ledger.Services.ToLookup(entry => entry.First, entry => entry.Service);
        return new WatchedDays(
            [
                .. days.Keys.Union(connections.Keys).Order().Take(MaxDays).Select(day => new WatchedDay(day,
                    [.. days.GetValueOrDefault(day, [])], connections.GetValueOrDefault(day), [.. services[day]])),
            ], points, ledger.HasMoreServices);
    }

    /// <summary>The day of a time in nanoseconds since the Unix epoch.</summary>
    internal static DateOnly DayOf(long ns)
    {
        var day = Math.DivRem(ns, NanosecondsPerDay, out var rest);
        return DateOnly.FromDayNumber(EpochDay + (int)day - (rest < 0 ? 1 : 0));
    }

    private static void AddDays(SortedDictionary<DateOnly, SortedDictionary<string, long>> days, WatchedPoint point)
    {
        var left = MaxDays;
        foreach (var time in point.Times)
        {
            for (var from = time.FromNs; left > 0;)
            {
                var day = DayOf(from);
                var next = NextDayNs(day);
                if (!days.TryGetValue(day, out var points))
                    days.Add(day, points = new SortedDictionary<string, long>(StringComparer.Ordinal));
                left -= points.TryAdd(point.Name, 0) ? 1 : 0;
                points[point.Name] += (long)(Int128.Min(next, time.ToNs) - from);
                if (next > time.ToNs)
                    break;
                from = (long)next;
            }
        }
    }

    private static Int128 NextDayNs(DateOnly day) =>
        (Int128)(day.DayNumber + 1 - EpochDay) * NanosecondsPerDay;

    private static string Date(WatchedDay day) => day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Count(int number, string noun) => number == 0 ? $"no {noun}" : Quantity.Of(number, noun);
}
