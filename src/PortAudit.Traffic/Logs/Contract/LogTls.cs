using System.Text;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>TLS handshakes in logs.</summary>
internal static class LogTls
{
    /// <summary>Certificates kept of one side, as of a handshake in packets.</summary>
    public const int MaximumCertificates = 8;

    /// <summary>Names kept of a certificate.</summary>
    public const int MaximumNames = 32;

    /// <summary>TLS 1.3, as in <see cref="TlsHandshake.Version"/>.</summary>
    public const ushort Tls13 = 0x0304;

    /// <summary>Most characters kept of a name, as <see cref="TlsCertificate"/> says.</summary>
    private const int MaximumText = 200;

    /// <summary>A text of a handshake, cut after <see cref="MaximumText"/> characters.</summary>
    public static string? Cut(string? text) => text?.Length > MaximumText ? text[..MaximumText] : text;

    /// <summary>The flow with its handshake, and what ALPN says is inside.</summary>
    public static FlowRecord AddTo(FlowRecord flow, TlsHandshake handshake)
    {
        var service = handshake.SelectedAlpn is { } alpn
            ? ProtocolRegistry.Alpn.Of(Encoding.UTF8.GetBytes(alpn))
            : null;
        return flow with
        {
            Tls = handshake,
            Service = service,
            ServiceBasis = service is null ? IdentificationBasis.None : IdentificationBasis.Handshake,
        };
    }
}
