namespace PortAudit.Traffic.Protocols.Dtls;

/// <summary>Kind of content of a DTLS record (IANA "TLS ContentType").</summary>
internal enum DtlsContent : byte
{
    /// <summary>Encryption begins.</summary>
    ChangeCipherSpec = 20,

    /// <summary>Warning or failure.</summary>
    Alert = 21,

    /// <summary>Handshake message or a fragment of one.</summary>
    Handshake = 22,

    /// <summary>Application data.</summary>
    ApplicationData = 23,

    /// <summary>RFC 6520.</summary>
    Heartbeat = 24,

    /// <summary>Encrypted, with a connection identifier of unknown length in its header (RFC 9146 §4).</summary>
    WithConnectionId = 25,

    /// <summary>RFC 9147 §7.</summary>
    Acknowledgement = 26,
}
