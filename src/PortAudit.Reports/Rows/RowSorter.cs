namespace PortAudit.Reports.Rows;

/// <summary>Receives the bytes of a row, or of several that follow one another, which are valid during the
/// call.</summary>
internal delegate void RowReceiver(ReadOnlySpan<byte> rows);

/// <summary>Sorts any number of rows in bounded memory: sorted runs are spilled to a temporary file and merged at the
/// end. Rows of equal keys keep their order.</summary>
internal sealed class RowSorter : IDisposable
{
    /// <summary>Bytes of rows and their index in memory: about half a million rows of a flow list.</summary>
    public const long DefaultMemoryBytes = 128L << 20;

    /// <summary>Bytes of buffers while runs are merged, all runs together.</summary>
    private const int MergeBytes = 32 << 20;

    /// <summary>Buffer of one run at least: below it the disk is asked too often. Reached with two thousand runs, a
    /// quarter of a terabyte.</summary>
    private const int LeastRunBytes = 16 << 10;

    /// <summary>Buffer of one run at most.</summary>
    private const int MostRunBytes = 1 << 20;

    private readonly RowArena _rows = new();
    private readonly long _memoryBytes;
    private readonly string _directory;
    private SpillFile? _spilled;
    private OrderedRows? _ordered;

    /// <summary>Makes an empty list.</summary>
    /// <param name="memoryBytes">Bytes held in memory.</param>
    /// <param name="directory">Directory of the temporary file; null for the system's.</param>
    public RowSorter(long memoryBytes = DefaultMemoryBytes, string? directory = null)
    {
        _memoryBytes = memoryBytes;
        _directory = directory ?? Path.GetTempPath();
    }

    public long Count { get; private set; }

    internal int Runs => _spilled?.Runs.Count ?? 0;

    /// <summary>Begins a row.</summary>
    /// <param name="text">Becomes an empty row, in memory of this list.</param>
    public void Begin(Utf8Row text)
    {
        if (_ordered is not null)
            _ordered.Begin(text);
        else
            _rows.Begin(text);
    }

    /// <summary>Adds the row that was begun last.</summary>
    /// <exception cref="SpillException">The temporary file fails.</exception>
    public void Add(RowKey key, Utf8Row text)
    {
        Count++;
        if (_ordered is not null)
        {
            _ordered.Add(key, text);
            return;
        }

        _rows.Add(key, text);
        if (_rows.Bytes >= _memoryBytes)
            Spill();
    }

    /// <summary>Declares that further rows come in order of start, so that <see cref="HandOut"/> may be called. False
    /// if rows are already on disk, which are handed out together.</summary>
    public bool ExpectInOrder()
    {
        if (_spilled is not null)
            return false;
        _rows.Sort();
        _ordered = new OrderedRows(_rows);
        return true;
    }

    /// <summary>Hands out the rows that start before a time, now and then: no row that starts earlier is still to
    /// come.</summary>
    public void HandOut(long beforeNs, RowReceiver receiver)
    {
        if (_ordered!.IsFull)
            _ordered.HandOut(beforeNs, receiver);
    }

    /// <summary>Hands out all rows in their order, once, each by itself; all that are left, when some were handed out
    /// before, as <see cref="HandOut"/> does.</summary>
    /// <exception cref="SpillException">The temporary file fails.</exception>
    public void ForEach(RowReceiver receiver)
    {
        if (_ordered is not null)
        {
            _ordered.HandOutAll(receiver);
            return;
        }

        if (_spilled is null)
        {
            _rows.Sort();
            for (var index = 0; index < _rows.Count; index++)
                receiver(_rows.RowOf(index));
            return;
        }

        if (_rows.Count > 0)
            Spill();
        Merge(_spilled, receiver);
    }

    public void Dispose() => _spilled?.Dispose();

    private void Spill()
    {
        _spilled ??= new SpillFile(_directory);
        _rows.Sort();
        _spilled.Write(_rows);
        _rows.Clear();
    }

    private static void Merge(SpillFile file, RowReceiver receiver)
    {
        var bufferBytes = Math.Clamp(MergeBytes / file.Runs.Count, LeastRunBytes, MostRunBytes);
        var waiting = new PriorityQueue<SpillRunReader, (RowKey Key, int Run)>(file.Runs.Count);
        foreach (var (number, run) in file.Runs.Index())
        {
            var reader = new SpillRunReader(file, run, bufferBytes);
            if (reader.MoveNext())
                waiting.Enqueue(reader, (reader.Key, number));
        }

        // The run number parts equal keys: earlier runs hold the rows that came first.
        while (waiting.TryPeek(out var first, out var next))
        {
            receiver(first.Row);
            if (first.MoveNext())
                waiting.DequeueEnqueue(first, (first.Key, next.Run));
            else
                waiting.Dequeue();
        }
    }
}
