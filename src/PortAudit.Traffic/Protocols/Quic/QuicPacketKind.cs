namespace PortAudit.Traffic.Protocols.Quic;

/// <summary>Kind of a packet with a long header (RFC 9000 §17.2), in the order of version 1.</summary>
internal enum QuicPacketKind
{
    /// <summary>First packet of either side.</summary>
    Initial,

    /// <summary>Early data of a client.</summary>
    ZeroRoundTrip,

    /// <summary>The rest of the handshake.</summary>
    Handshake,

    /// <summary>A server requests address validation.</summary>
    Retry,
}
