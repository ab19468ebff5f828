namespace PortAudit.Traffic.Wire;

/// <summary>SCTP chunk types that open or refuse an association (RFC 9260 §3.2): the first byte of a chunk. All others
/// belong to an existing association.</summary>
internal enum SctpChunkType : byte
{
    /// <summary>Requests an association; alone in its packet (RFC 9260 §3.3.2).</summary>
    Init = 1,

    /// <summary>Answers an INIT; alone in its packet (RFC 9260 §3.3.3).</summary>
    InitAck = 2,

    /// <summary>Ends an association at once, or refuses an INIT (RFC 9260 §3.3.7, §5.1).</summary>
    Abort = 6,

    /// <summary>Third step of the opening, by the initiator; the first chunk of its packet (RFC 9260
    /// §3.3.11).</summary>
    CookieEcho = 10,

    /// <summary>Fourth step of the opening; the first chunk of its packet (RFC 9260 §3.3.12).</summary>
    CookieAck = 11,
}
