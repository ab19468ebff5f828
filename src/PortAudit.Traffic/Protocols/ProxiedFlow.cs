using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols;

/// <summary>Finds flows through a proxy.</summary>
public static class ProxiedFlow
{
    /// <summary>
    /// Registry name of the protocol by which a proxy was asked to connect to another host (SOCKS, <c>CONNECT</c> of
    /// HTTP): it is served here, and what <see cref="FlowRecord.Protocol"/> names is that host's. Null for any other
    /// flow, and where bytes prove that the same server went on in another protocol (<c>Upgrade</c> of HTTP).
    /// </summary>
    public static string? Proxy(this FlowRecord flow) => ProtocolRegistry.Find(flow.StartedAs) is { IsProxy: true } row
        && (flow.Service, flow.ServiceBasis) != (row.Name, IdentificationBasis.Payload)
            ? row.Name
            : null;
}
