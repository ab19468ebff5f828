using System.Collections.Immutable;

namespace PortAudit.Audit.Timelines;

/// <summary>Steps of the delay histogram: the twenty preferred numbers of a decade (series R20, ISO 3), each some 12 %
/// above the last, from a microsecond (the resolution of most captures) to the longest delay of a flow.</summary>
internal static class DelayScale
{
    private const long Microsecond = 1_000;

    /// <summary>A thousand seconds, above the longest <see cref="PortAudit.Traffic.Records.AnswerDelay"/>.</summary>
    private const long End = 1_000_000_000_000;

    private static readonly ImmutableArray<int> Preferred =
        [100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710, 800, 900];

    // Exclusive upper bound of each step. The first holds all below a microsecond.
    private static readonly ImmutableArray<long> UpperBounds =
        [.. Decades().SelectMany(decade => Preferred.Select(number => decade * number / Preferred[0])), End];

    public static int Count => UpperBounds.Length;

    public static int StepOf(long delayNs)
    {
        var found = UpperBounds.BinarySearch(delayNs);
        return Math.Min(found >= 0 ? found + 1 : ~found, Count - 1);
    }

    /// <summary>Lower bound of a step, in nanoseconds.</summary>
    public static long BeginOf(int step) => step == 0 ? 0 : UpperBounds[step - 1];

    /// <summary>Exclusive upper bound of a step, in nanoseconds.</summary>
    public static long EndOf(int step) => UpperBounds[step];

    private static IEnumerable<long> Decades()
    {
        for (var decade = Microsecond; decade < End; decade *= 10)
            yield return decade;
    }
}
