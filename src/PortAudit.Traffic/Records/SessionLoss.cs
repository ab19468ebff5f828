using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>A TCP connection that stood, was silent for a time, and did not work any more when it was used
/// again.</summary>
/// <param name="ByOriginator">True when the originator used it again, false for the responder.</param>
/// <param name="IdleNs">How long neither side had sent anything, in nanoseconds.</param>
/// <param name="Attempts">Segments with data, and keep-alives, that were sent after it.</param>
/// <param name="WasReset">True when a reset answered, false when nothing did.</param>
/// <param name="Frame">The first frame after the silence.</param>
public readonly record struct SessionLoss(bool ByOriginator, long IdleNs, int Attempts, bool WasReset,
    FrameReference Frame)
{
    /// <summary>The same where the two ends change over.</summary>
    public SessionLoss Turn() => this with { ByOriginator = !ByOriginator };
}
