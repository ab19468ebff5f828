using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What a reader makes of an answer that refuses.</summary>
/// <param name="Protocol">As in <see cref="Refusal.Protocol"/>.</param>
/// <param name="Code">Its code.</param>
/// <param name="Reason">What the code means.</param>
/// <param name="Ground">What tells that an intermediary gave it.</param>
internal readonly record struct RefusalDraft(string Protocol, int Code, RefusalReason Reason, RefusalGround Ground);
