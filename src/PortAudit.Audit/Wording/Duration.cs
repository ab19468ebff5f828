using System.Globalization;

namespace PortAudit.Audit.Wording;

/// <summary>Spans of time in words.</summary>
internal static class Duration
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Spans below it have decimals, in seconds.</summary>
    private const long FewSeconds = 10;

    private const double NanosecondsPerMillisecond = 1_000_000;

    /// <summary>A span below it is in milliseconds.</summary>
    private const long TenthNs = NanosecondsPerSecond / 10;

    /// <summary>The span in the largest unit that it fills at least twice, rounded down; below ten seconds with
    /// decimals.</summary>
    /// <param name="ns">Nanoseconds, not negative.</param>
    public static string ToText(long ns) => (ns / NanosecondsPerSecond) switch
    {
        >= 2 * 86_400 and var seconds => Count.Of(seconds / 86_400, "day"),
        >= 2 * 3_600 and var seconds => Count.Of(seconds / 3_600, "hour"),
        >= 2 * 60 and var seconds => Count.Of(seconds / 60, "minute"),
        >= FewSeconds and var seconds => Count.Of(seconds, "second"),
        _ when ns >= TenthNs => string.Create(CultureInfo.InvariantCulture,
            $"{ns / (double)NanosecondsPerSecond:0.##} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ns / NanosecondsPerMillisecond:0.##} ms"),
    };
}
