using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Coverage;

/// <summary>Sums up what the captures could see.</summary>
internal static class CoverageReport
{
    public static CoverageSummary Of(
        SiteFile site, ObservationSummary observation, ActivityLedger activity, long flows,
        ImmutableArray<RuleRow> rows)
    {
        var captures = observation.Captures;
        var seen = activity.Presences.Where(presence => presence.IsListed).SelectMany(presence => presence.Roles)
            .ToHashSet(StringComparer.Ordinal);
        var segments = activity.Presences.Select(presence => presence.Segment).OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        ImmutableArray<string> roles =
        [
            .. site.Hosts.SelectMany(host => host.Roles)
                .Concat(site.Networks.SelectMany(network => network.Roles))
                .Where(role => !BuiltInRoles.Contains(role))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        ImmutableArray<string> silent = [.. roles.Where(role => !seen.Contains(role))];
        var total = observation.Total;
        return new CoverageSummary(
            WindowStartNs: captures.Min(capture => capture.FirstNs),
            WindowEndNs: captures.Max(capture => capture.LastNs),
            TimestampDigits: captures.Select(capture => capture.TimestampDigits).DefaultIfEmpty().Max(),
            Packets: captures.Sum(capture => capture.Packets),
            Bytes: total.Bytes,
            Flows: flows,
            OneWayFlows: activity.OneWayFlows,
            CutPackets: total.CutPackets,
            RolesSeen: [.. roles.Where(seen.Contains)],
            RolesSilent: silent,
            SegmentsSeen: [.. site.Segments.Select(segment => segment.Name).Where(segments.Contains)],
            Points: [.. observation.Points.OrderBy(point => point.Name, StringComparer.Ordinal)],
            CannotSay: CoverageSentences.Of(site, observation, activity, silent, rows))
        {
            Shares = CoverageShares.Of(total, flows, activity.OneWayFlows),
        };
    }
}
