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
    private const int InitialPlaces = 16;

    /// <summary>Bytes of a row's place in the index.</summary>
    private const int PlaceBytes = 24;

    private readonly List<byte[]> _chunks = [];
    private Place[] _places = new Place[InitialPlaces];
    private int _chunk = -1;
    private int _used;
    private long _chunkBytes;
    private bool _isSorted = true;

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Memory that the rows take, in bytes.</summary>
    public long Bytes => _chunkBytes + ((long)Count * PlaceBytes);

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
            AddPlace(key, text.Length);
        else
            Add(key, text.Written);
    }

    /// <summary>Adds a copy of a row.</summary>
    public void Add(RowKey key, ReadOnlySpan<byte> row)
    {
        Require(row.Length);
        row.CopyTo(_chunks[_chunk].AsSpan(_used));
        AddPlace(key, row.Length);
    }

    /// <summary>Sorts the rows; equal keys stay in the order in which they came.</summary>
    public void Sort()
    {
        if (!_isSorted)
            _places.AsSpan(0, Count).Sort();
        _isSorted = true;
    }

    /// <summary>Sorts rows that came in the order of their starts: only those of one start may stand in another
    /// order.</summary>
    public void SortEqualStarts()
    {
        var places = _places.AsSpan(0, _isSorted ? 0 : Count);
        for (var (begin, end) = (0, 0); begin < places.Length; begin = end)
        {
            while (end < places.Length && places[end].Key.StartNs == places[begin].Key.StartNs)
                end++;
            if (end - begin > 1)
                places[begin..end].Sort();
        }

        _isSorted = true;
    }

    /// <summary>Key of the row at a place of the index.</summary>
    public RowKey KeyOf(int index) => _places[index].Key;

    /// <summary>Bytes of the row at a place of the index.</summary>
    public ReadOnlySpan<byte> RowOf(int index)
    {
        var place = _places[index];
        return _chunks[place.Position >> ChunkBits].AsSpan(place.Position & (ChunkBytes - 1), place.Length);
    }

    /// <summary>True when the row at a place of the index lies behind the one at the place before, so that both are one
    /// piece of memory.</summary>
    public bool IsBehindPrevious(int index)
    {
        var (previous, place) = (_places[index - 1], _places[index]);
        return previous.Position + previous.Length == place.Position
            && previous.Position >> ChunkBits == place.Position >> ChunkBits;
    }

    /// <summary>Bytes of rows of which each lies behind the one before.</summary>
    /// <param name="from">Place of the first of them.</param>
    /// <param name="to">Place behind the last of them.</param>
    public ReadOnlySpan<byte> RowsOf(int from, int to)
    {
        var (first, last) = (_places[from], _places[to - 1]);
        return _chunks[first.Position >> ChunkBits].AsSpan(first.Position & (ChunkBytes - 1),
            last.Position - first.Position + last.Length);
    }

    /// <summary>Forgets the rows and keeps the memory for others.</summary>
    public void Clear()
    {
        (Count, _chunk, _used, _chunkBytes, _isSorted) = (0, -1, 0, 0, true);
    }

    private void AddPlace(RowKey key, int length)
    {
        if (Count == _places.Length)
            Array.Resize(ref _places, Count * 2);
        _isSorted &= Count == 0 || _places[Count - 1].Key.CompareTo(key) <= 0;
        _places[Count++] = new Place(key, (_chunk << ChunkBits) | _used, length);
        _used += length;
    }

    private void Require(int room)
    {
        // A chunk that once held a long row is longer than a place can point into.
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
    /// <param name="Position">Chunk in the upper bits, place of the first byte in the chunk in the lower ones:
    /// ascending as rows come.</param>
    /// <param name="Length">Bytes of the row.</param>
    private readonly record struct Place(RowKey Key, int Position, int Length) : IComparable<Place>
    {
        public int CompareTo(Place other)
        {
            var byKey = Key.CompareTo(other.Key);
            return byKey != 0 ? byKey : Position.CompareTo(other.Position);
        }
    }
}
