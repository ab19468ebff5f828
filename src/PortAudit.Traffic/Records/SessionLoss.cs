using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>A TCP connection that failed when used again after a silence.</summary>
/// <param name="ByOriginator">True when the originator used it again, false for the responder.</param>
/// <param name="IdleNs">Length of the silence, in nanoseconds.</param>
/// <param name="Attempts">Data segments and keep-alives sent after it.</param>
/// <param name="WasReset">True when a reset answered, false without an answer.</param>
/// <param name="Frame">The first frame after the silence.</param>
public readonly record struct SessionLoss(bool ByOriginator, long IdleNs, int Attempts, bool WasReset,
    FrameReference Frame)
{
    /// <summary>The loss with the endpoints swapped.</summary>
    public SessionLoss Turn() => this with { ByOriginator = !ByOriginator };
}
