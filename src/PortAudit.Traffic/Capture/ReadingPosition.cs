namespace PortAudit.Traffic.Capture;

/// <summary>How far one thread has come in reading captures, for another thread to look at. The two figures are of
/// nearly the same moment.</summary>
public sealed class ReadingPosition
{
    private long _packets;
    private long _bytes;

    /// <summary>Packets so far.</summary>
    public long Packets
    {
        get => Volatile.Read(ref _packets);
        internal set => Volatile.Write(ref _packets, value);
    }

    /// <summary>Bytes of files so far, of compressed ones as they lie on the disk: at most a block beyond the last
    /// packet. Standard input and live interfaces add none.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Adds bytes that were read, on whatever thread.</summary>
    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
