namespace PortAudit.Traffic.Wire;

/// <summary>Types of SCTP chunks that tell who opened an association and what came of it (RFC 9260 §3.2): the first
/// byte of a chunk. All others are of an association that is there.</summary>
internal enum SctpChunkType : byte
{
    /// <summary>Asks for an association; alone in its packet (RFC 9260 §3.3.2).</summary>
    Init = 1,

    /// <summary>Answers an INIT; alone in its packet (RFC 9260 §3.3.3).</summary>
    InitAck = 2,

    /// <summary>Ends an association at once, or refuses an INIT (RFC 9260 §3.3.7, §5.1).</summary>
    Abort = 6,

    /// <summary>Third step of the opening, by who asked; the first chunk of its packet (RFC 9260 §3.3.11).</summary>
    CookieEcho = 10,

    /// <summary>Fourth step of the opening; the first chunk of its packet (RFC 9260 §3.3.12).</summary>
    CookieAck = 11,
}
