using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Coverage;

/// <summary>What the captures leave open, one sentence each. They name no files: the same packets in other files leave
/// the same open.</summary>
internal static class CoverageSentences
{
    /// <summary>
    /// How far time runs backwards before it is worth a sentence, in nanoseconds: one second. Several queues or
    /// interfaces of one machine disorder packets by far less.
    /// </summary>
    private const long NotableBackwardNs = 1_000_000_000;

    /// <summary>How long a silence is before it is worth a sentence, in nanoseconds: one hour, the shortest period of a
    /// rule (<c>period: hourly</c>).</summary>
    private const long NotableSilenceNs = 3_600_000_000_000;

    /// <summary>The sentences.</summary>
    /// <param name="site">The site.</param>
    /// <param name="observation">What was read.</param>
    /// <param name="activity">Who was active where.</param>
    /// <param name="rolesSilent">Roles with hosts of which none was active.</param>
    /// <param name="rows">The status of every rule.</param>
    public static ImmutableArray<string> Of(
        SiteFile site, ObservationSummary observation, ActivityLedger activity, ImmutableArray<string> rolesSilent,
        ImmutableArray<RuleRow> rows) =>
    [
        .. OfCaptures(observation),
        .. OutageSentences.Of(observation),
        .. OfFrames(observation),
        .. observation.Points.OrderBy(point => point.Name, StringComparer.Ordinal)
            .SelectMany(point => OfPoint(point, activity)),
        .. PointSentences.Of(site, observation, activity),
        .. OfHosts(site, activity, rolesSilent),
        .. OfRules(rolesSilent, rows),
    ];

    private static IEnumerable<string> OfCaptures(ObservationSummary observation)
    {
        if (observation.Captures.Sum(capture => capture.Packets) == 0)
            yield return "The captures contain no packets, so nothing can be said about any flow.";
        if (observation.Captures.Count(capture => !capture.IsWhole) is > 0 and var partial)
            yield return $"{Quantity.Of(partial, "capture")} could not be read completely: the rest is unknown.";
        if (observation.Gaps is { Length: > 1 } gaps
            && gaps.Aggregate(Int128.Zero, (sum, gap) => sum + gap.ToNs - gap.FromNs) is var missed
            && missed >= NotableSilenceNs)
            yield return $"Between the captures there are {gaps.Length} holes, "
                + $"{Duration.InSentence((long)Int128.Min(long.MaxValue, missed))} together, in which nothing was "
                + "recorded: what happened then is unknown, and they do not count as watched.";
        if (observation.FlowsEvicted > 0)
            yield return $"{Quantity.Of(observation.FlowsEvicted, "flow")} had to be closed early because the flow "
                + "table was full: outcomes and directions of long flows may be wrong.";
        if (observation.Shed.Identifications > 0)
            yield return $"The protocol of {Quantity.Of(observation.Shed.Identifications, "conversation")} was not "
                + "identified because packets came too fast: their names rest on ports.";
        if (observation.Shed.Names > 0)
            yield return $"{Quantity.Of(observation.Shed.Names, "conversation")} "
                + $"{(observation.Shed.Names == 1 ? "was" : "were")} not read, or not completely, for names and "
                + "credentials, because packets came too fast.";
        if (observation.IdentificationsSkipped > 0)
            yield return $"The protocol of {Quantity.Of(observation.IdentificationsSkipped, "conversation")} was not "
                + "identified because the buffers were full.";
    }

    /// <summary>Packets that are there and belong to no flow, or to one that is not known.</summary>
    private static IEnumerable<string> OfFrames(ObservationSummary observation)
    {
        if (observation.FramesStoppedBy(DecodeReason.UnknownLinkType) is > 0 and var unread)
            yield return $"{Quantity.Of(unread, "frame")} of unsupported link types were not examined.";
        if (observation.FramesStoppedBy(DecodeReason.Encrypted) is > 0 and var encrypted)
            yield return $"The content of {Quantity.Of(encrypted, "frame")} is encrypted below IP: which flows it "
                + "belongs to is unknown.";
        if (observation.FramesStoppedBy(DecodeReason.MorePackets) is > 0 and var more)
            yield return $"Only the first packet in each of {Quantity.Of(more, "frame")} is read.";
        if (observation.Fragments.Unassigned > 0)
            yield return $"{Quantity.Of(observation.Fragments.Unassigned, "frame")} of fragmented datagrams without "
                + "their first fragment are counted in no flow.";
        if (observation.PacketsOfOtherTunnels > 0)
            yield return $"Tunnels beyond the limit are not distinguished "
                + $"({Quantity.Of(observation.PacketsOfOtherTunnels, "packet")}): equal addresses in different tunnels "
                + $"count as one flow.";
    }

