using System.Collections.Immutable;

namespace PortAudit.Traffic.Records;

/// <summary>
/// What a TLS handshake showed in clear (RFC 8446, RFC 5246, RFC 6066, RFC 7301, RFC 5280). Text comes from the
/// network: it is data, may hold any character, and is escaped where it is written.
/// </summary>
public sealed record TlsHandshake
{
    /// <summary>Negotiated version (<c>0x0303</c> is TLS 1.2, <c>0x0304</c> TLS 1.3), from the server hello; the
    /// highest the client offered while <see cref="SawServerHello"/> is false.</summary>
    public required ushort Version { get; init; }

    /// <summary>True when the server's answer was seen.</summary>
    public required bool SawServerHello { get; init; }

    /// <summary>Cipher suite that the server selected; null when its hello was not seen.</summary>
    public ushort? CipherSuite { get; init; }

    /// <summary>Whether an earlier session was resumed.</summary>
    public TlsResumption Resumption { get; init; }

    /// <summary>True when the client announced early data (RFC 8446 §4.2.10). Whether the server took it is
    /// encrypted.</summary>
    public bool OffersEarlyData { get; init; }

    /// <summary>Server name indication, null when the client sent none.</summary>
    public string? ServerName { get; init; }

    /// <summary>Protocol that the server selected by ALPN; null when it selected none or TLS 1.3 hides it.</summary>
    public string? SelectedAlpn { get; init; }

    /// <summary>Protocols that the client offered by ALPN.</summary>
    public ImmutableArray<string> OfferedAlpn { get; init; } = [];

    /// <summary>JA3 of the client's hello: 32 hexadecimal digits; null when the hello was not captured whole.</summary>
    public string? Ja3 { get; init; }

    /// <summary>JA3S of the server's hello; null when it was not captured whole.</summary>
    public string? Ja3S { get; init; }

    /// <summary>JA4 of the client's hello; null when it was not captured whole.</summary>
    public string? Ja4 { get; init; }

    /// <summary>The server's certificates in clear, its own first. TLS 1.3 and resumed sessions show none.</summary>
    public ImmutableArray<TlsCertificate> ServerCertificates { get; init; } = [];

    /// <summary>Certificates of the server that were seen to be there and are not kept: cut, beyond the bounds, or not
    /// sound.</summary>
    public int ServerCertificatesNotKept { get; init; }

    /// <summary>Client authentication.</summary>
    public required ClientCertificate ClientCertificate { get; init; }

    /// <summary>The client's certificates in clear, its own first.</summary>
    public ImmutableArray<TlsCertificate> ClientCertificates { get; init; } = [];

    /// <summary>Certificates of the client that were seen to be there and are not kept.</summary>
    public int ClientCertificatesNotKept { get; init; }

    /// <summary>Alerts in clear, the client's first.</summary>
    public ImmutableArray<TlsAlert> Alerts { get; init; } = [];

    /// <summary>Subject of the server's own certificate (RFC 4514 text), null when not visible.</summary>
    public string? ServerSubject => ServerCertificates.IsEmpty ? null : ServerCertificates[0].Subject;

    /// <summary>DNS names of the server's own certificate.</summary>
    public ImmutableArray<string> ServerNames => ServerCertificates.IsEmpty ? [] : ServerCertificates[0].DnsNames;

    /// <summary>Subject of the client's own certificate (RFC 4514 text), null when not visible.</summary>
    public string? ClientSubject => ClientCertificates.IsEmpty ? null : ClientCertificates[0].Subject;

    /// <summary>IANA's name of <see cref="CipherSuite"/>; null for one that has none.</summary>
    public string? CipherSuiteText => CipherSuite is { } suite ? TlsCipherSuites.NameOf(suite) : null;

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
