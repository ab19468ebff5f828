namespace PortAudit.Traffic.Streams;

/// <summary>Pooled byte buffers of a few sizes for flows under identification. Allocates only when more conversations
/// are under identification than ever before, and never holds more than a bound: free buffers of other sizes are
/// dropped to make room.</summary>
internal sealed class BufferPool
{
    /// <summary>Bytes of all identification buffers: 8,192 conversations with both directions at a quarter of their
    /// limit.</summary>
    public const long DefaultMaximumBytes = 128L * 1024 * 1024;

    private static readonly int[] Sizes = [256, 512, 1024, 2048, 4096, 16384, StreamPrefix.MaximumLength];

    private readonly Stack<byte[]>[] _free = [.. Sizes.Select(_ => new Stack<byte[]>())];
    private readonly long _maximumBytes;
    private long _allocatedBytes;

    public BufferPool(long maximumBytes = DefaultMaximumBytes) => _maximumBytes = maximumBytes;

    /// <summary>Requests refused because of the bound.</summary>
    public long Refusals { get; private set; }

    /// <summary>A buffer of at least <paramref name="length"/> bytes (at most
    /// <see cref="StreamPrefix.MaximumLength"/>); null when the bound is reached.</summary>
    public byte[]? Rent(int length)
    {
        var size = 0;
        while (Sizes[size] < length)
            size++;
        if (_free[size].TryPop(out var buffer))
            return buffer;
        if (!TryMakeRoom(Sizes[size]))
        {
            Refusals++;
            return null;
        }

        _allocatedBytes += Sizes[size];
        return new byte[Sizes[size]];
    }

    /// <summary>Drops free buffers until <paramref name="bytes"/> fit within the bound; false when everything held is
    /// in use.</summary>
    private bool TryMakeRoom(int bytes)
    {
        for (var size = 0; size < Sizes.Length; size++)
        {
            while (_allocatedBytes + bytes > _maximumBytes && _free[size].TryPop(out _))
                _allocatedBytes -= Sizes[size];
        }

        return _allocatedBytes + bytes <= _maximumBytes;
    }

    public void Return(byte[] buffer) => _free[Array.IndexOf(Sizes, buffer.Length)].Push(buffer);
}
