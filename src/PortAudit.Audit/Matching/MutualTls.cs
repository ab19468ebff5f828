using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Matching;

/// <summary>What a TLS handshake says against a rule that has both sides show certificates. TLS 1.3 encrypts them and a
/// resumed session has none (RFC 8446 §2), so there it says nothing.</summary>
internal static class MutualTls
{
    private const byte Fatal = 2; // RFC 5246 §7.2

    /// <summary>True when the server did not ask for a certificate, or took a client that showed none (RFC 5246 §7.4.4,
    /// §7.4.6).</summary>
    public static bool LacksMutualTls(this FlowRecord flow) => flow.Tls?.ClientCertificate switch
    {
        ClientCertificate.NotRequested => true,
        ClientCertificate.RequestedNotPresented => !flow.IsRefusedWithoutCertificate(),
        ClientCertificate.Requested or ClientCertificate.Presented or ClientCertificate.Unknown or null => false,
    };

    /// <summary>True when the client showed no certificate and the server ended the handshake: that is how mutual TLS
    /// is to be.</summary>
    public static bool IsRefusedWithoutCertificate(this FlowRecord flow) =>
        flow.Tls is { ClientCertificate: ClientCertificate.RequestedNotPresented } tls
        && tls.Alerts.Any(alert => !alert.IsFromClient && alert.Level == Fatal);

    /// <summary>True when a flow that passed does not show whether both sides had certificates.</summary>
    public static bool HidesMutualTls(this FlowRecord flow) =>
        flow.Outcome.Passed()
        && flow.Tls?.ClientCertificate is null or ClientCertificate.Unknown or ClientCertificate.Requested;
}
