namespace PortAudit.Traffic.Logs.Parts;

/// <summary>Joins records, each of one direction and interval, to conversations. Those longest without a record are
/// handed on when the table is full, or when the log is far beyond them.</summary>
/// <param name="sink">Receives each conversation once.</param>
internal sealed class ConversationTable(Action<Conversation> sink)
{
    /// <summary>Conversations kept, some 600 bytes each.</summary>
    public const int Maximum = 500_000;

    private readonly Dictionary<ConversationKey, Conversation> _open = [];
    private readonly LinkedList<Conversation> _order = [];

    /// <summary>Conversations handed on because the table was full.</summary>
    public long ClosedEarly { get; private set; }

    /// <summary>Adds a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="point">Number of its capture point.</param>
    public void Add(in OneWayRecord record, int point)
    {
        var key = ConversationKey.Of(record, point);
        if (_open.TryGetValue(key, out var known) && known.IsOver(record))
        {
            Close(known);
            known = null;
        }

        if (known is null)
        {
            if (_open.Count == Maximum)
            {
                ClosedEarly++;
                Close(_order.First!.Value);
            }

            _open.Add(key, known = new Conversation(key, record));
            known.Node = _order.AddLast(known);
        }
        else if (known.Node != _order.Last)
        {
            _order.Remove(known.Node!);
            _order.AddLast(known.Node!);
        }

        known.Add(record);
        while (_order.First is { Value: var oldest } && oldest != known && oldest.IsIdle(record.StartNs))
            Close(oldest);
    }

    /// <summary>Hands on what is left.</summary>
    public void Complete()
    {
        while (_order.First is { Value: var oldest })
            Close(oldest);
    }

    private void Close(Conversation conversation)
    {
        _open.Remove(conversation.Key);
        _order.Remove(conversation.Node!);
        sink(conversation);
    }
}
