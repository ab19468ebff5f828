using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Coverage;

/// <summary>Finds the flows that the site needs and that did not come about.</summary>
/// <param name="observability">What could have been seen where.</param>
/// <param name="configured">By rule: what configurations of firewalls stop of it, a sentence each.</param>
internal sealed class RequiredFindings(Observability observability, ILookup<string, string> configured)
{
    /// <summary>The findings about one rule, given the rows of its roles.</summary>
    public IEnumerable<FindingDraft> Of(RuleTally tally, IReadOnlyCollection<RuleRow> rows)
    {
        if (!tally.Rule.IsNeeded)
            return [];
        return OfStopped(tally).Concat(OfOneWay(tally, rows)).Concat(OfAbsent(tally, rows));
    }

    // A pair of hosts that never got through is a finding even when others did.
    private IEnumerable<FindingDraft> OfStopped(RuleTally tally) =>
        from pair in tally.Pairs
        where pair.Status is RuleStatus.Refused or RuleStatus.Blocked
        group pair by (Kind: KindOf(pair), pair.Status, pair.FromRole, pair.ToRole) into cause
        select OfFlows(new FindingKey(cause.Key.Kind, cause.Key.FromRole, cause.Key.ToRole, tally.Rule),
            cause.Key.Status, cause);

    private static FindingKind KindOf(PairTally pair)
    {
        if (pair.Status == RuleStatus.Blocked)
            return FindingKind.RequiredFlowBlocked;
        return pair.Failed is { RefusedByResponder: > 0 } ? FindingKind.ServiceDown : FindingKind.RequiredFlowRefused;
    }

    // One direction of some flows among many is a matter of the capture; only a rule that nothing else exercised is in
    // doubt.
    private IEnumerable<FindingDraft> OfOneWay(RuleTally tally, IReadOnlyCollection<RuleRow> rows) =>
        from pair in rows.Where(row => row.Status == RuleStatus.OneWay)
            .SelectMany(row => tally.PairsOf(row.From, row.To)).Distinct()
        where pair.Status == RuleStatus.OneWay
        group pair by (pair.FromRole, pair.ToRole) into cause
        select OfFlows(new FindingKey(FindingKind.RequiredFlowOneWay, cause.Key.FromRole, cause.Key.ToRole, tally.Rule),
            RuleStatus.OneWay, cause);

    private static IEnumerable<FindingDraft> OfAbsent(RuleTally tally, IReadOnlyCollection<RuleRow> rows) =>
        from row in rows
        where row.Status == RuleStatus.NotTried
        let rule = tally.Rule
        select FindingDrafting.OfAbsence(
            new FindingKey(FindingKind.RequiredFlowNeverSeen, row.From, row.To, rule),
            rule.Rule.Transports,
            rule.Ports,
            $"The rule {rule.Rule.Id} ({rule.Rule.Title}) needs {Service(rule)} from {RoleText.Of(row.From)} to "
                + $"{RoleText.Of(row.To)}. {row.Reason}",
            $"Check that the service is set up on {RoleText.Of(row.From)} and reaches {RoleText.Of(row.To)}; if "
                + $"it is not used, turn off its condition or add a site rule that says so.");

    private FindingDraft OfFlows(FindingKey key, RuleStatus status, IEnumerable<PairTally> pairs)
    {
        var flows = FlowGroup.Union(pairs.Select(pair => pair.Failed).OfType<FlowGroup>());
        var rule = key.Rule!;
        var without = MayHaveEndedOnTheWay(status, flows) ? observability.PointsWithout(flows) : [];
        var explanation = $"The rule {rule.Rule.Id} ({rule.Rule.Title}) needs {Service(rule)} from "
            + $"{RoleText.Of(key.From)} to {RoleText.Of(key.To)}. "
            + $"{TriedReason.OfFailure(flows, status)}{WhereTheyEnded(flows, without)}";
        if (status == RuleStatus.Blocked)
            explanation = string.Join(' ', configured[rule.Rule.Id].Prepend(explanation));
        var remedy = status is RuleStatus.Blocked or RuleStatus.Refused ? OpeningAdvice.WhyNot(rule, flows) : null;
        return FindingDrafting.OfFlows(key, flows, explanation, remedy ?? Remedy(status, flows, rule, without));
    }

    /// <summary>True unless the responder itself is known to have refused one of them, or answers were seen.</summary>
    private static bool MayHaveEndedOnTheWay(RuleStatus status, FlowGroup flows) =>
        status == RuleStatus.Blocked
        || (status == RuleStatus.Refused && flows.Interventions.UnknownResets == flows.Flows);

