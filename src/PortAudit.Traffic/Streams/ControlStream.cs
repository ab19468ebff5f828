namespace PortAudit.Traffic.Streams;

/// <summary>
/// One direction of a control connection in order: a window that moves on with what its tracker has read. What never
/// comes is waited for only so long.
/// </summary>
internal sealed class ControlStream
{
    /// <summary>
    /// Segments behind a hole that are waited for: a retransmission comes after some three (RFC 5681  3.2) and a
    /// round trip.
    /// </summary>
    public const int MaximumWaits = 32;

    private readonly StreamPrefix _window = new();
    private int _waits;

    /// <summary>The bytes that are there and were not read.</summary>
    public ReadOnlySpan<byte> Bytes => _window.Bytes;

    /// <summary>True when bytes are missing before <see cref="Bytes"/>.</summary>
    public bool IsAfterGap { get; private set; }

    /// <summary>Begins with what is known of a stream from its byte number <paramref name="from"/> on; false when the
    /// bound of the buffers is reached.</summary>
    public bool TryBegin(StreamPrefix start, int from, BufferPool pool) => _window.TryCopy(start, from, pool);

    /// <summary>Takes a segment. True when <see cref="Bytes"/> grew.</summary>
    /// <param name="streamStart">Sequence number of the stream's first byte where it is known, else of the
    /// segment.</param>
    /// <param name="sequence">Sequence number of the payload's first byte.</param>
    /// <param name="payload">The payload as far as it was captured.</param>
    /// <param name="pool">Where buffers come from.</param>
    public bool Insert(uint streamStart, uint sequence, ReadOnlySpan<byte> payload, BufferPool pool)
    {
        if (_window.Insert(streamStart, sequence, payload, pool))
        {
            _waits = 0;
            return true;
        }

        var isBeyond = _window.IsBeyond(sequence);
        if ((!_window.HasOutOfOrderSegments && !isBeyond) || ++_waits < MaximumWaits)
            return false;
        if (_window.HasOutOfOrderSegments)
            return TrySkipGap();
        (_waits, IsAfterGap) = (0, true);
        _window.RestartAt(sequence);
        return _window.Insert(streamStart, sequence, payload, pool);
    }

    /// <summary>Moves on by <paramref name="count"/> bytes, which may go beyond those that are there.</summary>
    public void Consume(int count)
    {
        if (count == 0)
            return;
        _window.Drop(count);
        IsAfterGap = false;
    }

    /// <summary>Gives up what is there and what is missing, and goes on behind it.</summary>
    public bool TrySkipGap()
    {
        _waits = 0;
        IsAfterGap = true;
        return _window.TrySkipGap();
    }

    /// <summary>Gives up everything that is there, as no tracker can make anything of so much, and goes on with what
    /// follows.</summary>
    public void GiveUp()
    {
        _window.Drop(_window.Length);
        IsAfterGap = true;
    }

    /// <summary>True when no more bytes can be taken before some are consumed.</summary>
    public bool IsFull => _window.IsFull;

    /// <summary>Gives the buffer back while nothing waits in it: of thousands of connections to a file server few have
    /// something half read.</summary>
    public void Trim(BufferPool pool) => _window.Trim(pool);

    /// <summary>Gives the buffer back.</summary>
    public void Clear(BufferPool pool)
    {
        _window.Clear(pool);
        _waits = 0;
        IsAfterGap = false;
    }
}