    private static IEnumerable<string> OfPoint(PointSummary point, ActivityLedger activity)
    {
        var where = point.Name.Length == 0 ? "" : $" at {point.Name}";
        if (!point.Filters.IsEmpty)
            yield return $"A capture filter was set{where} (\"{string.Join("\", \"", point.Filters)}\"): what it "
                + $"excluded cannot be judged.";
        if (point.Dropped > 0)
            yield return $"The captures report {Quantity.Of(point.Dropped, "packet")}{where} lost before being "
                + "recorded: what seems missing may be among them.";
        if (point.Streams.Gaps > 0)
            yield return $"TCP streams{where} have {Quantity.Of(point.Streams.Gaps, "gap")} "
                + $"({Quantity.Of(point.Streams.GapBytes, "byte")}) that the receiver acknowledged: the capture lost "
                + $"packets, and what seems missing may be among them.";
        if (point.CutPackets > 0)
            yield return $"{Quantity.Count(point.CutPackets)} of {Quantity.Of(point.Packets, "frame")}{where} are cut: "
                + $"their payloads could not be examined in full.";
        if (point.HeadersCut > 0)
            yield return $"{Quantity.Of(point.HeadersCut, "frame")}{where} "
                + $"{Quantity.Word(point.HeadersCut, "is", "are")} cut before addresses and ports, and in no flow.";
        if (point.Duplicates > 0)
            yield return $"{Quantity.Count(point.Duplicates)} of {Quantity.Of(point.Packets, "frame")}{where} repeat "
                + "another record of themselves: how many packets crossed is uncertain by as many. Counts of packets "
                + "and bytes hold them unless --drop-duplicates is given.";
        foreach (var sentence in OfDirections(point, activity, where).Concat(OfClock(point, where)))
            yield return sentence;
    }

    private static IEnumerable<string> OfDirections(PointSummary point, ActivityLedger activity, string where)
    {
        var (tcp, oneWay) = activity.TcpAt(point.Name);
        if (activity.IsLopsided(point.Name))
            yield return $"{Quantity.Count(oneWay)} of {Quantity.Of(tcp, "TCP flow")}{where} show one direction only: "
                + $"that a flow was not seen there proves nothing.";
        else if (oneWay > 0)
            yield return $"Of {Quantity.Of(tcp, "TCP flow")}{where}, {Quantity.Count(oneWay)} show one direction only: "
                + $"the other direction is unknown.";
    }

    private static IEnumerable<string> OfClock(PointSummary point, string where)
    {
        if (point.Clock.LargestBackwardNs >= NotableBackwardNs)
            yield return $"Time runs backwards {Quantity.Of(point.Clock.BackwardSteps, "time")}{where}, by up to "
                + $"{Duration.InSentence(point.Clock.LargestBackwardNs)}: the order of packets, and who opened a flow, "
                + "may be wrong.";
        if (point.Clock.LargestForwardNs >= NotableSilenceNs)
            yield return $"For {Duration.InSentence(point.Clock.LargestForwardNs)} there is no packet{where}: "
                + $"nothing was sent, nothing was recorded, or the clock was set.";
    }

    /// <summary>Hosts that sent nothing though others in their roles did.</summary>
    private static IEnumerable<string> OfHosts(SiteFile site, ActivityLedger activity,
        ImmutableArray<string> rolesSilent)
    {
        var active = activity.Presences.Select(presence => presence.Host).OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var silent = site.Hosts
            .Where(host => !active.Contains(host.Name) && !host.Roles.All(rolesSilent.Contains))
            .Select(host => host.Name)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (silent.Count > 0)
            yield return $"{HostList.Of(silent)} sent no packet, though others in the same role did: nothing can be "
                + $"said of {(silent.Count == 1 ? "its" : "their")} flows.";
        var reset = activity.HostsOfResets.Order(StringComparer.Ordinal).ToList();
        if (reset.Count > 0)
            yield return $"Nothing but resets without a connection came from {HostList.Of(reset)}, which others can "
                + $"send in {(reset.Count == 1 ? "its name: it counts" : "their names: they count")} as silent.";
    }

    private static IEnumerable<string> OfRules(ImmutableArray<string> rolesSilent, ImmutableArray<RuleRow> rows)
    {
        if (rolesSilent is [var only])
            yield return $"No host sent a packet in the role {only}: nothing can be said of its flows.";
        else if (!rolesSilent.IsEmpty)
            yield return $"No host sent a packet in the roles {string.Join(", ", rolesSilent)}: nothing can be said of "
                + "their flows.";
        if (rows.All(row => row.Status == RuleStatus.NotApplicable))
            yield return "Nothing was checked: the condition of every rule is off, or the site has no host "
                + "in its roles.";
    }
}
