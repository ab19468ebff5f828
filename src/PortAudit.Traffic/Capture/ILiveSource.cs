namespace PortAudit.Traffic.Capture;

/// <summary>A capture whose packets come while it is read, so that who reads it may have to wait, and can do something
/// else meanwhile.</summary>
public interface ILiveSource : ICaptureSource
{
    /// <summary>Waits for the next packet for a time. Allocates nothing. The packet's bytes are valid until the next
    /// call.</summary>
    /// <param name="patienceMs">Milliseconds at most, 0 for only what is there.</param>
    /// <param name="packet">The packet, when the answer is that there is one.</param>
    CaptureRead Read(int patienceMs, out CapturedPacket packet);
}
