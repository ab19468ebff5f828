using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.DceRpc;

namespace PortAudit.Audit.Findings;

/// <summary>What to do about traffic by which hosts are, or may be, administered: a rule for it is not offered before
/// it is approved.</summary>
internal static class AdministrationAdvice
{
    /// <summary>The remedy of unexpected flows; null for those that have nothing to do with administration.</summary>
    /// <param name="key">The cause.</param>
    /// <param name="flows">The flows.</param>
    /// <param name="service">Transports and ports, for a sentence.</param>
    public static string? Of(FindingKey key, FlowGroup flows, string service)
    {
        if (IsProved(flows))
            return Of(flows, $"{service} gives remote control of a host");
        if (!SensitiveOperations.Shipped.IsCarrier(flows.Protocols.Keys, flows.Ports))
            return null;
        if (PlainInterfaces(flows) is not { IsEmpty: false } interfaces)
            return Of(flows, $"{(flows.Protocols.Count == 0 ? service : string.Join(" and ", flows.Protocols.Keys))} "
                + "can carry remote administration");
        return flows.Outcomes.Stopped == flows.Flows
            ? null
            : $"If the deployment needs the RPC interface {string.Join(", ", interfaces)}, add a site rule from "
                + $"{key.From} to {key.To} 'via: {{ announced-by: [{flows.Retained.Kept.First().Protocol}], services: "
                + $"[{string.Join(", ", interfaces)}] }}'; otherwise close it at the firewall. Its port may change "
                + "with every start of the service.";
    }

    /// <summary>Why a way is to be closed, behind "close it"; empty for one that has nothing to do with
    /// administration.</summary>
    public static string Reason(FlowGroup flows)
    {
        var protocols = string.Join(" and ", flows.Protocols.Keys);
        return flows.Protocols.Count == 0 ? ""
            : IsProved(flows) ? $": {protocols} gives remote control of a host."
            : SensitiveOperations.Shipped.IsCarrier(flows.Protocols.Keys, [])
                ? $": {protocols} can carry remote administration."
            : "";
    }

    /// <summary>True for flows by which hosts are, or may be, administered: no rule for them is offered.</summary>
    public static bool Concerns(FlowGroup flows) =>
        IsProved(flows) || SensitiveOperations.Shipped.IsCarrier(flows.Protocols.Keys, flows.Ports);

    private static string Of(FlowGroup flows, string means)
    {
        var originators = HostList.Of(flows.Originators);
        if (flows.Outcomes.Stopped < flows.Flows && !IsProved(flows))
            return $"Find out what on {originators} uses it: {means}. If the deployment needs it, allow it with a site "
                + "rule from these hosts alone; otherwise close it at the firewall.";
        if (flows.Outcomes.Stopped < flows.Flows)
            return $"Close it at the firewall, unless it is approved: {means}. Find out what on {originators} "
                + "uses it; if the deployment needs it, allow it with a site rule from these hosts alone.";
        return $"Leave it closed{(flows.RefusedByResponder > 0 || flows.CameThrough
            ? ", and close it at the firewall too, which lets the attempts pass" : "")}: {means}. Find out what on "
            + $"{originators} tries it.";
    }

    private static bool IsProved(FlowGroup flows) => SensitiveOperations.Shipped.IsOperation(
        [.. flows.Protocols.Keys, .. flows.Retained.Kept.SelectMany(FlowServices.Of)], flows.Ports);

    /// <summary>The RPC interfaces proved in the flows, or announced for their ports when the bind was not captured, if
    /// each flow has one and none is an operation; else none. Interfaces that every server has are left out.</summary>
    private static ImmutableArray<string> PlainInterfaces(FlowGroup flows)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var flow in flows.Retained.Kept)
        {
            if (ProtocolRegistry.Find(flow.Protocol) is not { HasInterfaces: true })
                return [];
            var own = FlowServices.Of(flow).ToList();
            if (own.Count == 0 && flow.Service is { } announced)
                own.Add(announced);
            if (own.Count == 0 || own.Any(SensitiveOperations.Shipped.IsSensitive))
                return [];
            names.UnionWith(own.Where(name => !RpcInterfaces.IsGeneral(name)));
        }

        return [.. names];
    }
}
