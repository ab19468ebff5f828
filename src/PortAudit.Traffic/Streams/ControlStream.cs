namespace PortAudit.Traffic.Streams;

/// <summary>One direction of a control connection, in order: a window that advances as its tracker reads. Waits for
/// missing bytes only for a limited time.</summary>
internal sealed class ControlStream
{
    /// <summary>Segments after a gap before it is skipped: a retransmission comes after some three (RFC 5681 §3.2) and
    /// a round trip.</summary>
    public const int MaximumWaits = 32;

    private readonly StreamPrefix _window = new();
    private int _waits;

    /// <summary>The bytes not read yet.</summary>
    public ReadOnlySpan<byte> Bytes => _window.Bytes;

    /// <summary>True when bytes are missing before <see cref="Bytes"/>.</summary>
    public bool IsAfterGap { get; private set; }

    /// <summary>Begins with a known stream from byte <paramref name="from"/>; false when the buffer bound is
    /// reached.</summary>
    public bool TryBegin(StreamPrefix start, int from, BufferPool pool) => _window.TryCopy(start, from, pool);

    /// <summary>Adds a segment. True when <see cref="Bytes"/> grew.</summary>
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

    /// <summary>Advances by <paramref name="count"/> bytes, possibly beyond those present.</summary>
    public void Consume(int count)
    {
        if (count == 0)
            return;
        _window.Drop(count);
        IsAfterGap = false;
    }

    /// <summary>Drops the bytes before and in a gap, and continues after it.</summary>
    public bool TrySkipGap()
    {
        _waits = 0;
        IsAfterGap = true;
        return _window.TrySkipGap();
    }

    /// <summary>Drops all bytes, too many for any tracker to use, and continues with what follows.</summary>
    public void GiveUp()
    {
        _window.Drop(_window.Length);
        IsAfterGap = true;
    }

    /// <summary>True when no bytes fit before some are consumed.</summary>
    public bool IsFull => _window.IsFull;

    /// <summary>Returns the buffer while it is empty: of thousands of file server connections few have a partial
    /// message.</summary>
    public void Trim(BufferPool pool) => _window.Trim(pool);

    /// <summary>Returns the buffer.</summary>
    public void Clear(BufferPool pool)
    {
        _window.Clear(pool);
        _waits = 0;
        IsAfterGap = false;
    }
}
