namespace PortAudit.Traffic.Logs.Parts;

/// <summary>Joins records, each of one direction and interval, to conversations. Those longest without a record are
/// handed on when the table is full, or when the log is far beyond them.</summary>
/// <param name="sink">Receives each conversation once.</param>
internal sealed class ConversationTable(Action<Conversation> sink)
{
    /// <summary>Conversations kept, some 600 bytes each.</summary>
    public const int Maximum = 500_000;

    private readonly JoinTable<ConversationKey, Conversation> _open = new(sink, Maximum, maximumOfKey: 1);

    /// <summary>Conversations handed on because the table was full.</summary>
    public long ClosedEarly => _open.ClosedEarly;

    /// <summary>Adds a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="point">Number of its capture point.</param>
    public void Add(in OneWayRecord record, int point)
    {
        var key = ConversationKey.Of(record, point);
        if (_open.TryFind(key, out var known) && !known.IsOver(record))
            _open.Touch(known);
        else
            _open.Begin(known = new Conversation(key, record));
        known.Add(record);
        while (_open.Oldest is { } oldest && oldest != known && oldest.IsIdle(record.StartNs))
            _open.Close(oldest);
    }

    /// <summary>Hands on what is left.</summary>
    public void Complete() => _open.Complete();
}
