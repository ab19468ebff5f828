using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.PolicyReview;

/// <summary>The days (UTC) on which captures watched.</summary>
/// <param name="Days">Days between the first and the last packet of a capture, ascending.</param>
/// <param name="LongestNs">The longest time that one capture point watched, in nanoseconds.</param>
public sealed record WatchedDays(ImmutableArray<DateOnly> Days, long LongestNs)
{
    /// <summary>Days that captures have to watch before a rule is called unused: a working week and a
    /// weekend.</summary>
    public const int LeastDays = 7;

    private const long NanosecondsPerTick = 100;

    /// <summary>True when a rule that nothing used may be called unused.</summary>
    public bool IsLongEnough => LongestNs >= TimeSpan.FromDays(LeastDays).Ticks * NanosecondsPerTick;

    /// <summary>Which of the days that matter were watched, in sentences.</summary>
    public string Text
    {
        get
        {
            if (Days.IsEmpty)
                return "No packet was recorded.";
            var weekends = Days.Count(day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
            var ends = Days.Count(day => day.AddDays(1).Day == 1);
            var patchDays = Days.Count(IsPatchDay);
            return $"The longest-watching capture point watched {Duration.InSentence(LongestNs)}; captures cover "
                + $"{Quantity.Of(Days.Length, "day")} (UTC), {Date(Days[0])} to {Date(Days[^1])}: "
                + $"{Count(weekends, "weekend day")}, {Count(ends, "month end")}, "
                + $"{Count(patchDays, "patch day")} (second Tuesday of a month).";
        }
    }

    /// <summary>Gathers the days of all captures.</summary>
    internal static WatchedDays Of(SiteFile site, ObservationSummary observation)
    {
        var absences = new Absences(site, observation);
        var days = new SortedSet<DateOnly>();
        foreach (var capture in observation.Captures)
        {
            if (capture is not { FirstNs: { } first, LastNs: { } last })
                continue;
            for (var day = DayOf(first); day <= DayOf(last) && days.Count < MaxDays; day = day.AddDays(1))
                days.Add(day);
        }

        return new WatchedDays([.. days],
            observation.Points.Select(point => WatchTime.Of(point, absences.Of(point.Name)).Ns).DefaultIfEmpty().Max());
    }

    /// <summary>Days that are counted: captures of more than ten years have a clock that is wrong.</summary>
    private const int MaxDays = 3_660;

    private static bool IsPatchDay(DateOnly day) => day.DayOfWeek == DayOfWeek.Tuesday && day.Day is >= 8 and <= 14;

    private static DateOnly DayOf(long ns) =>
        DateOnly.FromDateTime(DateTime.UnixEpoch.AddTicks(ns / NanosecondsPerTick));

    private static string Date(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Count(int number, string noun) => number == 0 ? $"no {noun}" : Quantity.Of(number, noun);
}
