namespace PortAudit.Traffic.Records;

/// <summary>Services of flows whose messages carry other traffic.</summary>
public static class TunnelService
{
    /// <summary>Well-formed messages that carry other traffic (DNS queries, ICMP echo).</summary>
    public const string Name = "tunnel";

    /// <summary>Prefix of the service of a WebSocket that carries another protocol; the protocol's name
    /// follows.</summary>
    public const string InWebSocket = "websocket-";
}
