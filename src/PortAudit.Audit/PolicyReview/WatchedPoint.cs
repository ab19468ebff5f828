using System.Collections.Immutable;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.PolicyReview;

/// <summary>Time in which a capture point recorded without a gap.</summary>
/// <param name="FromNs">Its begin, in nanoseconds since the Unix epoch.</param>
/// <param name="ToNs">Its end.</param>
/// <param name="Captures">Paths of the captures, by time.</param>
public sealed record WatchedTime(long FromNs, long ToNs, ImmutableArray<string> Captures);

/// <summary>When one capture point recorded.</summary>
/// <param name="Name">Name of the point; empty when the site defines none.</param>
/// <param name="Times">When it did, ascending.</param>
/// <param name="Gaps">When it did not, ascending: between its captures, while an interface was away, and before and
/// after them while another point recorded. What is not longer than the longest silence inside its captures may be
/// silence, and is none.</param>
/// <param name="WatchedNs">How long it watched, in nanoseconds.</param>
/// <param name="SilenceNs">A silence inside a capture, longer than the rest together, that is not part of
/// <paramref name="WatchedNs"/>; 0 for none. It is part of <paramref name="Times"/>, as it is not known where it
/// is.</param>
public sealed record WatchedPoint(string Name, ImmutableArray<WatchedTime> Times, ImmutableArray<CaptureGap> Gaps,
    long WatchedNs, long SilenceNs)
{
    /// <summary>The points that recorded something, by name.</summary>
    internal static ImmutableArray<WatchedPoint> All(SiteFile site, ObservationSummary observation)
    {
        var absences = new Absences(site, observation);
        var captures = observation.Captures.Where(capture => capture.FirstNs is not null)
            .OrderBy(capture => capture.FirstNs)
            .SelectMany(capture => capture.Points.Select(point => (Point: point, Capture: capture)))
            .ToLookup(entry => entry.Point, entry => entry.Capture, StringComparer.Ordinal);
        var points = observation.Points.Where(point => point.FirstNs is not null).ToList();
        var whole = new CaptureGap(points.Min(point => point.FirstNs) ?? 0, points.Max(point => point.LastNs) ?? 0);
        return [.. points.Select(point => Of(point, [.. captures[point.Name]], absences.Of(point.Name), whole))];
    }

    private static WatchedPoint Of(PointSummary point, ImmutableArray<CaptureSummary> captures,
        ImmutableArray<CaptureGap> absences, CaptureGap whole)
    {
        var (first, last) = (point.FirstNs!.Value, point.LastNs!.Value);
        var silenceNs = captures.Select(capture => capture.Clock.LargestForwardNs).DefaultIfEmpty().Max();
        ImmutableArray<CaptureGap> holes =
        [
            .. Absences.Union(absences.Concat(Between(captures, silenceNs)))
                .Select(gap => new CaptureGap(Math.Max(gap.FromNs, first), Math.Min(gap.ToNs, last)))
                .Where(gap => gap.FromNs < gap.ToNs),
        ];
        var watched = WatchTime.Of(point, holes, holes);
        return new WatchedPoint(point.Name, Recorded(first, last, holes, captures),
            [
                .. Longer(new CaptureGap(whole.FromNs, first), silenceNs), .. holes,
                .. Longer(new CaptureGap(last, whole.ToNs), silenceNs),
            ], watched.Ns, watched.SilenceNs);
    }

    /// <summary>The gaps between captures of one point that <see cref="ObservationSummary.Gaps"/>, which asks for all
    /// points, does not have.</summary>
    private static IEnumerable<CaptureGap> Between(ImmutableArray<CaptureSummary> captures, long silenceNs)
    {
        long? untilNs = null;
        foreach (var capture in captures)
        {
            if (untilNs is { } until)
            {
                foreach (var gap in Longer(new CaptureGap(until, capture.FirstNs!.Value), silenceNs))
                    yield return gap;
            }

            untilNs = Math.Max(untilNs ?? long.MinValue, capture.LastNs!.Value);
        }
    }

    private static IEnumerable<CaptureGap> Longer(CaptureGap gap, long silenceNs) =>
        (Int128)gap.ToNs - gap.FromNs > silenceNs ? [gap] : [];

    private static ImmutableArray<WatchedTime> Recorded(long first, long last, ImmutableArray<CaptureGap> holes,
        ImmutableArray<CaptureSummary> captures)
    {
        var times = ImmutableArray.CreateBuilder<WatchedTime>();
        var from = first;
        var next = 0;
        foreach (var hole in holes.Append(new CaptureGap(last, last)))
        {
            // A capture with several times, as its interface was away, is named in each.
            while (next < captures.Length && captures[next].LastNs < from)
                next++;
            var to = hole.FromNs;
            times.Add(new WatchedTime(from, to,
                [.. captures.Skip(next).TakeWhile(capture => capture.FirstNs <= to)
                    .Where(capture => capture.LastNs >= from).Select(capture => capture.Path)]));
            from = hole.ToNs;
        }

        return times.ToImmutable();
    }
}
