namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>The kinds of notes in <see cref="TlsHandshakeNotes"/>. The numbers are ours and leave memory only within
/// one run.</summary>
internal enum TlsNote : byte
{
    /// <summary>Server name indication.</summary>
    ServerName = 1,

    /// <summary>The protocol that the server selected by ALPN.</summary>
    SelectedAlpn,

    /// <summary>A protocol that the client offered by ALPN; may come several times.</summary>
    OfferedAlpn,

    /// <summary>JA3 of the client's hello, a digest.</summary>
    Ja3,

    /// <summary>JA3S of the server's hello, a digest.</summary>
    Ja3S,

    /// <summary>JA4 of the client's hello, ASCII.</summary>
    Ja4,

    /// <summary>An alert of the client: level and description.</summary>
    ClientAlert,

    /// <summary>An alert of the server.</summary>
    ServerAlert,

    /// <summary>A certificate of the server begins (<see cref="TlsCertificateNotes"/>); its texts follow.</summary>
    ServerCertificate,

    /// <summary>A certificate of the client begins.</summary>
    ClientCertificate,

    /// <summary>Subject of the certificate that began last.</summary>
    Subject,

    /// <summary>Its issuer.</summary>
    Issuer,

    /// <summary>Its serial number, bytes.</summary>
    SerialNumber,

    /// <summary>One of its extended key usages: an encoded object identifier.</summary>
    ExtendedKeyUsage,

    /// <summary>A DNS name of the server's certificate whose place stands before it.</summary>
    ServerDnsName,

    /// <summary>An address of such a certificate.</summary>
    ServerAddress,

    /// <summary>A DNS name of the client's certificate whose place stands before it.</summary>
    ClientDnsName,

    /// <summary>An address of such a certificate.</summary>
    ClientAddress,
}
