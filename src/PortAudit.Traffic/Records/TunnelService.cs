namespace PortAudit.Traffic.Records;

/// <summary>Services of flows whose messages carry other traffic.</summary>
public static class TunnelService
{
    /// <summary>Of messages that are right in form (DNS queries, ICMP echo).</summary>
    public const string Name = "tunnel";

    /// <summary>What the service of a WebSocket begins with that carries the connection of another protocol; the
    /// protocol's name follows.</summary>
    public const string InWebSocket = "websocket-";
}
