namespace PortAudit.Reports.Rows;

/// <summary>Rows in memory: their bytes one behind the other in chunks, and a small index of them that is sorted.</summary>
internal sealed class RowArena
{
#if DEBUG
    private const int ChunkBits = 8;
#else
    private const int ChunkBits = 20;
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

    /// <summary>Adds a row.</summary>
    public void Add(RowKey key, ReadOnlySpan<byte> row)
    {
        // A chunk that once held a long row is longer than a place can point into.
        if (_chunk < 0 || Math.Min(_chunks[_chunk].Length, ChunkBytes) - _used < row.Length)
            NextChunk(row.Length);
        row.CopyTo(_chunks[_chunk].AsSpan(_used));
        if (Count == _places.Length)
            Array.Resize(ref _places, Count * 2);
        _isSorted &= Count == 0 || _places[Count - 1].Key.CompareTo(key) <= 0;
        _places[Count++] = new Place(key, (_chunk << ChunkBits) | _used, row.Length);
        _used += row.Length;
    }

    /// <summary>Sorts the rows; equal keys stay in the order in which they came.</summary>
    public void Sort()
    {
        if (!_isSorted)
            _places.AsSpan(0, Count).Sort();
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

    /// <summary>Forgets the rows and keeps the memory for others.</summary>
    public void Clear()
    {
        (Count, _chunk, _used, _chunkBytes, _isSorted) = (0, -1, 0, 0, true);
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
    /// <param name="Position">Chunk in the upper bits, place of the first byte in the chunk in the lower ones: ascending as rows come.</param>
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
