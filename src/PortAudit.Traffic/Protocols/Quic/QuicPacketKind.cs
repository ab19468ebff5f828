namespace PortAudit.Traffic.Protocols.Quic;

/// <summary>Kind of a packet with a long header (RFC 9000 §17.2), in the order of version 1.</summary>
internal enum QuicPacketKind
{
    /// <summary>The first of either end.</summary>
    Initial,

    /// <summary>A client's data before the handshake is over.</summary>
    ZeroRoundTrip,

    /// <summary>The rest of the handshake.</summary>
    Handshake,

    /// <summary>A server asks a client to prove its address.</summary>
    Retry,
}
