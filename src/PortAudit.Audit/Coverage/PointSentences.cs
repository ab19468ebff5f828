using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Coverage;

/// <summary>What the site says of its capture points, compared with what they recorded, one sentence for each
/// contradiction.</summary>
internal static class PointSentences
{
    public static IEnumerable<string> Of(SiteFile site, ObservationSummary observation, ActivityLedger activity)
    {
        var recorded = observation.Points.Where(point => point.Packets > 0)
            .ToDictionary(point => point.Name, StringComparer.Ordinal);
        if (recorded.Count == 0)
            return [];
        var declared = site.CapturePoints.DistinctBy(point => point.Name, StringComparer.Ordinal)
            .OrderBy(point => point.Name, StringComparer.Ordinal).ToList();
        var segments = activity.Presences.Where(presence => presence.Segment is not null)
            .ToLookup(presence => presence.Point, StringComparer.Ordinal);
        return OfEmpty(site, observation, [.. declared.Where(point => !recorded.ContainsKey(point.Name))])
            .Concat(declared.Where(point => !point.Sees.IsEmpty && recorded.ContainsKey(point.Name))
                .SelectMany(point => OfSegments(point, [.. segments[point.Name]])))
            .Concat(OfWindows([.. declared.Where(point => recorded.ContainsKey(point.Name))
                .Select(point => recorded[point.Name])]));
    }

    private static IEnumerable<string> OfEmpty(SiteFile site, ObservationSummary observation,
        ImmutableArray<CapturePoint> silent)
    {
        var binding = new CapturePointBinding(site.CapturePoints);
        var claimed = observation.Captures.Select(capture => binding.PointOf(capture.Path, null))
            .ToHashSet(StringComparer.Ordinal);
        var empty = silent.Where(point => claimed.Contains(point.Name)).Select(point => point.Name).ToList();
        var absent = silent.Where(point => !claimed.Contains(point.Name)).Select(point => point.Name).ToList();
        if (absent.Count > 0)
            yield return $"No capture of this run belongs to {Points(absent)}: nothing can be said about traffic "
                + "seen only there.";
        if (empty.Count > 0)
            yield return $"The captures of {Points(empty)} contain no packets: nothing can be said about traffic seen "
                + "only there.";
    }

    private static IEnumerable<string> OfSegments(CapturePoint point, ImmutableArray<Presence> active)
    {
        var seen = active.Select(presence => presence.Segment!).ToHashSet(StringComparer.Ordinal);
        if (point.Sees.Where(segment => !seen.Contains(segment)).Order(StringComparer.Ordinal)
            .ToList() is { Count: > 0 } missing)
            yield return $"No address of {HostList.Of(missing)} sent a packet at {point.Name}, though the site says "
                + $"that it sees {(missing.Count == 1 ? "it" : "them")}: either none was sent, or the point is "
                + "elsewhere.";
        var others = active.Where(presence => !point.Sees.Contains(presence.Segment!)).ToList();
        if (others.Count > 0)
        {
            var names = others.Select(presence => presence.Segment!).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal).ToList();
            yield return $"Addresses of {HostList.Of(names)} sent packets in "
                + $"{Quantity.Of(others.Sum(presence => presence.Flows), "flow")} at {point.Name}, though the site "
                + $"does not say that it sees {(names.Count == 1 ? "it" : "them")}: an absence of such flows is not "
                + "judged there.";
        }
    }

    /// <summary>Less than half of the shortest time in common is barely any: what one point did not show may lie
    /// outside of it.</summary>
    private static IEnumerable<string> OfWindows(ImmutableArray<PointSummary> points)
    {
        if (points.Length < 2)
            yield break;
        var latest = points.MaxBy(point => point.FirstNs)!;
        var earliest = points.MinBy(point => point.LastNs)!;
        var (begin, end) = (latest.FirstNs!.Value, earliest.LastNs!.Value);
        var common = (Int128)end - begin;
        if (common < 0)
            yield return $"The capture points did not watch at the same time: {earliest.Name} ended at "
                + $"{SentenceTime.ToText(end)}, {latest.Name} began at {SentenceTime.ToText(begin)}. That something "
                + $"was seen at only one of them proves nothing.";
        else if (common * 2 < points.Min(point => (Int128)point.LastNs!.Value - point.FirstNs!.Value))
            yield return $"The capture points watched together for {Duration.InSentence((long)common)} only, from "
                + $"{SentenceTime.ToText(begin)} on. Outside of that time, what was seen at only one of them "
                + $"proves nothing.";
    }

    private static string Points(List<string> names) =>
        names.Count == 1 ? $"capture point {names[0]}" : $"the capture points {HostList.Of(names)}";
}
