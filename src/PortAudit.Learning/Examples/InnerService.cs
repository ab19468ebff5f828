using PortAudit.Traffic.Records;

namespace PortAudit.Learning.Examples;

/// <summary>Tells what a TLS connection is proved to carry.</summary>
internal static class InnerService
{
    private const string Tls = "tls";

    /// <summary>The service by ALPN, by a certificate that only one program makes, or by the protocol that switched to
    /// TLS; null when none of them tells, and for flows that are no TLS.</summary>
    public static string? Of(FlowRecord flow) =>
        flow.Protocol == Tls && Proves(flow.ProtocolBasis) && Proves(flow.ServiceBasis) ? flow.Service : null;

    private static bool Proves(IdentificationBasis basis) => basis >= IdentificationBasis.Handshake;
}
