using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Streams;

/// <summary>The start of one direction of a TCP stream, reassembled during identification. Bytes received twice keep
/// their first value; bytes beyond the limit and gaps beyond <see cref="MaximumOutOfOrderSegments"/> are
/// dropped.</summary>
internal sealed class StreamPrefix
{
    /// <summary>Bytes kept per direction: two TLS records (RFC 8446 §5.1), enough for a certificate chain.</summary>
    public const int MaximumLength = Conversation.MaximumStreamLength;

    /// <summary>Out-of-order segments kept per direction.</summary>
    public const int MaximumOutOfOrderSegments = 8;

    // Allocated with the first one: hardly any stream has one.
    private Segment[] _outOfOrder = [];
    private byte[]? _buffer;
    private uint _base;
    private int _outOfOrderCount;
    private bool _hasBase;

    /// <summary>Contiguous bytes from the start.</summary>
    public int Length { get; private set; }

    public bool IsFull => Length == MaximumLength;

    /// <summary>True when segments wait for missing bytes.</summary>
    public bool HasOutOfOrderSegments => _outOfOrderCount > 0;

    /// <summary>The contiguous bytes. Valid until the next call of <see cref="Insert"/> or
    /// <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    /// <summary>Inserts a segment's payload. True when the contiguous part grew.</summary>
    /// <param name="streamStart">Sequence number of the stream's first byte if known, else of the first
    /// segment.</param>
    /// <param name="sequence">Sequence number of the payload's first byte.</param>
    /// <param name="payload">The captured payload.</param>
    /// <param name="pool">Source of buffers.</param>
    public bool Insert(uint streamStart, uint sequence, ReadOnlySpan<byte> payload, BufferPool pool)
    {
        if (!_hasBase)
        {
            _base = streamStart;
            _hasBase = true;
        }

        var offset = (int)(sequence - _base);
        if (offset < Length)
        {
            var known = Length - (long)offset;
            if (known >= payload.Length)
                return false;
            payload = payload[(int)known..];
            offset = Length;
        }

        if (offset >= MaximumLength || payload.IsEmpty)
            return false;
        payload = payload[..Math.Min(payload.Length, MaximumLength - offset)];
        if (offset > Length)
        {
            Remember(offset, payload, pool);
            return false;
        }

        if (!TryReserve(offset + payload.Length, pool))
            return false;
        Fill(offset, payload);
        JoinSegments();
        return true;
    }

    /// <summary>Copies what <paramref name="other"/> holds from byte <paramref name="from"/>, including out-of-order
    /// segments. Must be empty before; false when the buffer bound is reached.</summary>
    public bool TryCopy(StreamPrefix other, int from, BufferPool pool)
    {
        (_base, _hasBase) = (other._base + (uint)from, other._hasBase);
        var end = other.End;
        if (end <= from)
            return true;
        if (!TryReserve(end - from, pool))
            return false;
        other._buffer.AsSpan(from, end - from).CopyTo(_buffer);
        Length = Math.Max(0, other.Length - from);
        if (other._outOfOrderCount > 0)
            MakeRoomForSegments();
        _outOfOrderCount = other._outOfOrderCount;
        for (var i = 0; i < _outOfOrderCount; i++)
            _outOfOrder[i] = new Segment(other._outOfOrder[i].Start - from, other._outOfOrder[i].End - from);
        return true;
    }

    /// <summary>Drops <paramref name="count"/> bytes from the front, including any beyond <see cref="Length"/> that
    /// arrive later.</summary>
    public void Drop(int count)
    {
        var kept = End;
        if (kept > count)
            _buffer.AsSpan(count, kept - count).CopyTo(_buffer);
        _base += (uint)count;
        Length = Math.Max(0, Length - count);
        var segments = 0;
        for (var i = 0; i < _outOfOrderCount; i++)
        {
            if (_outOfOrder[i].End > count)
                _outOfOrder[segments++] = new Segment(
                    Math.Max(0, _outOfOrder[i].Start - count), _outOfOrder[i].End - count);
        }

        _outOfOrderCount = segments;
        JoinSegments();
    }

    /// <summary>True when a segment is too far ahead to be kept before the missing bytes arrive.</summary>
    public bool IsBeyond(uint sequence) => _hasBase && (int)(sequence - _base) >= MaximumLength;

    /// <summary>Drops everything and continues at a sequence number.</summary>
    public void RestartAt(uint sequence)
    {
        (Length, _outOfOrderCount) = (0, 0);
        (_base, _hasBase) = (sequence, true);
    }

