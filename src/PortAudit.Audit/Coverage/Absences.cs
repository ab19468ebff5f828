using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Coverage;

/// <summary>When capture points did not watch: the gaps between captures, common to all points, and the outages of a
/// point's interfaces. A point watches only while all its interfaces do.</summary>
internal sealed class Absences
{
    private readonly FrozenDictionary<string, ImmutableArray<CaptureGap>> _byPoint;

    public Absences(SiteFile site, ObservationSummary observation)
    {
        var binding = new CapturePointBinding(site.CapturePoints);
        Holes = Union(observation.Gaps);
        _byPoint = observation.Captures
            .SelectMany(capture => capture.Annotations.Outages.Select(outage =>
                (Point: binding.PointOf(capture.Path, outage.Name), Outage: outage)))
            .GroupBy(away => away.Point, away => new CaptureGap(away.Outage.FromNs, away.Outage.ToNs ?? long.MaxValue),
                StringComparer.Ordinal)
            .ToFrozenDictionary(point => point.Key, point => Union([.. Holes, .. point]), StringComparer.Ordinal);
    }

    /// <summary>The gaps between captures by time; none overlaps another.</summary>
    public ImmutableArray<CaptureGap> Holes { get; }

    /// <summary>Those of a point by time; none overlaps another.</summary>
    public ImmutableArray<CaptureGap> Of(string point) => _byPoint.GetValueOrDefault(point, Holes);

    /// <summary>Times by their begin, those that touch joined.</summary>
    public static ImmutableArray<CaptureGap> Union(IEnumerable<CaptureGap> times)
    {
        var united = new List<CaptureGap>();
        foreach (var time in times.OrderBy(time => time.FromNs))
        {
            if (united.Count > 0 && time.FromNs <= united[^1].ToNs)
                united[^1] = united[^1] with { ToNs = Math.Max(united[^1].ToNs, time.ToNs) };
            else
                united.Add(time);
        }

        return [.. united];
    }
}
