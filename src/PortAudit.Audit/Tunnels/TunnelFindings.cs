using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;

namespace PortAudit.Audit.Tunnels;

/// <summary>Says who hides traffic in which messages, and what to do.</summary>
internal static class TunnelFindings
{
    /// <summary>The protocol whose names carry tunnels.</summary>
    public const string Dns = "dns";

    /// <summary>What carries connections of other protocols in HTTP.</summary>
    public const string WebSocket = "websocket";

    /// <summary>The finding about one possible tunnel of the clients of one role.</summary>
    public static FindingDraft Of(TunnelKey key, TunnelTally tally, ImmutableArray<bool> isExpired)
    {
        var flows = tally.Flows;
        var (explanation, remedy) = key.Carrier switch
        {
            Dns => OfDns(key, tally),
            WebSocket => OfWebSocket(key.Domain, flows),
            _ => OfIcmp(flows),
        };
        var isInside = key.Carrier == WebSocket && !CrossesBorder(flows);
        var draft = FindingDrafting.OfFlows(
            new FindingKey(FindingKind.HiddenTunnel, key.From, key.To, null, $"{key.Carrier}/{key.Domain}"),
            flows,
            flows.Outcomes.Passed > 0 && !isInside && (key.Carrier != Dns || tally.AsksForRareTypes)
                ? Severity.High
                : Severity.Medium,
            explanation,
            remedy);
        return draft with
        {
            Finding = draft.Finding with
            {
                Verdict = flows.FirstVerdictAfterExceptions(isExpired),
                SeverityClause = isInside ? "it crosses no border, and web consoles also work this way" : "",
                Reference = key.Carrier switch
                {
                    Dns => "MITRE ATT&CK T1071.004",
                    WebSocket => "MITRE ATT&CK T1572",
                    _ => "MITRE ATT&CK T1095",
                },
            },
        };
    }

    private static (string Explanation, string Remedy) OfDns(TunnelKey key, TunnelTally tally)
    {
        var (clients, servers) = (HostList.Of(tally.Flows.Originators), HostList.Of(tally.Flows.Responders));
        var names = tally.Names.IsOverflown || tally.Names.Kept.Count == TunnelTally.MaximumNames
            ? $"at least {Number(TunnelTally.MaximumNames)} different names"
            : $"{Number(tally.Names.Kept.Count)} different names";
        var where = key.Domain.Length == 0 ? "in no domain" : $"below {key.Domain}";
        var target = key.Domain.Length == 0 ? servers : $"the servers of {key.Domain}";
        var queries = Quantity.Of(tally.Queries, "query", "queries");
        var types = tally.AsksForRareTypes
            ? $" {Number(tally.RareQueries)} of them asked for record types that clients hardly ever ask for."
            : " Security software that looks up files and addresses by long names can look the same.";
        return ($"{clients} asked {servers} for {names} {where}, like programs that tunnel other traffic to {target} "
            + $"over DNS: {queries} had {Number(tally.NameBytes)} bytes of such names, and the answers "
            + $"{Number(tally.AnswerBytes)} bytes of free content.{types}",
            $"Find the program on {clients} that asks for these names. Unless its owner approves it, report it as a "
            + "suspected intrusion and keep the captures as evidence. "
            + (key.Domain.Length == 0
                ? $"Block DNS from {clients} to {servers} if they are no resolvers of yours."
                : $"Block {key.Domain} on the resolvers, and let clients ask no other resolvers."));
    }

    private static (string Explanation, string Remedy) OfIcmp(FlowGroup flows)
    {
        var (clients, servers) = (HostList.Of(flows.Originators), HostList.Of(flows.Responders));
        return ($"Echo messages between {clients} and {servers} carry the messages of a tunnel: "
            + $"{Quantity.Of(flows.Flows, "flow")} with {Number(flows.Bytes)} bytes. They carry other traffic.",
            $"Find the programs on {clients} and {servers} that send them. Unless their owner approves it, report it "
            + "as a suspected intrusion and keep the captures as evidence. Let echo pass only between hosts that need "
            + "it.");
    }

    private static (string Explanation, string Remedy) OfWebSocket(string carried, FlowGroup flows)
    {
        var (clients, servers) = (HostList.Of(flows.Originators), HostList.Of(flows.Responders));
        var name = carried.ToUpperInvariant();
        return ($"WebSocket connections from {clients} to {servers} carry {name}: {Quantity.Of(flows.Flows, "flow")} "
            + $"on tcp {FindingDrafting.PortText(flows)} with {Number(flows.Bytes)} bytes. Rules that allow web pages "
            + $"let {name} through with them.",
            $"Find the programs on {clients} and {servers} that carry {name} in HTTP. Unless their owner approves it, "
            + "report it as a suspected intrusion and keep the captures as evidence. Let a proxy refuse upgrades to "
            + "WebSocket where no web application needs them.");
    }

    /// <summary>True when private and public addresses speak with each other.</summary>
    private static bool CrossesBorder(FlowGroup flows) =>
        flows.Originators.Kept.Any(host => AddressScope.IsInternal(host.Address))
            != flows.Responders.Kept.All(host => AddressScope.IsInternal(host.Address));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