    /// <summary>Skips to the first waiting out-of-order segment; false without one.</summary>
    public bool TrySkipGap()
    {
        if (_outOfOrderCount == 0)
            return false;
        Drop(NextSegment(0).Start);
        return true;
    }

    /// <summary>Returns an empty buffer to the pool.</summary>
    public void Trim(BufferPool pool)
    {
        if (_buffer is null || Length > 0 || HasOutOfOrderSegments)
            return;
        pool.Return(_buffer);
        _buffer = null;
    }

    /// <summary>Drops everything and returns the buffer.</summary>
    public void Clear(BufferPool pool)
    {
        if (_buffer is not null)
            pool.Return(_buffer);
        _buffer = null;
        Length = 0;
        _outOfOrderCount = 0;
        _hasBase = false;
    }

    /// <summary>End of all bytes present, including out-of-order segments.</summary>
    private int End
    {
        get
        {
            var end = Length;
            for (var i = 0; i < _outOfOrderCount; i++)
                end = Math.Max(end, _outOfOrder[i].End);
            return end;
        }
    }

    private void Fill(int offset, ReadOnlySpan<byte> payload)
    {
        // A segment that arrived earlier keeps its bytes: only what lies before, between and after is written.
        var end = offset + payload.Length;
        var at = offset;
        while (at < end)
        {
            var segment = NextSegment(at);
            var until = Math.Min(end, segment.Start);
            payload[(at - offset)..(until - offset)].CopyTo(_buffer.AsSpan(at));
            at = Math.Max(until, Math.Min(end, segment.End));
        }

        Length = end;
    }

    private Segment NextSegment(int from)
    {
        var next = new Segment(int.MaxValue, int.MaxValue);
        for (var i = 0; i < _outOfOrderCount; i++)
        {
            if (_outOfOrder[i].End > from && _outOfOrder[i].Start < next.Start)
                next = _outOfOrder[i];
        }

        return next;
    }

    private void JoinSegments()
    {
        for (var i = 0; i < _outOfOrderCount; i++)
        {
            if (_outOfOrder[i].Start > Length)
                continue;
            Length = Math.Max(Length, _outOfOrder[i].End);
            _outOfOrder[i] = _outOfOrder[--_outOfOrderCount];
            i = -1;
        }
    }

    /// <summary>Keeps the parts of an out-of-order segment that are not present.</summary>
    private void Remember(int offset, ReadOnlySpan<byte> payload, BufferPool pool)
    {
        var end = offset + payload.Length;
        var at = offset;
        while (at < end)
        {
            var segment = NextSegment(at);
            var until = Math.Min(end, segment.Start);
            if (until > at && !TryRemember(at, payload[(at - offset)..(until - offset)], pool))
                return;
            at = Math.Max(until, Math.Min(end, segment.End));
        }
    }

    private bool TryRemember(int offset, ReadOnlySpan<byte> payload, BufferPool pool)
    {
        // Contiguous segments are merged: one loss is one gap, however many segments follow it.
        var before = SegmentThatEndsAt(offset);
        var end = offset + payload.Length;
        if ((before < 0 && _outOfOrderCount == MaximumOutOfOrderSegments) || !TryReserve(end, pool))
            return false;
        payload.CopyTo(_buffer.AsSpan(offset));
        MakeRoomForSegments();
        if (before < 0)
            _outOfOrder[_outOfOrderCount++] = new Segment(offset, end);
        else
            _outOfOrder[before] = new Segment(_outOfOrder[before].Start, end);
        return true;
    }

    private void MakeRoomForSegments()
    {
        if (_outOfOrder.Length == 0)
            _outOfOrder = new Segment[MaximumOutOfOrderSegments];
    }

    private int SegmentThatEndsAt(int offset)
    {
        for (var i = 0; i < _outOfOrderCount; i++)
        {
            if (_outOfOrder[i].End == offset)
                return i;
        }

        return -1;
    }

    private bool TryReserve(int length, BufferPool pool)
    {
        if (_buffer is not null && _buffer.Length >= length)
            return true;
        var larger = pool.Rent(length);
        if (larger is null)
            return false;
        if (_buffer is not null)
        {
            _buffer.AsSpan(0, End).CopyTo(larger);
            pool.Return(_buffer);
        }

        _buffer = larger;
        return true;
    }

    private readonly record struct Segment(int Start, int End);
}
