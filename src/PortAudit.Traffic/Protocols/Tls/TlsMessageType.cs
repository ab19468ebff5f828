namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Handshake messages in use here (RFC 5246 §7.4, RFC 8446 §4).</summary>
internal enum TlsMessageType : byte
{
    /// <summary>The client's offer.</summary>
    ClientHello = 1,

    /// <summary>The server's selection.</summary>
    ServerHello = 2,

    /// <summary>A certificate chain, of either side.</summary>
    Certificate = 11,

    /// <summary>The server asks for the client's certificate.</summary>
    CertificateRequest = 13,

    /// <summary>End of the server's part.</summary>
    ServerHelloDone = 14,

    /// <summary>The client's key; its certificate can only come before.</summary>
    ClientKeyExchange = 16,
}
