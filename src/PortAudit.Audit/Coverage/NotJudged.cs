using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Coverage;

/// <summary>Why an audit judged nothing: every flow was out of scope or housekeeping of the link, or there was
/// none.</summary>
/// <param name="Reason">Why, one sentence.</param>
/// <param name="NextStep">What to do, one sentence.</param>
/// <param name="IsFinding">True when it is a finding. Captures without a packet are none: programs that write one file
/// an hour write such files in quiet hours.</param>
public sealed record NotJudged(string Reason, string NextStep, bool IsFinding)
{
    private const string WriteSite = "Write a site file: hosts with roles, segments, or rules for the traffic "
        + "(docs/site.md); 'portaudit roles' shows the evidence for each role.";

    private const string NameHosts = "Give the hosts roles in the site file ('portaudit roles' proposes them from a "
        + "capture), name the segments, or add site rules for the traffic.";

    /// <summary>Why nothing was judged; null when something was.</summary>
    /// <param name="site">The site.</param>
    /// <param name="observation">What was read.</param>
    /// <param name="pairs">The flows by pairs of roles.</param>
    /// <param name="leftOut">Flows outside the selection.</param>
    internal static NotJudged? Of(SiteFile site, ObservationSummary observation, ImmutableArray<RolePair> pairs,
        long leftOut)
    {
        var (flows, outOfScope) = (0L, 0L);
        foreach (var (verdict, number) in pairs.SelectMany(pair => pair.Verdicts))
        {
            if (verdict is not (Verdict.OutOfScope or Verdict.Background))
                return null;
            flows += number;
            outOfScope += verdict == Verdict.OutOfScope ? number : 0;
        }

        if (flows == 0 && leftOut > 0)
            return new NotJudged($"The selection is empty: it takes none of {Quantity.Of(leftOut, "flow")}.",
                "Correct or widen the selection.", IsFinding: true);
        if (flows > 0)
            return OfFlows(site, observation, flows, outOfScope);
        var packets = observation.Captures.Sum(capture => capture.Packets);
        return packets == 0
            ? new NotJudged("The captures are empty.", "Check where, when and with which filter they were taken.",
                IsFinding: false)
            : new NotJudged($"The captures hold {Quantity.Of(packets, "packet")} but no flow: none of them is IP "
                + "traffic that could be decoded.",
                "Check where they were taken; 'What the captures could see' says what was not decoded.",
                IsFinding: true);
    }

    /// <summary>The finding; null when it is none.</summary>
    internal FindingDraft? ToFinding() => IsFinding
        ? FindingDrafting.OfAbsence(new FindingKey(FindingKind.NothingJudged, "", "", null), [], [], Reason, NextStep)
        : null;

    private static NotJudged OfFlows(SiteFile site, ObservationSummary observation, long flows, long outOfScope)
    {
        if (outOfScope == 0 && WithoutIp(observation) is { } without)
            return new NotJudged($"{All(flows)} link housekeeping. {without}",
                "Only IP traffic is judged: find out which hosts still use the other protocols, and what for.",
                IsFinding: true);
        if (outOfScope == 0)
            return new NotJudged($"{All(flows)} link housekeeping: multicast, broadcast, neighbour "
                + "discovery, ICMP errors.",
                "Capture where the hosts' own connections pass: at the firewall, or at a mirror port of its switch.",
                IsFinding: true);
        var housekeeping = flows - outOfScope;
        var rest = housekeeping == 0
            ? ""
            : $" {Quantity.Of(housekeeping, "further flow")} "
                + $"{Quantity.Word(housekeeping, "is", "are")} link housekeeping.";
        var border = site.Segments.IsEmpty
            ? "none crosses between private and public addresses"
            : "none crosses between segments";
        return new NotJudged($"{All(outOfScope)} between addresses without a role in the site, {border}, and no "
            + $"site rule covers {(outOfScope == 1 ? "it" : "them")}.{rest}", site.IsProposed ? WriteSite : NameHosts,
            IsFinding: true);
    }

    /// <summary>What the captures hold instead of IP, where most frames are of hosts that talk without it; null
    /// otherwise.</summary>
    private static string? WithoutIp(ObservationSummary observation)
    {
        var others = observation.LinkProtocols.Where(link => IsOfHosts(link.Protocol)).ToList();
        var frames = others.Sum(link => link.Packets);
        var packets = observation.Total.Packets;
        return frames * 2 <= packets
            ? null
            : $"{Quantity.Count(frames)} of {Quantity.Of(packets, "frame")} carry {HostList.Of(
                [.. others.Select(link => LinkProtocols.NameOf(link.Protocol))])}.";
    }

    private static bool IsOfHosts(LinkProtocol protocol) => protocol is LinkProtocol.Ipx or LinkProtocol.NetBeui
        or LinkProtocol.AppleTalk or LinkProtocol.Sna or LinkProtocol.Dec or LinkProtocol.FibreChannel
        or LinkProtocol.Roce or LinkProtocol.AtaOverEthernet;

    private static string All(long flows) => flows == 1 ? "The only flow is" : $"All {Quantity.Count(flows)} flows are";

}
