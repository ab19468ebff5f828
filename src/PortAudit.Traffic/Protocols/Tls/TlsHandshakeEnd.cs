namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Why reading a direction of a handshake ended.</summary>
internal enum TlsHandshakeEnd
{
    /// <summary>End of the bytes; more may follow.</summary>
    OutOfBytes,

    /// <summary>The rest is encrypted.</summary>
    Encrypted,

    /// <summary>A fatal alert or a close.</summary>
    Closed,

    /// <summary>Not TLS.</summary>
    Foreign,
}
