using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>An answer by which a conversation that came about was refused all the same: the first final one, or a later
/// one where a proxy first asked for credentials.</summary>
/// <param name="Protocol"><c>HTTP</c> or <c>SIP</c>.</param>
/// <param name="Code">Its code, 300 to 699.</param>
/// <param name="Reason">What the code means.</param>
/// <param name="Ground">What tells that an intermediary gave it.</param>
/// <param name="Frame">The frame with which its head was complete.</param>
public sealed record Refusal(string Protocol, int Code, RefusalReason Reason, RefusalGround Ground,
    FrameReference Frame);
