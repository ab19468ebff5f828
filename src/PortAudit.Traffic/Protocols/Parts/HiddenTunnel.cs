using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>The service of a flow whose well-formed messages (DNS queries, ICMP echo) carry other traffic.</summary>
internal static class HiddenTunnel
{
    /// <summary>Sets it in a match.</summary>
    public static void Note(ref Recognition recognition) =>
        (recognition.Service, recognition.ServiceBasis) = (TunnelService.Name, IdentificationBasis.Payload);
}
