namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Condenses a handshake from the starts of both streams.</summary>
/// <param name="fromClient">What the client sent.</param>
/// <param name="fromServer">What the server sent.</param>
/// <param name="notes">Receives the notes; its length is their limit.</param>
/// <returns>Length of the notes, in bytes; 0 without any.</returns>
internal delegate int HandshakeNoteWriter(ReadOnlySpan<byte> fromClient, ReadOnlySpan<byte> fromServer,
    Span<byte> notes);
