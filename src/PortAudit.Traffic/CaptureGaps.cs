using System.Collections.Immutable;

namespace PortAudit.Traffic;

/// <summary>Finds the times between captures in which nothing was recorded.</summary>
internal static class CaptureGaps
{
    /// <summary>The gaps by time. Shorter ones than the longest silence inside a capture may be such a silence: files that a program changes over without a stop are none apart.</summary>
    public static ImmutableArray<CaptureGap> Between(ImmutableArray<CaptureSummary> captures)
    {
        var silenceNs = captures.Select(capture => capture.Clock.LargestForwardNs).DefaultIfEmpty().Max();
        var gaps = ImmutableArray.CreateBuilder<CaptureGap>();
        long? untilNs = null;
        foreach (var capture in captures.Where(capture => capture.FirstNs is not null).OrderBy(capture => capture.FirstNs))
        {
            if (untilNs is { } until && (Int128)capture.FirstNs!.Value - until > silenceNs)
                gaps.Add(new CaptureGap(until, capture.FirstNs.Value));
            untilNs = Math.Max(untilNs ?? long.MinValue, capture.LastNs!.Value);
        }

        return gaps.ToImmutable();
    }
}
