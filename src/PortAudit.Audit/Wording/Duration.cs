using System.Globalization;

namespace PortAudit.Audit.Wording;

/// <summary>Spans of time, in nanoseconds and not negative, as a reader sees them.</summary>
public static class Duration
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>For a sentence, the largest unit that the span fills at least twice, rounded down: <c>2 hours</c>,
    /// <c>90 seconds</c>.</summary>
    internal static string InSentence(long ns) => (ns / NanosecondsPerSecond) switch
    {
        >= 2 * 86_400 and var seconds => Quantity.Of(seconds / 86_400, "day"),
        >= 2 * 3_600 and var seconds => Quantity.Of(seconds / 3_600, "hour"),
        >= 2 * 60 and var seconds => Quantity.Of(seconds / 60, "minute"),
        >= 1 and var seconds => Quantity.Of(seconds, "second"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ns / 1_000_000.0:0.###} milliseconds"),
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
