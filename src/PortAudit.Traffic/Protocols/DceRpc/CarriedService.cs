using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Names an RPC flow by the interfaces that its server accepted.</summary>
internal static class CarriedService
{
    /// <summary>The service of a flow: the interface of the first bind, unless every server has that one and another
    /// was accepted later; then the first of those. Without a bind, what the server accepted; null without
    /// anything.</summary>
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
