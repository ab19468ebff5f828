using System.Collections.Immutable;

namespace PortAudit.Audit.Timelines;

/// <summary>
/// Steps into which delays are counted: the twenty preferred numbers of a decade (series R20, ISO 3), each some 12 %
/// above the one before, from a microsecond on, which is what most captures resolve, to the longest delay that a flow
/// tells.
/// </summary>
internal static class DelayScale
{
    private const long Microsecond = 1_000;

    /// <summary>A thousand seconds, above the longest <see cref="PortAudit.Traffic.Records.AnswerDelay"/>.</summary>
    private const long End = 1_000_000_000_000;

    private static readonly ImmutableArray<int> Preferred =
        [100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710, 800, 900];

    // Where each step ends, exclusive. The first holds all below a microsecond.
    private static readonly ImmutableArray<long> Ends =
        [.. Decades().SelectMany(decade => Preferred.Select(number => decade * number / Preferred[0])), End];

    /// <summary>Number of steps.</summary>
    public static int Count => Ends.Length;

    /// <summary>The step that holds a delay, from 0.</summary>
    public static int StepOf(long delayNs)
    {
        var found = Ends.BinarySearch(delayNs);
        return Math.Min(found >= 0 ? found + 1 : ~found, Count - 1);
    }

    /// <summary>Where a step begins, in nanoseconds.</summary>
    public static long BeginOf(int step) => step == 0 ? 0 : Ends[step - 1];

    /// <summary>Where a step ends, exclusive, in nanoseconds.</summary>
    public static long EndOf(int step) => Ends[step];

    private static IEnumerable<long> Decades()
    {
        for (var decade = Microsecond; decade < End; decade *= 10)
            yield return decade;
    }
}
