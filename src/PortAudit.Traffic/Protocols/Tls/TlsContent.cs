namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Content types of TLS records (RFC 8446 §5.1; <c>change_cipher_spec</c>: RFC 5246 §7.1).</summary>
internal enum TlsContent : byte
{
    /// <summary>The rest of this direction is encrypted (TLS 1.2 and older).</summary>
    ChangeCipherSpec = 20,

    /// <summary>A warning, an error or the end.</summary>
    Alert = 21,

    /// <summary>Handshake messages, in clear until the cipher changes.</summary>
    Handshake = 22,

    /// <summary>Encrypted data; in TLS 1.3 also the rest of the handshake.</summary>
    ApplicationData = 23,
}
