namespace PortAudit.Traffic.Capture;

/// <summary>The frame table of a Network Monitor file, with the offset of every record in frame order. It follows the
/// records: in a non-seekable file, or without a table, records are read sequentially, and a table found later must
/// agree.</summary>
internal sealed class NetworkMonitorTable
{
    /// <summary>Entries read at once: a seek to the table and back costs a block, shared by thousands of
    /// frames.</summary>
    private const int EntriesAtOnce = 4096;

    private const int EntryLength = sizeof(uint);

    /// <summary>Factor of the running digest of offsets (FNV-1a, 64 bits).</summary>
    private const ulong DigestFactor = 1_099_511_628_211;

    private readonly BlockBuffer _buffer;
    private readonly long _begin;
    private readonly long _offset;
    private readonly uint[] _entries = new uint[EntriesAtOnce];
    private int _next;
    private int _loaded;
    private long _used;
    private ulong _digest;

    public NetworkMonitorTable(BlockBuffer buffer, uint offset, uint length)
    {
        _buffer = buffer;
        IsWritten = offset != 0 && (length != 0 || offset == buffer.Offset);
        _begin = buffer.Offset;
        _offset = offset;
        Frames = IsWritten ? length / EntryLength : long.MaxValue;
        IsFollowed = IsWritten && buffer.Length is { } end && offset + (long)length <= end;
    }

    /// <summary>False when the writer did not finish: it writes the table last. Records are then read
    /// sequentially.</summary>
    public bool IsWritten { get; }

    /// <summary>Frames in the table; any number without one.</summary>
    public long Frames { get; }

    /// <summary>True when records are located by the table, false when read sequentially.</summary>
    public bool IsFollowed { get; }

    /// <summary>Moves to the next record. False at the end, or when the table cannot be read.</summary>
    public bool TryGoToNext()
    {
        if (_used == Frames || (IsFollowed && _next == _loaded && !TryLoad()) || (!IsWritten && IsAtEnd()))
            return false;
        if (IsFollowed)
            _buffer.GoTo(_entries[_next++]);
        _digest = Digest(_digest, _buffer.Offset);
        _used++;
        return true;
    }

    /// <summary>Compares the table with the records read sequentially. False when offsets differ, null when it is
    /// cut.</summary>
    public bool? AgreesBehindRecords()
    {
        if (_offset < _buffer.Offset)
            return false;
        while (_buffer.Offset < _offset)
        {
            if (!_buffer.TryPeek(1, out _))
                return null;
            _buffer.Consume((int)Math.Min(_buffer.Available, _offset - _buffer.Offset));
        }

        ulong digest = 0;
        for (long entry = 0; entry < Frames; entry++)
        {
            if (!_buffer.TryPeek(EntryLength, out var bytes))
                return null;
            digest = Digest(digest, ByteOrder.LittleEndian.ReadUInt32(bytes));
            _buffer.Consume(EntryLength);
        }

        return digest == _digest;
    }

    /// <summary>True at the end of records not counted by a header: at the end of the capture, at the offset in the
    /// header, or at their table.</summary>
    private bool IsAtEnd()
    {
        if (!_buffer.TryPeek(EntryLength, out var entry))
            return _buffer.Available == 0 && _buffer.Failure is null;
        if (_offset > _begin && _buffer.Offset >= _offset)
            return true;
        if (_used == 0 || _used > BlockBuffer.MaximumLength / EntryLength
            || ByteOrder.LittleEndian.ReadUInt32(entry) != _begin
            || !_buffer.TryPeek((int)_used * EntryLength, out var table))
            return false;
        ulong digest = 0;
        for (var at = 0; at < table.Length; at += EntryLength)
            digest = Digest(digest, ByteOrder.LittleEndian.ReadUInt32(table[at..]));
        return digest == _digest;
    }

    private static ulong Digest(ulong digest, long offset) => (digest ^ (ulong)offset) * DigestFactor + 1;

    private bool TryLoad()
    {
        var count = (int)Math.Min(EntriesAtOnce, Frames - _used);
        _buffer.GoTo(_offset + _used * EntryLength);
        if (!_buffer.TryPeek(count * EntryLength, out var bytes))
            return false;
        for (var i = 0; i < count; i++)
            _entries[i] = ByteOrder.LittleEndian.ReadUInt32(bytes[(i * EntryLength)..]);
        (_next, _loaded) = (0, count);
        return true;
    }
}
