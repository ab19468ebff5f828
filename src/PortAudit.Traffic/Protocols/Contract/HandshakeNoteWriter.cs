namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Condenses what both directions of a handshake show, from the starts of their streams.</summary>
/// <param name="fromClient">What the client sent.</param>
/// <param name="fromServer">What the server sent.</param>
/// <param name="notes">Takes the notes: as many bytes as they may have at most.</param>
/// <returns>Length of the notes, in bytes; 0 when there is nothing to keep.</returns>
internal delegate int HandshakeNoteWriter(ReadOnlySpan<byte> fromClient, ReadOnlySpan<byte> fromServer,
    Span<byte> notes);
