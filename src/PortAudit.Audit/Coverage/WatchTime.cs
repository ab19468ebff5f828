using System.Collections.Immutable;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Coverage;

/// <summary>How long a capture point watched.</summary>
/// <param name="Ns">The time, in nanoseconds.</param>
/// <param name="SilenceNs">The silence that is not part of it, in nanoseconds; 0 for none.</param>
internal readonly record struct WatchTime(long Ns, long SilenceNs)
{
    /// <summary>
    /// How long a point watched: from its first packet to its last, without the holes between captures and the outages
    /// of its interfaces. A silence that is longer than the rest together is no watching either: two short captures a
    /// day apart are not a day, nor are ten of them ten days.
    /// </summary>
    /// <param name="point">The point.</param>
    /// <param name="absences">When it did not watch (<see cref="Absences.Of"/>).</param>
    public static WatchTime Of(PointSummary point, ImmutableArray<CaptureGap> absences)
    {
        if (point is not { FirstNs: { } first, LastNs: { } last })
            return default;
        var span = (Int128)last - first;
        var silence = point.Clock.LargestForwardNs;
        var withoutSilence = span - silence < silence ? span - silence : span;
        var withoutAbsences = absences.Aggregate(span, (watched, absence) =>
            watched - Int128.Max(0, (Int128)Math.Min(absence.ToNs, last) - Math.Max(absence.FromNs, first)));
        var isSilenceLeftOut = withoutSilence < withoutAbsences;
        return new WatchTime(
            (long)Int128.Clamp(isSilenceLeftOut ? withoutSilence : withoutAbsences, 0, long.MaxValue),
            isSilenceLeftOut ? silence : 0);
    }

    /// <summary>For example <c>10 hours</c>, or <c>0.63 s, not counting a silence of 1.61 s</c>.</summary>
    public string ToText() =>
        Duration.InSentence(Ns)
        + (SilenceNs == 0 ? "" : $", not counting a silence of {Duration.InSentence(SilenceNs)}");
}
