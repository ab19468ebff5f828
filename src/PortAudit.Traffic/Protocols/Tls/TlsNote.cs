namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Kinds of notes in <see cref="TlsHandshakeNotes"/>. Numbers are internal, valid within one run.</summary>
internal enum TlsNote : byte
{
    /// <summary>Server name indication.</summary>
    ServerName = 1,

    /// <summary>The protocol selected by ALPN.</summary>
    SelectedAlpn,

    /// <summary>A protocol offered by ALPN; may repeat.</summary>
    OfferedAlpn,

    /// <summary>JA3 of the client's hello, a digest.</summary>
    Ja3,

    /// <summary>JA3S of the server's hello, a digest.</summary>
    Ja3S,

    /// <summary>JA4 of the client's hello, ASCII.</summary>
    Ja4,

    /// <summary>A client alert: level and description.</summary>
    ClientAlert,

    /// <summary>A server alert.</summary>
    ServerAlert,

    /// <summary>Begins a server certificate (<see cref="TlsCertificateNotes"/>); its texts follow.</summary>
    ServerCertificate,

    /// <summary>Begins a client certificate.</summary>
    ClientCertificate,

    /// <summary>Subject of the latest certificate.</summary>
    Subject,

    /// <summary>Its issuer.</summary>
    Issuer,

    /// <summary>Its serial number, bytes.</summary>
    SerialNumber,

    /// <summary>An extended key usage: an encoded object identifier.</summary>
    ExtendedKeyUsage,

    /// <summary>DNS name of a server certificate, preceded by its index.</summary>
    ServerDnsName,

    /// <summary>Address of a server certificate, preceded by its index.</summary>
    ServerAddress,

    /// <summary>DNS name of a client certificate, preceded by its index.</summary>
    ClientDnsName,

    /// <summary>Address of a client certificate, preceded by its index.</summary>
    ClientAddress,
}
