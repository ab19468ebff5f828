namespace PortAudit.Reports.Rows;

/// <summary>Merges rows collected in any order with rows that come in order of start, and hands both out as soon as
/// none can precede them. It holds few of the latter at a time, so they stay in a core's cache.</summary>
/// <param name="collected">The former, sorted.</param>
internal sealed class OrderedRows(RowArena collected)
{
    /// <summary>Bytes of rows that are added before some are handed out.</summary>
    private const int RoundBytes = 1 << 18;

    private RowArena _recent = new();
    private RowArena _spare = new();
    private int _handedOut;
    private long _room = RoundBytes;

    public bool IsFull => _room <= 0;

    /// <summary>Begins a row where it is to stay.</summary>
    public void Begin(Utf8Row text) => _recent.Begin(text);

    /// <summary>Adds the row that was begun last. It starts no earlier than the one before it.</summary>
    public void Add(RowKey key, Utf8Row text)
    {
        _recent.Add(key, text);
        _room -= text.Length;
    }

    /// <summary>Hands out all rows that start before a time, in their order.</summary>
    /// <param name="beforeNs">The time; no row that starts earlier is added any more.</param>
    /// <param name="receiver">Receives the rows, those that lie one behind the other at a time.</param>
    public void HandOut(long beforeNs, RowReceiver receiver)
    {
        _recent.SortEqualStarts();
        var end = _recent.Count;
        while (end > 0 && _recent.KeyOf(end - 1).StartNs >= beforeNs)
            end--;
        HandOutTo(end, receiver);

        // A row of the same start may still come, and may belong before these. When they are many, it is so much longer
        // until they are looked at again.
        _room = RoundBytes;
        for (var index = end; index < _recent.Count; index++)
        {
            _room += _recent.RowOf(index).Length;
            _spare.Add(_recent.KeyOf(index), _recent.RowOf(index));
        }

        (_recent, _spare) = (_spare, _recent);
        _spare.Clear();
    }

    /// <summary>Hands out all rows that are left, in their order.</summary>
    public void HandOutAll(RowReceiver receiver)
    {
        _recent.SortEqualStarts();
        HandOutTo(_recent.Count, receiver);
        for (; _handedOut < collected.Count; _handedOut++)
            receiver(collected.RowOf(_handedOut));
    }

    /// <summary>Hands out the first of the recent rows, each behind those of the collected ones that belong before
    /// it.</summary>
    private void HandOutTo(int end, RowReceiver receiver)
    {
        for (var (from, to) = (0, 0); from < end; from = to)
        {
            HandOutCollected(_recent.KeyOf(from), receiver);
            do
                to++;
            while (to < end && _recent.IsBehindPrevious(to) && !HasCollected(_recent.KeyOf(to)));
            receiver(_recent.RowsOf(from, to));
        }
    }

    private void HandOutCollected(RowKey before, RowReceiver receiver)
    {
        for (; HasCollected(before); _handedOut++)
            receiver(collected.RowOf(_handedOut));
    }

    private bool HasCollected(RowKey before) =>
        _handedOut < collected.Count && collected.KeyOf(_handedOut).CompareTo(before) <= 0;
}
