using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Administration;

/// <summary>Says who administers whom from afar, by what, and what to do.</summary>
internal static class AdministrationFindings
{
    public static FindingDraft Of(SensitiveOperation operation, string from, string to, AdministrationTally tally)
    {
        var flows = tally.Flows;
        var isUnknown = flows.Verdicts.All(entry => entry.Verdict == Verdict.OutOfScope);
        var isIntrusion = ComesFromOutside(flows) && (operation.Session is null || tally.Sessions > 0);
        var isAttackAcross = operation.Attack is not null
            && LocationsOf(flows.Originators) != LocationsOf(flows.Responders);
        var draft = FindingDrafting.OfFlows(
            new FindingKey(
                operation.Attack is null ? FindingKind.RemoteAdministration : FindingKind.KnownAttack,
                from, to, null, operation.Id),
            flows,
            operation.Risk == OperationRisk.High || isIntrusion || isAttackAcross ? Severity.High
                : isUnknown ? Severity.Low : Severity.Medium,
            $"{(tally.Sessions > 0 ? operation.Session : null) ?? operation.Title} from "
                + $"{HostList.Of(flows.Originators)} to {HostList.Of(flows.Responders)}: "
                + $"{Quantity.Of(flows.Flows, "flow")} on {ServiceOf(flows)}{UsesOf(tally)}. {operation.Means} "
                + $"{SessionsOf(operation, tally)}{WayOf(flows)}"
                + (operation.Attack is null ? " No rule names it." : ""),
            operation.Attack is null ? RemedyOf(operation, flows) : RemedyOfAttack(flows));
        return draft with
        {
            Finding = draft.Finding with
            {
                Protocol = operation.Services is [var service, ..] ? service : draft.Finding.Protocol,
                Reference = operation.Reference,
                SeverityClause = isUnknown
                    ? "neither host has a role in the site, so it may be ordinary work"
                    : $"{operation.Reason}{(isIntrusion ? ", and it comes from the Internet" : "")}",
            },
            Deciding = [.. tally.Frames.Kept],
        };
    }

    /// <summary>Some operations are the work of servers, others of administrators.</summary>
    private static string RemedyOf(SensitiveOperation operation, FlowGroup flows) =>
        $"{WhoToAsk(flows)} If it is not approved, report it as a suspected intrusion and keep the captures as "
        + "evidence. If it is, let the firewall allow it from the "
        + (operation.UsualFrom.IsEmpty ? "administrators'" : "approved")
        + $" hosts alone, and write a site rule from these hosts with 'operations: [{operation.Id}]'.";

    /// <summary>An attack is never approved, but a security test may look like one.</summary>
    private static string RemedyOfAttack(FlowGroup flows) =>
        "Report it as an attack, unless a test of security was announced, and keep the captures as evidence. Find the "
        + $"host that sent it: {HostList.Of(flows.Originators)}, unless the address is forged. Check "
        + $"{HostList.Of(flows.Responders)} for damage, install missing updates, and block this on the way.";

    /// <summary>What the volume says of logins, behind which a space stands; empty where it says nothing.</summary>
    private static string SessionsOf(SensitiveOperation operation, AdministrationTally tally) =>
        operation.Session is null || tally.Sessions == tally.Flows.Flows ? ""
        : tally.Sessions > 0 ? $"{Quantity.Of(tally.Sessions, "flow")} carried more than a login needs. "
        : "Nothing shows that a login succeeded. ";

    /// <summary>Only owners that can be known are asked: those of hosts of the site and of private addresses.</summary>
    private static string WhoToAsk(FlowGroup flows) => Known(flows.Originators) is { Count: > 0 } originators
        ? $"Ask the owners of {HostList.Of(originators)} who does this and whether it is approved."
        : Known(flows.Responders) is { Count: > 0 } responders
            ? $"Ask the owners of {HostList.Of(responders)} whether {HostList.Of(flows.Originators)} may do this."
            : "Find out who does this and whether it is approved.";

    private static List<string> Known(BottomKSet<HostIdentity> hosts) =>
    [
        .. hosts.Kept.Where(host => host.IsListed || AddressScope.IsInternal(host.Address))
            .Select(host => host.Text).Distinct(StringComparer.Ordinal),
    ];

    private static string ServiceOf(FlowGroup flows)
    {
        var ports = FindingDrafting.PortText(flows);
        return $"{string.Join(" and ", flows.Transports)}{(ports.Length == 0 ? "" : $" {ports}")}";
    }

    /// <summary>What was used, behind a comma: interfaces with their calls, and shares.</summary>
    private static string UsesOf(AdministrationTally tally)
    {
        var uses = tally.Uses.Kept.Where(use => use.Kind != CarriedKind.Attack).ToList();
        if (uses.Count == 0)
            return "";
        var names = uses.GroupBy(use => use.Name).Select(group => group.First().Kind == CarriedKind.Program
            ? $"on the share {group.Key}"
            : $"RPC interface {group.Key}{CallsOf(group.Where(use => use.Kind == CarriedKind.Call)
                .Select(use => use.Operation.ToString(CultureInfo.InvariantCulture)).ToList())}");
        return $", {string.Join(", ", names)}{(tally.Uses.IsOverflown ? " and more" : "")}";
    }

    private static string CallsOf(List<string> calls) =>
        calls.Count == 0 ? "" : $" ({Quantity.Word(calls.Count, "call", "calls")} {string.Join(", ", calls)})";

    private static string WayOf(FlowGroup flows)
    {
        var (from, to) = (LocationsOf(flows.Originators), LocationsOf(flows.Responders));
        return from == to ? InsideOf(flows) : $"It goes from {from} to {to}.";
    }

    private static string InsideOf(FlowGroup flows) =>
        flows.Originators.Kept.Concat(flows.Responders.Kept)
            .Any(host => host.IsListed && !OperationIndex.IsClient(host))
            ? "It crosses no border."
            : "Neither host has a server role.";

    /// <summary>The segments of hosts, or what kind of addresses they have where they are in none.</summary>
    private static string LocationsOf(BottomKSet<HostIdentity> hosts) =>
        HostList.Of([.. hosts.Kept.Select(LocationOf).Distinct(StringComparer.Ordinal)]);

    /// <summary>True when private addresses are administered from public ones that the site does not list.</summary>
    private static bool ComesFromOutside(FlowGroup flows) =>
        flows.Originators.Kept.Any(host => host.Name is null && !AddressScope.IsInternal(host.Address))
        && flows.Responders.Kept.Any(host => AddressScope.IsInternal(host.Address));

    private static string LocationOf(HostIdentity host) => host.Segment is { } segment
        ? $"segment {segment}"
        : AddressScope.IsInternal(host.Address) ? "private addresses" : "the Internet";
}
