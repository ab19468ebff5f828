using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Names a flow of RPC by the interfaces that its server accepted.</summary>
internal static class CarriedService
{
    /// <summary>
    /// The service of a flow: what the first bind named, unless that is an interface that every server has and another
    /// one was accepted after it; the first such one then. Where no bind was seen it is what the server accepted; null
    /// without anything.
    /// </summary>
    /// <param name="protocol">Protocol of the flow.</param>
    /// <param name="service">What the first bind named; null when it was not seen.</param>
    /// <param name="uses">What the flow was used for; null for nothing.</param>
    public static string? Of(string? protocol, string? service, List<CarriedUse>? uses)
    {
        if (protocol != RpcService.Protocol || uses is null
            || (service is not null && !RpcInterfaces.IsGeneral(service)))
            return service;
        foreach (var use in uses)
        {
            if (use.Kind != CarriedKind.Interface)
                continue;
            if (!RpcInterfaces.IsGeneral(use.Name))
                return use.Name;
            service ??= use.Name;
        }

        return service;
    }
}
