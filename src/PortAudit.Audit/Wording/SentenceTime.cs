using System.Globalization;

namespace PortAudit.Audit.Wording;

/// <summary>Times of a capture as sentences of the report write them.</summary>
internal static class SentenceTime
{
    private const long NanosecondsPerTick = 100;

    /// <summary>UTC to the second; the finding's fields have the fractions.</summary>
    /// <param name="ns">Nanoseconds since the Unix epoch.</param>
    public static string ToText(long ns) =>
        ToTime(ns).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The day (UTC).</summary>
    /// <param name="ns">Nanoseconds since the Unix epoch.</param>
    public static DateOnly ToDay(long ns) => DateOnly.FromDateTime(ToTime(ns));

    /// <summary>The hour of the day (UTC), from 0 to 23.</summary>
    /// <param name="ns">Nanoseconds since the Unix epoch.</param>
    public static int ToHour(long ns) => ToTime(ns).Hour;

    // Every 64-bit number of nanoseconds lies between the years 1677 and 2262.
    private static DateTime ToTime(long ns) =>
        DateTime.UnixEpoch.AddTicks((long)Math.Floor(ns / (decimal)NanosecondsPerTick));
}
