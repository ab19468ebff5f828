using System.Globalization;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Writing;

/// <summary>Writes the time of a capture as reports show it: RFC 3339 in UTC, with six digits of a second or, where the
/// capture resolves more, nine.</summary>
public static class ReportTime
{
    /// <summary>Digits of a capture that resolves microseconds or less.</summary>
    public const int MicrosecondDigits = 6;

    /// <summary>Digits of a capture that resolves more than microseconds.</summary>
    public const int NanosecondDigits = 9;

    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerMicrosecond = 1_000;
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>For example <c>2013-05-01T10:00:00.000001Z</c>.</summary>
    /// <param name="timestampNs">Nanoseconds since the Unix epoch; any value.</param>
    /// <param name="captureDigits">Decimal digits of a second that the capture resolves.</param>
    public static string Format(long timestampNs, int captureDigits)
    {
        var (time, nanoseconds) = Split(timestampNs);
        var second = time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return captureDigits <= MicrosecondDigits
            ? string.Create(CultureInfo.InvariantCulture, $"{second}.{nanoseconds / NanosecondsPerMicrosecond:D6}Z")
            : string.Create(CultureInfo.InvariantCulture, $"{second}.{nanoseconds:D9}Z");
    }

    /// <summary>The day in UTC: <c>2013-05-01</c>.</summary>
    public static string Date(long timestampNs) =>
        Split(timestampNs).Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>For a reader of a table, to the millisecond: <c>2013-05-01 10:00:00.001</c>.</summary>
    public static string ToMillisecond(long timestampNs)
    {
        var (time, nanoseconds) = Split(timestampNs);
        return string.Create(CultureInfo.InvariantCulture,
            $"{time:yyyy-MM-dd HH:mm:ss}.{nanoseconds / NanosecondsPerMillisecond:D3}");
    }

    /// <summary>A span for a reader, to the second: <c>2013-05-01 10:00:00 UTC, for 12.5 s</c>. The frames that go with
    /// it have the exact times.</summary>
    public static string Span(long firstNs, long lastNs) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{Split(firstNs).Time:yyyy-MM-dd HH:mm:ss} UTC, for {Duration.ToText(Math.Max(0, lastNs - firstNs))}");

    private static (DateTimeOffset Time, long Nanoseconds) Split(long timestampNs)
    {
        var seconds = Math.DivRem(timestampNs, NanosecondsPerSecond, out var nanoseconds);
        if (nanoseconds < 0)
        {
            nanoseconds += NanosecondsPerSecond;
            seconds--;
        }

        return (DateTimeOffset.FromUnixTimeSeconds(seconds), nanoseconds);
    }
}
