using System.Globalization;

namespace PortAudit.Audit.Wording;

/// <summary>Spans of time, in nanoseconds and not negative, as a reader sees them.</summary>
public static class Duration
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Spans below it have decimals, in seconds.</summary>
    private const long FewSeconds = 10;

    private const double NanosecondsPerMillisecond = 1_000_000;

    /// <summary>A span below it is in milliseconds.</summary>
    private const long TenthNs = NanosecondsPerSecond / 10;

    /// <summary>For a sentence, the span in the largest unit that it fills at least twice, rounded down; below ten
    /// seconds with decimals.</summary>
    /// <param name="ns">Nanoseconds, not negative.</param>
    internal static string InSentence(long ns) => (ns / NanosecondsPerSecond) switch
    {
        >= 2 * 86_400 and var seconds => Quantity.Of(seconds / 86_400, "day"),
        >= 2 * 3_600 and var seconds => Quantity.Of(seconds / 3_600, "hour"),
        >= 2 * 60 and var seconds => Quantity.Of(seconds / 60, "minute"),
        >= FewSeconds and var seconds => Quantity.Of(seconds, "second"),
        _ when ns >= TenthNs => string.Create(CultureInfo.InvariantCulture,
            $"{ns / (double)NanosecondsPerSecond:0.##} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ns / NanosecondsPerMillisecond:0.##} ms"),
    };

    /// <summary>For a table, at most two units: <c>2 h 5 min</c>, <c>3 d 1 h</c>, <c>12.5 s</c>.</summary>
    public static string ToText(long ns)
    {
        var seconds = ns / NanosecondsPerSecond;
        var (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
        return (days, hours, minutes) switch
        {
            ( > 0, _, _) => $"{days} d {hours} h",
            (_, > 0, _) => $"{hours} h {minutes} min",
            (_, _, > 0) => $"{minutes} min {seconds % 60} s",
            _ => string.Create(CultureInfo.InvariantCulture, $"{ns / (double)NanosecondsPerSecond:0.###} s"),
        };
    }
}
