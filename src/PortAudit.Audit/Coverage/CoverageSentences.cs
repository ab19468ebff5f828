using System.Collections.Immutable;
using PortAudit.Traffic;

namespace PortAudit.Audit.Coverage;

/// <summary>What the captures leave open, one sentence each. They name no files: the same packets in other files leave the same open.</summary>
internal static class CoverageSentences
{
    /// <summary>The sentences.</summary>
    public static ImmutableArray<string> Of(
        ObservationSummary observation, ActivityLedger activity, ImmutableArray<string> rolesSilent, ImmutableArray<RuleRow> rows) =>
    [
        .. OfCaptures(observation),
        .. observation.Points.OrderBy(point => point.Name, StringComparer.Ordinal).SelectMany(point => OfPoint(point, activity)),
        .. OfRules(rolesSilent, rows),
    ];

    private static IEnumerable<string> OfCaptures(ObservationSummary observation)
    {
        if (observation.Captures.Sum(capture => capture.Packets) == 0)
            yield return "The captures hold no packet: nothing can be said of any flow.";
        if (observation.Captures.Count(capture => !capture.IsWhole) is > 0 and var partial)
            yield return $"{Count.Of(partial, "capture")} could not be read whole: what the rest held is unknown.";
        if (observation.FlowsEvicted > 0)
            yield return $"{Count.Of(observation.FlowsEvicted, "flow")} had to be closed early because the flow table was full: outcomes and directions of long flows may be wrong.";
        if (observation.IdentificationsSkipped > 0)
            yield return $"The protocol of {Count.Of(observation.IdentificationsSkipped, "conversation")} was not looked for because the buffers were full.";
    }

    private static IEnumerable<string> OfPoint(PointSummary point, ActivityLedger activity)
    {
        var place = point.Name.Length == 0 ? "" : $" at {point.Name}";
        if (!point.Filters.IsEmpty)
            yield return $"A capture filter was set{place} (\"{string.Join("\", \"", point.Filters)}\"): what it left out cannot be judged.";
        if (point.CutPackets > 0)
            yield return $"{point.CutPackets} of {Count.Of(point.Packets, "frame")}{place} are cut: what their payloads would have proved is unknown.";
        if (activity.IsLopsided(point.Name))
        {
            var (tcp, oneWay) = activity.TcpAt(point.Name);
            yield return $"{oneWay} of {Count.Of(tcp, "TCP flow")}{place} show one direction only: an absence there proves nothing.";
        }
    }

    private static IEnumerable<string> OfRules(ImmutableArray<string> rolesSilent, ImmutableArray<RuleRow> rows)
    {
        if (rolesSilent is [var only])
            yield return $"No host sent a packet in the role {only}: nothing can be said of its flows.";
        else if (!rolesSilent.IsEmpty)
            yield return $"No host sent a packet in the roles {string.Join(", ", rolesSilent)}: nothing can be said of their flows.";
        if (rows.All(row => row.Status == RuleStatus.NotApplicable))
            yield return "No rule applies: the conditions of all are off, or the site has no host in their roles.";
    }
}
