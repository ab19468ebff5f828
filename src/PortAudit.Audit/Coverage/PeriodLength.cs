using PortAudit.Audit.Catalog;

namespace PortAudit.Audit.Coverage;

/// <summary>How long a capture has to watch before an absence counts
/// (docs/decisions/003-required-and-on-event.md).</summary>
internal static class PeriodLength
{
    /// <summary>The shortest time in which the absence of a continuous flow says anything, 10 s: between two
    /// conversations of one there are pauses of seconds.</summary>
    private const long LeastNs = 10_000_000_000;

    private const long NanosecondsPerHour = 3_600_000_000_000;

    /// <summary>True when a capture that watched for so long is too short; always for a flow that occurs on an
    /// event.</summary>
    /// <param name="period">How often the flow recurs.</param>
    /// <param name="watchedNs">How long a capture watched, in nanoseconds.</param>
    public static bool IsLongerThan(this Period period, long watchedNs) => period switch
    {
        Period.OnEvent => true,
        Period.Hourly => watchedNs < NanosecondsPerHour,
        Period.Daily => watchedNs < 24 * NanosecondsPerHour,
        Period.Weekly => watchedNs < 7 * 24 * NanosecondsPerHour,
        Period.Continuous => watchedNs < LeastNs,
    };

    /// <summary>Why a capture that watched for so long is too short, one sentence.</summary>
    public static string WhyTooShort(this Period period, WatchTime watched) => period switch
    {
        Period.OnEvent =>
            "The flow occurs only on certain events, so no capture is long enough to prove its absence.",
        Period.Hourly => $"The capture watched for {watched.ToText()}, and the flow is due once an hour.",
        Period.Daily => $"The capture watched for {watched.ToText()}, and the flow is due once a day.",
        Period.Continuous =>
            $"The capture watched for {watched.ToText()}, and pauses of that length are normal.",
        Period.Weekly =>
            $"The capture watched for {watched.ToText()}, and the flow is due once a week.",
    };
}
