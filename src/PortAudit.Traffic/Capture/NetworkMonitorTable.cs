namespace PortAudit.Traffic.Capture;

/// <summary>
/// The frame table of a Network Monitor file, which names the place of every record in the order of frames. It stands
/// behind the records, so input that can only be read forward, and a file that lost its table, is read record after
/// record; the table, if it comes, must then say the same.
/// </summary>
internal sealed class NetworkMonitorTable
{
    /// <summary>Entries that are read at a time: going to the table and back costs a block, which thousands of frames
    /// share.</summary>
    private const int EntriesAtOnce = 4096;

    private const int EntryLength = sizeof(uint);

    /// <summary>Factor of the running digest of places (FNV-1a, 64 bits).</summary>
    private const ulong DigestFactor = 1_099_511_628_211;

    private readonly BlockBuffer _buffer;
    private readonly long _begin;
    private readonly long _offset;
    private readonly uint[] _entries = new uint[EntriesAtOnce];
    private int _next;
    private int _loaded;
    private long _used;
    private ulong _digest;

    /// <summary>Prepares to walk a table.</summary>
    /// <param name="buffer">The file, which stands at its first record.</param>
    /// <param name="offset">Offset of the table.</param>
    /// <param name="length">Its length in bytes.</param>
    public NetworkMonitorTable(BlockBuffer buffer, uint offset, uint length)
    {
        _buffer = buffer;
        IsWritten = offset != 0 && (length != 0 || offset == buffer.Offset);
        _begin = buffer.Offset;
        _offset = offset;
        Frames = IsWritten ? length / EntryLength : long.MaxValue;
        IsFollowed = IsWritten && buffer.Length is { } end && offset + (long)length <= end;
    }

    /// <summary>False when the header names no table: its writer, which writes it last, did not come to it. Then record
    /// follows on record to the end.</summary>
    public bool IsWritten { get; }

    /// <summary>Frames that the table names; any number when it was not written.</summary>
    public long Frames { get; }

    /// <summary>True when the table is read for the place of each record; false when record follows on
    /// record.</summary>
    public bool IsFollowed { get; }

    /// <summary>Goes to the next record. False when there is none left, or the table cannot be read.</summary>
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

    /// <summary>Reads the table behind records that were read one after the other. False when it names other places
    /// than theirs, null when it is cut.</summary>
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

    /// <summary>True where records end that no header counts: at the end of the capture, at the place that the header
    /// names all the same, or at a table of them.</summary>
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

    private static ulong Digest(ulong digest, long place) => (digest ^ (ulong)place) * DigestFactor + 1;

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
