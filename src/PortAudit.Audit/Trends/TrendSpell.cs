using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Trends;

/// <summary>Minutes in which a capture point watched, by its captures.</summary>
/// <param name="First">The first, counted from 0001-01-01.</param>
/// <param name="Last">The last.</param>
/// <param name="IsDoubtful">True for a log, which has a connection that began long before it, and for a capture with a
/// silence that is longer than the rest, or than <see cref="LongestSilenceNs"/>.</param>
internal readonly record struct TrendSpell(long First, long Last, bool IsDoubtful)
{
    /// <summary>A longer silence is no night in which nothing happens, 12 h.</summary>
    private const long LongestSilenceNs = 12 * 60 * TrendTime.NanosecondsPerMinute;

    /// <summary>The spells of captures of one point. What lies between two captures and is no longer than the longest
    /// silence inside one of them may be silence.</summary>
    public static IEnumerable<TrendSpell> Of(IEnumerable<CaptureSummary> captures)
    {
        CaptureSummary? before = null;
        foreach (var capture in captures.OrderBy(capture => capture.FirstNs))
        {
            var (first, last) = (capture.FirstNs!.Value, capture.LastNs!.Value);
            if (before is not null && IsSound(before) && IsSound(capture) && (Int128)first - before.LastNs!.Value
                <= Math.Max(before.Clock.LargestForwardNs, capture.Clock.LargestForwardNs))
                yield return new TrendSpell(TrendTime.MinuteOf(before.LastNs.Value), TrendTime.MinuteOf(first),
                    IsDoubtful: false);
            yield return new TrendSpell(TrendTime.MinuteOf(first), TrendTime.MinuteOf(last), !IsSound(capture));
            before = before is null || before.LastNs < last ? capture : before;
        }
    }

    private static bool IsSound(CaptureSummary capture) => capture.Log is null
        && capture.Clock.LargestForwardNs <= LongestSilenceNs
        && (Int128)capture.LastNs!.Value - capture.FirstNs!.Value >= (Int128)2 * capture.Clock.LargestForwardNs;
}
