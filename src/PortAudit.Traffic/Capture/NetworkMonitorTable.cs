namespace PortAudit.Traffic.Capture;

/// <summary>
/// The frame table of a Network Monitor file, which names the place of every record in the order of frames. It stands behind the records,
/// so input that can only be read forward, and a file that lost its table, is read record after record; the table, if it comes, must then say the same.
/// </summary>
internal sealed class NetworkMonitorTable
{
    /// <summary>Entries that are read at a time: going to the table and back costs a block, which thousands of frames share.</summary>
    private const int EntriesAtOnce = 4096;

    private const int EntryLength = sizeof(uint);

    /// <summary>Factor of the running digest of places (FNV-1a, 64 bits).</summary>
    private const ulong DigestFactor = 1_099_511_628_211;

    private readonly BlockBuffer _buffer;
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
        _offset = offset;
        Frames = length / EntryLength;
        IsFollowed = buffer.Length is { } end && offset + (long)length <= end;
    }

    /// <summary>Frames that the table names.</summary>
    public long Frames { get; }

    /// <summary>True when the table is read for the place of each record; false when record follows on record.</summary>
    public bool IsFollowed { get; }

    /// <summary>Goes to the next record. False when there is none left, or the table cannot be read.</summary>
    public bool TryGoToNext()
    {
        if (_used == Frames || (IsFollowed && _next == _loaded && !TryLoad()))
            return false;
        if (IsFollowed)
            _buffer.GoTo(_entries[_next++]);
        _digest = Digest(_digest, _buffer.Offset);
        _used++;
        return true;
    }

    /// <summary>Reads the table behind records that were read one after the other. False when it names other places than theirs, null when it is cut.</summary>
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
