namespace PortAudit.Traffic.Identification;

/// <summary>
/// The start of one direction of a TCP stream, put in order from its segments while the flow is not yet identified. Bytes that
/// arrive twice keep their first value; bytes beyond the bound and segments beyond <see cref="MaximumIslands"/> gaps are dropped.
/// </summary>
internal sealed class StreamPrefix
{
    /// <summary>Bytes that are kept at most: two TLS records (RFC 8446 §5.1), room for a server's certificate chain.</summary>
    public const int MaximumLength = 32 * 1024;

    /// <summary>Out-of-order pieces that are remembered at most.</summary>
    public const int MaximumIslands = 8;

    private readonly Island[] _islands = new Island[MaximumIslands];
    private byte[]? _buffer;
    private uint _base;
    private int _islandCount;
    private bool _hasBase;

    /// <summary>Contiguous bytes from the start.</summary>
    public int Length { get; private set; }

    /// <summary>True when no more bytes will be taken.</summary>
    public bool IsFull => Length == MaximumLength;

    /// <summary>The contiguous bytes. The span lives until the next call of <see cref="Insert"/> or <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    /// <summary>Puts a segment's payload in its place. True when the contiguous part grew.</summary>
    /// <param name="streamStart">Sequence number of the stream's first byte where it is known, else of the first segment shown.</param>
    /// <param name="sequence">Sequence number of the payload's first byte.</param>
    /// <param name="payload">The payload as far as it was captured.</param>
    /// <param name="pool">Where buffers come from.</param>
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
            return Remember(offset, payload, pool) && false;
        if (!TryReserve(offset + payload.Length, pool))
            return false;
        Fill(offset, payload);
        JoinIslands();
        return true;
    }

    /// <summary>Forgets everything and gives the buffer back.</summary>
    public void Clear(BufferPool pool)
    {
        if (_buffer is not null)
            pool.Return(_buffer);
        _buffer = null;
        Length = 0;
        _islandCount = 0;
        _hasBase = false;
    }

    private void Fill(int offset, ReadOnlySpan<byte> payload)
    {
        // An island that arrived earlier keeps its bytes: only what lies before, between and behind islands is written.
        var end = offset + payload.Length;
        var at = offset;
        while (at < end)
        {
            var island = NextIsland(at);
            var until = Math.Min(end, island.Start);
            payload[(at - offset)..(until - offset)].CopyTo(_buffer.AsSpan(at));
            at = Math.Max(until, Math.Min(end, island.End));
        }

        Length = end;
    }

    private Island NextIsland(int from)
    {
        var next = new Island(int.MaxValue, int.MaxValue);
        for (var i = 0; i < _islandCount; i++)
        {
            if (_islands[i].End > from && _islands[i].Start < next.Start)
                next = _islands[i];
        }

        return next;
    }

    private void JoinIslands()
    {
        for (var i = 0; i < _islandCount; i++)
        {
            if (_islands[i].Start > Length)
                continue;
            Length = Math.Max(Length, _islands[i].End);
            _islands[i] = _islands[--_islandCount];
            i = -1;
        }
    }

    private bool Remember(int offset, ReadOnlySpan<byte> payload, BufferPool pool)
    {
        if (_islandCount == MaximumIslands || Overlaps(offset, offset + payload.Length) || !TryReserve(offset + payload.Length, pool))
            return false;
        payload.CopyTo(_buffer.AsSpan(offset));
        _islands[_islandCount++] = new Island(offset, offset + payload.Length);
        return true;
    }

    private bool Overlaps(int start, int end)
    {
        for (var i = 0; i < _islandCount; i++)
        {
            if (_islands[i].Start < end && start < _islands[i].End)
                return true;
        }

        return false;
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
            _buffer.CopyTo(larger, 0);
            pool.Return(_buffer);
        }

        _buffer = larger;
        return true;
    }

    private readonly record struct Island(int Start, int End);
}
