using System.Globalization;

namespace PortAudit.Audit.Wording;

/// <summary>Spans of time in words.</summary>
internal static class Duration
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>The span in the largest unit that it fills at least twice, rounded down.</summary>
    /// <param name="ns">Nanoseconds, not negative.</param>
    public static string ToText(long ns) => (ns / NanosecondsPerSecond) switch
    {
        >= 2 * 86_400 and var seconds => Count.Of(seconds / 86_400, "day"),
        >= 2 * 3_600 and var seconds => Count.Of(seconds / 3_600, "hour"),
        >= 2 * 60 and var seconds => Count.Of(seconds / 60, "minute"),
        >= 1 and var seconds => Count.Of(seconds, "second"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ns / 1_000_000.0:0.###} milliseconds"),
    };
}
