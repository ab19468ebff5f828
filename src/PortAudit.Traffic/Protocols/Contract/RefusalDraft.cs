using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>A refusing response, as read.</summary>
/// <param name="Protocol">As in <see cref="Refusal.Protocol"/>.</param>
/// <param name="Code">Status code.</param>
/// <param name="Reason">Meaning of the code.</param>
/// <param name="Basis">Evidence that an intermediary sent it.</param>
internal readonly record struct RefusalDraft(string Protocol, int Code, RefusalReason Reason, RefusalBasis Basis);

/// <summary>Reads from the starts of a connection's streams whether its request was refused; called again from the
/// first byte as they grow. Stateless, never throws and allocates nothing.</summary>
/// <param name="fromClient">What the client sent; empty when not seen.</param>
/// <param name="fromServer">What the server sent.</param>
/// <param name="refusal">The refusal so far; null without one.</param>
/// <returns>True when more bytes are irrelevant.</returns>
internal delegate bool RefusalReader(ReadOnlySpan<byte> fromClient, ReadOnlySpan<byte> fromServer,
    out RefusalDraft? refusal);
