using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Makes flows of the events of connections that a Cisco ASA exports (Cisco, "ASA NetFlow Implementation
/// Guide", "Data records exported through NSEL"): created, updated, torn down, denied. It knows who opened a
/// connection, and counts payload.</summary>
/// <param name="sink">Receives every flow, with its outcome if the log ended too early for an answer.</param>
internal sealed class NselConnections(Action<FlowRecord, Outcome> sink)
{
    /// <summary>Connections without their end that are kept, some 400 bytes each. Beyond it all that are kept are
    /// handed on.</summary>
    public const int Maximum = 200_000;

    /// <summary>The event of a connection that the firewall refused.</summary>
    public const ulong Denied = 3;

    private const ulong Created = 1;
    private const ulong Deleted = 2;
    private const ulong Updated = 5;
    private const int ListShift = 32;

    private readonly Dictionary<(string Point, ulong Number, Endpoint From, Endpoint To), NselConnection> _open = [];

    /// <summary>Connections handed on without their end because there were too many.</summary>
    public long HandedOnEarly { get; private set; }

    /// <summary>True for an event: a record with both directions, or without counters. Other firewalls name events in
    /// records of one direction, with counters, which are joined like those of routers.</summary>
    public static bool IsEvent(ExportRecord record) => record.Has(ExportField.FirewallEvent)
        && !record.Has(ExportField.Packets) && (record.Has(ExportField.EventTimeMs)
            || record.Has(ExportField.ExtendedEvent) || record.Has(ExportField.InitiatorOctets));

    /// <summary>Adds an event. False without addresses.</summary>
    public bool TryAdd(ExportRecord record, in ExportPlace place, int number)
    {
        var ends = default(ExportedFlow);
        if (!RecordReading.TryEnds(record, ref ends))
            return false;
        var times = ExportTimes.Of(record, place.Header, place.Domain);
        var atNs = ExportTimes.EventOf(record) ?? times.EndNs;
        var startNs = record.Has(ExportField.StartMs) ? times.StartNs : atNs;
        var made = new NselConnection(ends, place, number, Math.Min(startNs, atNs));
        var kind = record[ExportField.FirewallEvent];
        if (kind == Denied)
        {
            made.Add(record, atNs);
            var flow = made.ToFlow(ReasonOf(record), out _);
            sink(flow, flow.Outcome);
            return true;
        }

        if (kind is not (Created or Updated or Deleted))
            return true;
        var key = (place.Point, record[ExportField.FlowId], ends.From, ends.To);
        if (!_open.TryGetValue(key, out var connection))
        {
            if (_open.Count >= Maximum)
                HandOnAll();
            _open.Add(key, connection = made);
        }

        connection.Add(record, atNs);
        if (kind != Deleted)
            return true;
        connection.IsEnded = true;
        _open.Remove(key);
        HandOn(connection);
        return true;
    }

    /// <summary>Hands on connections that were under way at the end.</summary>
    public void Complete()
    {
        foreach (var connection in _open.Values)
            HandOn(connection);
        _open.Clear();
    }

    private void HandOnAll()
    {
        HandedOnEarly += _open.Count;
        Complete();
    }

    private void HandOn(NselConnection connection) => sink(connection.ToFlow(null, out var early), early);

    /// <summary>Why a connection was denied (the same guide, "Extended event codes"). The first half of an access
    /// list's identifier is its name's, the second its entry's, as <c>show access-list</c> shows them.</summary>
    private static string ReasonOf(ExportRecord record)
    {
        var code = record[ExportField.ExtendedEvent];
        var list = record[code == 1002 ? ExportField.EgressAcl : ExportField.IngressAcl];
        var named = list == 0 ? "" : $" 0x{list >> ListShift:x8}, entry 0x{(uint)list:x8}";
        return code switch
        {
            1001 => $"denied by the firewall's ingress access list{named}",
            1002 => $"denied by the firewall's egress access list{named}",
            1003 => "denied by the firewall: the connection was to its own interface",
            1004 => "denied by the firewall: the first packet was no SYN",
            _ => $"denied by the firewall, event {code}",
        };
    }
}
