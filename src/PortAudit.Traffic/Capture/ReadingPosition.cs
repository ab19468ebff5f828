namespace PortAudit.Traffic.Capture;

/// <summary>Progress of reading, visible to other threads. The two values may differ slightly in time.</summary>
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

    /// <summary>File bytes read so far, compressed as on disk: at most one block ahead of the last packet. Excludes
    /// standard input and live interfaces.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Adds bytes read; thread-safe.</summary>
    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
