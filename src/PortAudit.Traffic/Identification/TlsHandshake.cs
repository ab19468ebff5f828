using System.Collections.Immutable;

namespace PortAudit.Traffic.Identification;

/// <summary>
/// What a TLS handshake showed in clear (RFC 8446, RFC 5246, RFC 6066, RFC 7301, RFC 5280). Text comes from the network: it is data,
/// may hold any character, and is escaped where it is written.
/// </summary>
public sealed record TlsHandshake
{
    /// <summary>Negotiated version (<c>0x0303</c> is TLS 1.2, <c>0x0304</c> TLS 1.3), from the server hello; the highest the client offered while <see cref="SawServerHello"/> is false.</summary>
    public required ushort Version { get; init; }

    /// <summary>True when the server's answer was seen.</summary>
    public required bool SawServerHello { get; init; }

    /// <summary>Server name indication, null when the client sent none.</summary>
    public string? ServerName { get; init; }

    /// <summary>Protocol that the server selected by ALPN; null when it selected none or TLS 1.3 hides it.</summary>
    public string? SelectedAlpn { get; init; }

    /// <summary>Protocols that the client offered by ALPN.</summary>
    public ImmutableArray<string> OfferedAlpn { get; init; } = [];

    /// <summary>Subject of the server's certificate (RFC 4514 text), null when not visible.</summary>
    public string? ServerSubject { get; init; }

    /// <summary>DNS names among the server certificate's subject alternative names.</summary>
    public ImmutableArray<string> ServerNames { get; init; } = [];

    /// <summary>Client authentication.</summary>
    public required ClientCertificate ClientCertificate { get; init; }

    /// <summary>Subject of the client's certificate (RFC 4514 text), null when not visible.</summary>
    public string? ClientSubject { get; init; }

    /// <summary>Name of <see cref="Version"/>: <c>TLS 1.2</c> and so on.</summary>
    public string VersionText => Version switch
    {
        0x0200 => "SSL 2.0",
        0x0300 => "SSL 3.0",
        0x0301 => "TLS 1.0",
        0x0302 => "TLS 1.1",
        0x0303 => "TLS 1.2",
        0x0304 => "TLS 1.3",
        _ => $"0x{Version:x4}",
    };
}
