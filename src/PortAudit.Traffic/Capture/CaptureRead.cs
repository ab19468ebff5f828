namespace PortAudit.Traffic.Capture;

/// <summary>What <see cref="ILiveSource.Read"/> came back with.</summary>
public enum CaptureRead
{
    /// <summary>A packet.</summary>
    Packet,

    /// <summary>The time to wait is over, and nothing is due yet.</summary>
    Quiet,

    /// <summary>There will be no more: <see cref="ICaptureSource.Ending"/> says why.</summary>
    Ended,
}
