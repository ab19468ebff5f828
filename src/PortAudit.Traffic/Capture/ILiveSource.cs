namespace PortAudit.Traffic.Capture;

/// <summary>A live capture: the reader may have to wait for packets.</summary>
public interface ILiveSource : ICaptureSource
{
    /// <summary>Waits for the next packet. Allocates nothing. The packet's bytes are valid until the next
    /// call.</summary>
    /// <param name="patienceMs">Timeout in milliseconds; 0 does not wait.</param>
    /// <param name="packet">The packet, if there is one.</param>
    CaptureRead Read(int patienceMs, out CapturedPacket packet);
}
