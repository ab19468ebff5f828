using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>The service of a flow whose messages, right in form, carry other traffic (DNS queries, ICMP
/// echo).</summary>
internal static class HiddenTunnel
{
    /// <summary>Adds to a match that its flow is one.</summary>
    public static void Note(ref Recognition recognition) =>
        (recognition.Service, recognition.ServiceBasis) = (TunnelService.Name, IdentificationBasis.Payload);
}
