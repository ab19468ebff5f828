namespace PortAudit.Traffic.Streams;

/// <summary>
/// Byte buffers of a few sizes for the flows that are being identified, or for what is kept of them. It keeps what is
/// given back, so that it allocates only while more conversations are under identification at one time than ever
/// before, and it never holds more than a bound: what is free of other sizes makes room for what is asked for.
/// </summary>
internal sealed class BufferPool
{
    /// <summary>
    /// Bytes of all identification buffers together: room for 8,192 conversations with both directions at a quarter
    /// of their bound.
    /// </summary>
    public const long DefaultMaximumBytes = 128L * 1024 * 1024;

    private static readonly int[] Sizes = [256, 512, 1024, 2048, 4096, 16384, StreamPrefix.MaximumLength];

    private readonly Stack<byte[]>[] _free = [.. Sizes.Select(_ => new Stack<byte[]>())];
    private readonly long _maximumBytes;
    private long _allocatedBytes;

    /// <summary>Makes an empty pool.</summary>
    public BufferPool(long maximumBytes = DefaultMaximumBytes) => _maximumBytes = maximumBytes;

    /// <summary>How often the bound kept a buffer from being given.</summary>
    public long Refusals { get; private set; }

    /// <summary>Gives a buffer of at least <paramref name="length"/> bytes (at most
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

    /// <summary>Lets go of free buffers until there is room for <paramref name="bytes"/> within the bound; false when
    /// all that is held is in use.</summary>
    private bool TryMakeRoom(int bytes)
    {
        for (var size = 0; size < Sizes.Length; size++)
        {
            while (_allocatedBytes + bytes > _maximumBytes && _free[size].TryPop(out _))
                _allocatedBytes -= Sizes[size];
        }

        return _allocatedBytes + bytes <= _maximumBytes;
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(byte[] buffer) => _free[Array.IndexOf(Sizes, buffer.Length)].Push(buffer);
}
