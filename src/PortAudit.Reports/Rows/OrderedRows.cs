namespace PortAudit.Reports.Rows;

/// <summary>
/// Merges rows that were collected in any order with others that come in the order of their starts, and hands both out as soon as it is sure that none comes before
/// them. Of the latter it holds few at a time, so that they stay in a core's cache.
/// </summary>
/// <param name="collected">The former, sorted.</param>
internal sealed class OrderedRows(RowArena collected)
{
    /// <summary>Bytes of rows that are added before some are handed out.</summary>
    private const int RoundBytes = 1 << 18;

    private RowArena _recent = new();
    private RowArena _spare = new();
    private int _handedOut;
    private long _room = RoundBytes;

    /// <summary>True when it is time to hand rows out.</summary>
    public bool IsFull => _room <= 0;

    /// <summary>Adds a row that starts no earlier than the one before it.</summary>
    public void Add(RowKey key, ReadOnlySpan<byte> row)
    {
        _recent.Add(key, row);
        _room -= row.Length;
    }

    /// <summary>Hands out all rows that start before a time, in their order.</summary>
    /// <param name="beforeNs">The time; no row that starts earlier is added any more.</param>
    /// <param name="receiver">Receives the rows.</param>
    public void HandOut(long beforeNs, RowReceiver receiver)
    {
        _recent.Sort();
        var index = 0;
        for (; index < _recent.Count && _recent.KeyOf(index).StartNs < beforeNs; index++)
            HandOut(index, receiver);

        // A row of the same start may still come, and may belong before these. When they are many, it is so much longer until they are looked at again.
        _room = RoundBytes;
        for (; index < _recent.Count; index++)
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
        _recent.Sort();
        for (var index = 0; index < _recent.Count; index++)
            HandOut(index, receiver);
        for (; _handedOut < collected.Count; _handedOut++)
            receiver(collected.RowOf(_handedOut));
    }

    /// <summary>Hands out a recent row behind those of the collected ones that belong before it.</summary>
    private void HandOut(int index, RowReceiver receiver)
    {
        var key = _recent.KeyOf(index);
        for (; _handedOut < collected.Count && collected.KeyOf(_handedOut).CompareTo(key) <= 0; _handedOut++)
            receiver(collected.RowOf(_handedOut));
        receiver(_recent.RowOf(index));
    }
}
