namespace PortAudit.Reports.Rows;

/// <summary>Rows in memory: their bytes one behind the other in chunks, and a small index of them that is
/// sorted.</summary>
internal sealed class RowArena
{
#if DEBUG
    private const int ChunkBits = 8;
    private const int RowRoom = 64;
#else
    private const int ChunkBits = 20;

    /// <summary>Bytes that a row finds free where it is written: enough for nearly all rows of a flow list.</summary>
    private const int RowRoom = 4096;
#endif
    private const int ChunkBytes = 1 << ChunkBits;
    private const int InitialSlots = 16;

    /// <summary>Bytes of a row's slot in the index.</summary>
    private const int SlotBytes = 24;

    private readonly List<byte[]> _chunks = [];
    private Slot[] _slots = new Slot[InitialSlots];
    private int _chunk = -1;
    private int _used;
    private long _chunkBytes;
    private bool _isSorted = true;

    public int Count { get; private set; }

    /// <summary>Memory that the rows take, in bytes.</summary>
    public long Bytes => _chunkBytes + ((long)Count * SlotBytes);

    /// <summary>Begins a row where it is to stay.</summary>
    /// <param name="text">Becomes an empty row.</param>
    public void Begin(Utf8Row text)
    {
        Require(RowRoom);
        text.Begin(_chunks[_chunk], _used);
    }

    /// <summary>Adds the row that was begun last.</summary>
    public void Add(RowKey key, Utf8Row text)
    {
        if (text.IsIn(_chunks[_chunk]))
            AddSlot(key, text.Length);
        else
            Add(key, text.Written);
    }

    public void Add(RowKey key, ReadOnlySpan<byte> row)
    {
        Require(row.Length);
        row.CopyTo(_chunks[_chunk].AsSpan(_used));
        AddSlot(key, row.Length);
    }

    /// <summary>Sorts the rows; equal keys stay in the order in which they came.</summary>
    public void Sort()
    {
        if (!_isSorted)
            _slots.AsSpan(0, Count).Sort();
        _isSorted = true;
    }

    /// <summary>Sorts rows that came in the order of their starts: only those of one start may stand in another
    /// order.</summary>
    public void SortEqualStarts()
    {
        var slots = _slots.AsSpan(0, _isSorted ? 0 : Count);
        for (var (begin, end) = (0, 0); begin < slots.Length; begin = end)
        {
            while (end < slots.Length && slots[end].Key.StartNs == slots[begin].Key.StartNs)
                end++;
            if (end - begin > 1)
                slots[begin..end].Sort();
        }

        _isSorted = true;
    }

    /// <summary>Key of the row at a slot of the index.</summary>
    public RowKey KeyOf(int index) => _slots[index].Key;

    /// <summary>Bytes of the row at a slot of the index.</summary>
    public ReadOnlySpan<byte> RowOf(int index)
    {
        var slot = _slots[index];
        return _chunks[slot.Position >> ChunkBits].AsSpan(slot.Position & (ChunkBytes - 1), slot.Length);
    }

    /// <summary>True when the row at a slot of the index lies behind the one at the slot before, so that both are one
    /// piece of memory.</summary>
    public bool IsBehindPrevious(int index)
    {
        var (previous, slot) = (_slots[index - 1], _slots[index]);
        return previous.Position + previous.Length == slot.Position
            && previous.Position >> ChunkBits == slot.Position >> ChunkBits;
    }

    /// <summary>Bytes of rows of which each lies behind the one before.</summary>
    /// <param name="from">Slot of the first of them.</param>
    /// <param name="to">Slot behind the last of them.</param>
    public ReadOnlySpan<byte> RowsOf(int from, int to)
    {
        var (first, last) = (_slots[from], _slots[to - 1]);
        return _chunks[first.Position >> ChunkBits].AsSpan(first.Position & (ChunkBytes - 1),
            last.Position - first.Position + last.Length);
    }

    /// <summary>Forgets the rows and keeps the memory for others.</summary>
    public void Clear()
    {
        (Count, _chunk, _used, _chunkBytes, _isSorted) = (0, -1, 0, 0, true);
    }

    private void AddSlot(RowKey key, int length)
    {
        if (Count == _slots.Length)
            Array.Resize(ref _slots, Count * 2);
        _isSorted &= Count == 0 || _slots[Count - 1].Key.CompareTo(key) <= 0;
        _slots[Count++] = new Slot(key, (_chunk << ChunkBits) | _used, length);
        _used += length;
    }

    private void Require(int room)
    {
        // A chunk that once held a long row is longer than a slot can point into.
        if (_chunk < 0 || Math.Min(_chunks[_chunk].Length, ChunkBytes) - _used < room)
            NextChunk(room);
    }

    /// <summary>Goes to the next chunk. A row that is longer than a chunk gets one of its own length.</summary>
    private void NextChunk(int room)
    {
        _chunk++;
        _used = 0;
        var length = Math.Max(ChunkBytes, room);
        if (_chunk == _chunks.Count)
            _chunks.Add(GC.AllocateUninitializedArray<byte>(length));
        else if (_chunks[_chunk].Length < length)
            _chunks[_chunk] = GC.AllocateUninitializedArray<byte>(length);
        _chunkBytes += _chunks[_chunk].Length;
    }

    /// <param name="Key">What the row is sorted by.</param>
    /// <param name="Position">Chunk in the upper bits, slot of the first byte in the chunk in the lower ones:
    /// ascending as rows come.</param>
    /// <param name="Length">Bytes of the row.</param>
    private readonly record struct Slot(RowKey Key, int Position, int Length) : IComparable<Slot>
    {
        public int CompareTo(Slot other)
        {
            var byKey = Key.CompareTo(other.Key);
            return byKey != 0 ? byKey : Position.CompareTo(other.Position);
        }
    }
}
