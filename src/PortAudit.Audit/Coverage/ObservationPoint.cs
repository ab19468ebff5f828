using System.Collections.Immutable;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Coverage;

/// <summary>A capture point from which flows between two roles would have been seen.</summary>
/// <param name="Name">Name of the point; empty when the site names none.</param>
/// <param name="Sees">Segments that it sees; empty when the site does not say.</param>
/// <param name="WatchedNs">How long it watched, in nanoseconds.</param>
internal sealed record ObservationPoint(string Name, ImmutableArray<string> Sees, long WatchedNs)
{
    /// <summary>Points that a sentence names at most, those that watched longest.</summary>
    private const int MaximumNamed = 3;

    /// <summary>
    /// How long a point watched, in nanoseconds: from its first packet to its last, without the holes between captures
    /// and the outages of its interfaces. A silence that is longer than the rest together is no watching either: two
    /// short captures a day apart are not a day, nor are ten of them ten days.
    /// </summary>
    /// <param name="point">The point.</param>
    /// <param name="absences">When it did not watch (<see cref="Absences.Of"/>).</param>
    public static long WatchedBy(PointSummary point, ImmutableArray<CaptureGap> absences)
    {
        if (point is not { FirstNs: { } first, LastNs: { } last })
            return 0;
        var span = (Int128)last - first;
        var silence = point.Clock.LargestForwardNs;
        var withoutSilence = span - silence < silence ? span - silence : span;
        var withoutAbsences = absences.Aggregate(span, (watched, absence) =>
            watched - Int128.Max(0, (Int128)Math.Min(absence.ToNs, last) - Math.Max(absence.FromNs, first)));
        return (long)Int128.Clamp(Int128.Min(withoutSilence, withoutAbsences), 0, long.MaxValue);
    }

    /// <summary>Who watched, for how long, and what cannot be known from there: two sentences.</summary>
    public static string Sentences(ImmutableArray<ObservationPoint> points)
    {
        var named = points.OrderByDescending(point => point.WatchedNs)
            .ThenBy(point => point.Name, StringComparer.Ordinal).Take(MaximumNamed).Select(point => point.Clause)
            .ToList();
        var rest = points.Length > named.Count
            ? $"; so did {Quantity.Of(points.Length - named.Count, "further capture point")}"
            : "";
        var sentence = $"{string.Join("; ", named)}{rest}.";
        return $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]} What stopped an attempt before it came there, a "
            + "host's own firewall or a device in front, cannot be known from there.";
    }

    private string Clause => $"{(Name.Length == 0 ? "the capture" : $"capture point {Name}")}, {Place}, watched for "
        + $"{Duration.InSentence(WatchedNs)}";

    private string Place => Sees switch
    {
        [] => "of which the site does not say what it sees",
        [var only] => $"inside {only}",
        _ => $"on the border of {string.Join(", ", Sees.SkipLast(1))} and {Sees[^1]}",
    };
}
