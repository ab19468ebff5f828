using PortAudit.Traffic.Logs.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Joins the records of both directions, and those that follow each other, to flows: an exporter reports each
/// direction alone, and long flows in parts.</summary>
/// <param name="sink">Receives every flow once, when it gets no more records.</param>
internal sealed class FlowJoiner(Action<JoinedFlow> sink)
{
    /// <summary>Flows that may still get records, some 900 bytes each. Beyond it the one that got none for longest is
    /// handed on.</summary>
    public const int Maximum = 200_000;

    /// <summary>Flows of one key that are told apart at a time.</summary>
    private const int MaximumOfKey = 8;

    /// <summary>Time of export after which a flow gets no more records, in nanoseconds: the longest silence of a flow
    /// and an hour, in which exporters report what goes on.</summary>
    private const long WaitNs = (7440 + 3600) * 1_000_000_000L;

    private readonly JoinTable<FlowKey, JoinedFlow> _open = new(sink, Maximum, MaximumOfKey);

    /// <summary>Flows handed on early because there were too many.</summary>
    public long HandedOnEarly => _open.ClosedEarly;

    /// <summary>Adds a record. True when both directions of its flow were recorded.</summary>
    /// <param name="record">The record.</param>
    /// <param name="point">Index of its capture point.</param>
    /// <param name="exportNs">Time of its export, in nanoseconds since the Unix epoch.</param>
    public bool Add(in ExportedFlow record, ushort point, long exportNs)
    {
        var packet = new DecodedPacket
        {
            Source = record.From.Address,
            SourcePort = record.From.Port,
            Destination = record.To.Address,
            DestinationPort = record.To.Port,
            Protocol = record.Transport,
        };
        var key = FlowKey.Of(packet, point, out var sender);
        if (Find(key, record, sender) is { } flow)
            _open.Touch(flow);
        else
            _open.Begin(flow = new JoinedFlow(key, record));
        flow.Add(record, sender);
        flow.TouchedNs = exportNs;
        while (_open.Oldest is { } oldest && oldest.Key.Point == point && exportNs - oldest.TouchedNs > WaitNs)
            _open.Close(oldest);
        return flow.IsTwoSided;
    }

    /// <summary>Hands on all that are left.</summary>
    public void Complete() => _open.Complete();

    private JoinedFlow? Find(FlowKey key, in ExportedFlow record, Side sender)
    {
        _open.TryFind(key, out var flow);
        while (flow is not null && !flow.Fits(record, sender))
            flow = flow.Earlier;
        return flow;
    }
}
