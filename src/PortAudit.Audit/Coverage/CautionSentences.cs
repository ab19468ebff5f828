using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Coverage;

/// <summary>
/// Cautions of the catalogs that could not be checked, because no capture point that recorded packets lies on a border
/// between their two roles (docs/decisions/005-cautions.md). One whose roles the site has not, or has in one segment,
/// needs no check.
/// </summary>
internal static class CautionSentences
{
    public static IEnumerable<string> Of(SiteFile site, RoleTree roles, CautionIndex cautions,
        ObservationSummary observation)
    {
        var recorded = observation.Points.Where(point => point.Packets > 0).Select(point => point.Name)
            .ToHashSet(StringComparer.Ordinal);
        ImmutableArray<CapturePoint> borders =
            [.. site.CapturePoints.Where(point => point.Sees.Length > 1 && recorded.Contains(point.Name))];
        var directory = new HostDirectory(site);
        foreach (var caution in cautions.Applicable)
        {
            var (one, other) = (SegmentsOf(caution.Between[0], site, roles, directory),
                SegmentsOf(caution.Between[1], site, roles, directory));
            var apart = one.SelectMany(a => other.Select(b => (A: a, B: b)))
                .Where(pair => pair.A is null || pair.A != pair.B).ToList();
            if (apart.Count > 0 && !apart.Any(pair => borders.Any(point => Sees(point, pair.A) && Sees(point, pair.B))))
                yield return $"The caution {caution.Id} could not be checked: no capture point that recorded packets "
                    + $"lies on a border between {RoleIn(caution.Between[0], one)} and "
                    + $"{RoleIn(caution.Between[1], other)}.";
        }
    }

    private static ImmutableArray<string?> SegmentsOf(string role, SiteFile site, RoleTree roles,
        HostDirectory directory) =>
    [
        .. site.Hosts.Where(host => roles.IsAny(host.Roles.AsSpan(), role)).SelectMany(host => host.Addresses)
            .Concat(site.Networks.Where(network => roles.IsAny(network.Roles.AsSpan(), role))
                .Select(network => network.Prefix.Address))
            .Select(directory.SegmentOf)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private static bool Sees(CapturePoint point, string? segment) =>
        segment is not null && point.Sees.Contains(segment);

    private static string RoleIn(string role, ImmutableArray<string?> segments) =>
        $"{role} ({string.Join(", ", segments.Select(segment => segment ?? "in no segment"))})";
}
