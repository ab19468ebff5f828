namespace PortAudit.Traffic.Capture;

/// <summary>Result of <see cref="ILiveSource.Read"/>.</summary>
public enum CaptureRead
{
    /// <summary>A packet.</summary>
    Packet,

    /// <summary>Timeout: nothing is due yet.</summary>
    Quiet,

    /// <summary>No more packets: see <see cref="ICaptureSource.Ending"/>.</summary>
    Ended,
}
