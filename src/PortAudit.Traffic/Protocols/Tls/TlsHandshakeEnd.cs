namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Why a direction of a handshake cannot be read further.</summary>
internal enum TlsHandshakeEnd
{
    /// <summary>The bytes end here; more may follow.</summary>
    OutOfBytes,

    /// <summary>The rest is encrypted.</summary>
    Encrypted,

    /// <summary>A fatal alert or a close.</summary>
    Closed,

    /// <summary>What stands here is no TLS.</summary>
    Foreign,
}
