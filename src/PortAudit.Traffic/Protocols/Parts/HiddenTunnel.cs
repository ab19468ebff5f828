using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>The service of a flow whose messages, right in form, carry other traffic (DNS queries, ICMP
/// echo).</summary>
internal static class HiddenTunnel
{
    /// <summary>Its name.</summary>
    public const string Service = "tunnel";

    /// <summary>What the service of a WebSocket begins with that carries the connection of another protocol; the
    /// protocol's name follows.</summary>
    public const string InWebSocket = "websocket-";

    /// <summary>Adds to a match that its flow is one.</summary>
    public static void Note(ref Recognition recognition) =>
        (recognition.Service, recognition.ServiceBasis) = (Service, IdentificationBasis.Payload);
}
