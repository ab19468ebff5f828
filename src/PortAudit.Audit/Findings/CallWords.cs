using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>Says what is to be said of media of calls, whose ports are others in every call.</summary>
internal static class CallWords
{
    /// <summary>Ports that a sentence names at most.</summary>
    private const int MaximumPorts = 4;

    public static bool IsOfCalls(FindingKey key) => key.Service == CallGroups.Service;

    public static string WhoDidWhat(FlowGroup flows) =>
        $"{Quantity.Of(flows.Flows, "flow")} of calls between {HostList.Of(flows.Originators)} and "
            + $"{HostList.Of(flows.Responders)}";

    /// <summary>What checks of ICE say and do not say, sentences with a leading space.</summary>
    public static string Doubt(FindingKey key, FlowGroup flows) =>
        " Either side of a call may send first (ICE, RFC 8445), so the first packet does not show who called."
            + (flows.Outcomes is { Passed: > 0, Stopped: > 0 } ? " Some checks fail in every call." : "")
            + Elsewhere([.. flows.Responders.Kept.Where(host => host.PrimaryRole != key.To).Select(host => host.Text)]);

    private static string Elsewhere(ImmutableArray<string> hosts) => hosts.IsEmpty
        ? ""
        : $" Those to {HostList.Of(hosts)} are checks, too: ICE tries every address that the peer offers.";

    /// <summary>The remedy for media that passed without a rule; null for anything else.</summary>
    public static string? Remedy(FindingKey key, FlowGroup flows)
    {
        if (IsOfCalls(key))
            return OfCalls(key, flows);
        return IsOfMedia(flows)
            ? $"If the deployment needs its calls, add a site rule from {key.From} to {key.To} for the range of media "
                + $"ports that is set at its telephones, clients or relays: udp {FindingDrafting.PortText(flows)} is "
                + "of these calls alone. Otherwise close it at the firewall."
            : null;
    }

    private static string OfCalls(FindingKey key, FlowGroup flows)
    {
        var callers = HostList.Of(flows.Originators);
        return $"If the deployment needs its calls, add a site rule from {key.From} to {key.To} for the UDP ports of "
            + "the service's relays (STUN and TURN) and the range of media ports that is set at its clients"
            + $"{LocalPorts(flows)}. Open no port towards {callers}: the outgoing checks of {callers} open the way. "
            + "Otherwise block UDP to these relays and to that range.";
    }

    /// <summary>The ports of the callers, which are those of these calls alone.</summary>
    private static string LocalPorts(FlowGroup flows)
    {
        var callers = flows.Originators.Kept.Select(host => host.Address).ToHashSet();
        var ports = flows.Retained.Kept
            .Select(flow => callers.Contains(flow.Originator.Address) ? flow.Originator.Port : flow.Responder.Port)
            .Distinct().Order().ToList();
        return ports.Count > MaximumPorts || ports.Count == 0
            ? ""
            : $" ({string.Join(", ", ports.Select(port => port.ToString(CultureInfo.InvariantCulture)))} "
                + $"{(ports.Count == 1 ? "is" : "are")} of these calls alone)";
    }

    /// <summary>True for datagrams of media at ports that no service has.</summary>
    private static bool IsOfMedia(FlowGroup flows) =>
        flows.Protocols.Count > 0
        && flows.Protocols.Keys.All(name => ProtocolRegistry.Find(name) is { IsMedia: true })
        && flows.Transports is { Count: 1, Min: var transport } && transport == IpProtocol.Udp
        && flows.Ports.All(port => !ProtocolRegistry.IsRegistered(transport, port));
}
