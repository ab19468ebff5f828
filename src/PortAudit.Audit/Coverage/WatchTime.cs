using System.Collections.Immutable;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Coverage;

/// <summary>How long a capture point watched.</summary>
/// <param name="Ns">The time, in nanoseconds.</param>
/// <param name="SilenceNs">The silence that is not part of it, in nanoseconds; 0 for none.</param>
/// <param name="OutageNs">The outages that are not part of it, in nanoseconds; 0 for none.</param>
internal readonly record struct WatchTime(long Ns, long SilenceNs, long OutageNs = 0)
{
    /// <summary>
    /// How long a point watched: from its first packet to its last, without the holes between captures and the outages
    /// of its interfaces. A silence that is longer than the rest together is no watching either: two short captures a
    /// day apart are not a day, nor are ten of them ten days.
    /// </summary>
    /// <param name="point">The point.</param>
    /// <param name="absences">When it did not watch (<see cref="Absences.Of"/>).</param>
    /// <param name="holes">Those of them that are holes between captures (<see cref="Absences.Holes"/>).</param>
    public static WatchTime Of(PointSummary point, ImmutableArray<CaptureGap> absences,
        ImmutableArray<CaptureGap> holes)
    {
        if (point is not { FirstNs: { } first, LastNs: { } last })
            return default;
        var span = (Int128)last - first;
        var silence = point.Clock.LargestForwardNs;
        var withoutSilence = span - silence < silence ? span - silence : span;
        var withoutAbsences = span - LengthOf(absences, first, last);
        var isSilenceLeftOut = withoutSilence < withoutAbsences;
        return new WatchTime(
            (long)Int128.Clamp(isSilenceLeftOut ? withoutSilence : withoutAbsences, 0, long.MaxValue),
            isSilenceLeftOut ? silence : 0,
            isSilenceLeftOut ? 0
                : (long)Int128.Min(LengthOf(absences, first, last) - LengthOf(holes, first, last), long.MaxValue));
    }

    /// <summary>For example <c>10 hours</c>, or <c>0.63 s, not counting a silence of 1.61 s</c>, or <c>23 hours, not
    /// counting 1 hour in which it did not record all</c>.</summary>
    public string ToText() =>
        Duration.InSentence(Ns)
        + (SilenceNs == 0 ? "" : $", not counting a silence of {Duration.InSentence(SilenceNs)}")
        + (OutageNs == 0 ? "" : $", not counting {Duration.InSentence(OutageNs)} in which it did not record all");

    /// <summary>How much of a time lies in others, of which none overlaps another.</summary>
    private static Int128 LengthOf(ImmutableArray<CaptureGap> times, long first, long last) =>
        times.Aggregate(Int128.Zero, (sum, time) =>
            sum + Int128.Max(0, (Int128)Math.Min(time.ToNs, last) - Math.Max(time.FromNs, first)));
}
