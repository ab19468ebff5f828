using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>That a client of a flow proved who it is in ways that should not be used any more.</summary>
/// <param name="Use">The ways.</param>
/// <param name="Frame">The frame with which the first was seen; null where the connection ended before its bytes were
/// put in order.</param>
public sealed record CredentialSighting(CredentialUse Use, FrameReference? Frame);
