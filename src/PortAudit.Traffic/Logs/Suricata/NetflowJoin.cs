namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>Joins the two <c>netflow</c> events of a flow. Suricata writes the one of the answers right behind the
/// other, apart from events of its other threads, and none without answers.</summary>
/// <param name="sink">Receives every flow.</param>
internal sealed class NetflowJoin(Action<SuricataFlow> sink)
{
    /// <summary>Events that may come between the two: some of each of a hundred threads.</summary>
    public const int Maximum = 10_000;

    private readonly Dictionary<string, (SuricataFlow Flow, long Number)> _open = new(StringComparer.Ordinal);
    private readonly Queue<(string Identifier, long Number)> _order = [];
    private long _number;

    /// <summary>Adds an event.</summary>
    public void Add(in SuricataFlow half)
    {
        _number++;
        if (_open.Remove(half.Identifier, out var first))
        {
            if (first.Flow.IsOppositeOf(half))
            {
                sink(first.Flow.With(half));
                return;
            }

            sink(first.Flow);
        }

        _open.Add(half.Identifier, (half, _number));
        _order.Enqueue((half.Identifier, _number));
        while (_order.Count > Maximum)
            Release();
    }

    /// <summary>Hands on what had no answer.</summary>
    public void Complete()
    {
        while (_order.Count > 0)
            Release();
    }

    private void Release()
    {
        var (identifier, number) = _order.Dequeue();
        if (_open.TryGetValue(identifier, out var open) && open.Number == number && _open.Remove(identifier))
            sink(open.Flow);
    }
}