    /// <summary>Where attempts ended according to several capture points, a sentence with a leading space; empty if
    /// unknown.</summary>
    private static string WhereTheyEnded(FlowGroup flows, ImmutableArray<string> without)
    {
        var through = flows.CameThrough
            ? $" The devices between the capture points {HostList.Of([.. flows.Points])} let all attempts through."
            : "";
        return without.IsEmpty
            ? through
            : $"{through} {HostList.Of(without)}, on the path according to the site, watched all the time and "
                + "recorded none of them: they were stopped between there and "
                + $"{HostList.Of([.. flows.Points])}, or NAT changed their addresses.";
    }

    private static string Remedy(
        RuleStatus status, FlowGroup flows, BoundRule rule, ImmutableArray<string> without)
    {
        if (status == RuleStatus.Blocked && IsUndeliverable(flows))
            return $"Check that {HostList.Of(flows.Responders)} {(flows.Responders.Kept.Count == 1 ? "is" : "are")} "
                + "up and has the address that the site gives, and that the routers that answered have a route to it. "
                + $"If a firewall is set to answer so, open {Service(rule)} from "
                + $"{HostList.Of(flows.Originators)} there.";
        if (!without.IsEmpty)
            return $"Open {Service(rule)} from {HostList.Of(flows.Originators)} to {HostList.Of(flows.Responders)} "
                + $"on the devices between the capture points {HostList.Of([.. flows.Points])} and "
                + $"{HostList.Of(without)}, and check that answers can get back.";
        return status switch
        {
            RuleStatus.Refused => OfRefused(flows, rule),
            RuleStatus.Blocked => OfBlocked(flows, rule),
            RuleStatus.OneWay => OfHalfSeen(flows),
            RuleStatus.Seen or RuleStatus.SeenByPort or RuleStatus.NotTried or RuleStatus.WindowTooShort
                or RuleStatus.NotObservable or RuleStatus.NotApplicable =>
                throw new ArgumentOutOfRangeException(nameof(status), status, "no attempt failed"),
        };
    }

    private static string OfRefused(FlowGroup flows, BoundRule rule)
    {
        var start = $"start the service on {HostList.Of(flows.Responders)}, or let it listen on {Service(rule)}.";
        if (flows.Interventions.UnknownResets == 0)
            return $"The packets arrive: {start}";
        return flows.CameThrough
            ? $"The packets pass the devices between the capture points: {start} If a firewall behind both "
                + $"points sent the resets, open {Service(rule)} there. A capture at the responder shows which."
            : $"If the responder sent the resets, the packets arrive: {start} If a firewall sent them, open "
                + $"{Service(rule)} there. A capture at the responder shows which.";
    }

    private static string OfBlocked(FlowGroup flows, BoundRule rule) => flows.CameThrough
        ? $"Look behind the capture point that is nearer to {HostList.Of(flows.Responders)}, or on "
            + $"{HostList.Of(flows.Responders)} itself, for what drops or rejects {Service(rule)} from "
            + $"{HostList.Of(flows.Originators)}; no device between the points does."
        : $"Open {Service(rule)} from {HostList.Of(flows.Originators)} to {HostList.Of(flows.Responders)} in the "
            + "firewalls between them"
            + $"{(flows.Interventions.ProhibitedByHost > 0 ? " and on the responder itself" : "")}, and check "
            + "that answers can get back.";

    private static string OfHalfSeen(FlowGroup flows) => TriedReason.IsUnansweredMedia(flows, RuleStatus.OneWay)
        ? $"Media meant to flow one way are fine. If {HostList.Of(flows.Responders)} cannot "
            + $"hear or see them, capture there to find out whether they arrive."
        : "Capture both directions (a mirror port for both, or a tap), or look for a route on which the answers "
            + "return elsewhere.";

    /// <summary>True when some attempts could not be delivered, as ICMP says, and none was rejected for another reason:
    /// a firewall is the less likely cause.</summary>
    private static bool IsUndeliverable(FlowGroup flows) =>
        flows.Interventions.Undeliverable is > 0 and var undeliverable
        && undeliverable == flows.Outcomes.Of(Outcome.Rejected);

    private static string Service(BoundRule rule) =>
        rule.PortText.Length == 0 ? rule.TransportText : $"{rule.TransportText} {rule.PortText}";
}
