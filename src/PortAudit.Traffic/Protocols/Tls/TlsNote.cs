namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>The kinds of text in <see cref="TlsHandshakeNotes"/>. The numbers are ours and leave memory only within one run.</summary>
internal enum TlsNote : byte
{
    /// <summary>Server name indication.</summary>
    ServerName = 1,

    /// <summary>The protocol that the server selected by ALPN.</summary>
    SelectedAlpn,

    /// <summary>A protocol that the client offered by ALPN; may come several times.</summary>
    OfferedAlpn,

    /// <summary>Subject of the server's certificate.</summary>
    ServerSubject,

    /// <summary>A DNS name in the server's certificate; may come several times.</summary>
    ServerDnsName,

    /// <summary>Subject of the client's certificate.</summary>
    ClientSubject,
}
