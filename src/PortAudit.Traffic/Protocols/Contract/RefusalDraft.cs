using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What a reader makes of an answer that refuses.</summary>
/// <param name="Protocol">As in <see cref="Refusal.Protocol"/>.</param>
/// <param name="Code">Its code.</param>
/// <param name="Reason">What the code means.</param>
/// <param name="Ground">What tells that an intermediary gave it.</param>
internal readonly record struct RefusalDraft(string Protocol, int Code, RefusalReason Reason, RefusalGround Ground);

/// <summary>
/// Reads from the starts of a connection's streams, again from their first byte as they grow, whether its request was
/// refused. It keeps no state, never throws and allocates nothing, whatever the bytes.
/// </summary>
/// <param name="fromClient">What the client sent; empty when it was not seen.</param>
/// <param name="fromServer">What the server sent.</param>
/// <param name="refusal">The refusal as far as it is known; null when there is none.</param>
/// <returns>True when more bytes would change nothing.</returns>
internal delegate bool RefusalReader(ReadOnlySpan<byte> fromClient, ReadOnlySpan<byte> fromServer,
    out RefusalDraft? refusal);
