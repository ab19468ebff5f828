namespace PortAudit.Audit.Trends;

/// <summary>Days and minutes of times of a capture, in UTC.</summary>
internal static class TrendTime
{
    public const int MinutesOfDay = 24 * 60;

    public const long NanosecondsPerMinute = 60_000_000_000;

    private static readonly long EpochMinute =
        (long)DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber * MinutesOfDay;

    /// <summary>The minute of a time, counted from 0001-01-01.</summary>
    /// <param name="ns">Nanoseconds since the Unix epoch; any value.</param>
    public static long MinuteOf(long ns)
    {
        var minute = Math.DivRem(ns, NanosecondsPerMinute, out var rest);
        return EpochMinute + minute - (rest < 0 ? 1 : 0);
    }

    /// <summary>The day of a time, counted from 0001-01-01.</summary>
    /// <param name="ns">Nanoseconds since the Unix epoch; any value.</param>
    public static int DayOf(long ns) => (int)(MinuteOf(ns) / MinutesOfDay);
}
