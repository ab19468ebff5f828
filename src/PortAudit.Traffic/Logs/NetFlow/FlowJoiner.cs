using System.Runtime.InteropServices;
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

    private readonly Dictionary<FlowKey, JoinedFlow> _newest = [];
    private JoinedFlow? _oldest;
    private JoinedFlow? _latest;
    private int _count;

    /// <summary>Flows handed on early because there were too many.</summary>
    public long HandedOnEarly { get; private set; }

    /// <summary>Adds a record. True when both directions of its flow were recorded.</summary>
    /// <param name="record">The record.</param>
    /// <param name="point">Index of its capture point.</param>
    /// <param name="exportNs">Time of its export, in nanoseconds since the Unix epoch.</param>
    public bool Add(in OneWayRecord record, ushort point, long exportNs)
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
        ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, key, out _);
        var flow = Find(newest, record, sender);
        if (flow is null)
        {
            flow = new JoinedFlow(key, record) { Earlier = newest };
            newest = flow;
            _count++;
            Shorten(flow);
        }
        else
        {
            Unlink(flow);
        }

        flow.Add(record, sender);
        flow.TouchedNs = exportNs;
        Append(flow);
        HandOn(point, exportNs);
        return flow.IsTwoSided;
    }

    /// <summary>Hands on all that are left.</summary>
    public void Complete()
    {
        while (_oldest is { } flow)
            Close(flow);
    }

    private static JoinedFlow? Find(JoinedFlow? newest, in OneWayRecord record, Side sender)
    {
        for (var flow = newest; flow is not null; flow = flow.Earlier)
        {
            if (flow.Fits(record, sender))
                return flow;
        }

        return null;
    }

    /// <summary>Hands on those that were silent for long, and the oldest of too many.</summary>
    private void HandOn(ushort point, long exportNs)
    {
        while (_oldest is { } oldest && oldest.Key.Point == point && exportNs - oldest.TouchedNs > WaitNs)
            Close(oldest);
        while (_count > Maximum)
        {
            HandedOnEarly++;
            Close(_oldest!);
        }
    }

    /// <summary>Closes the last of too many flows of one key.</summary>
    private void Shorten(JoinedFlow newest)
    {
        var flow = newest;
        for (var number = 1; number < MaximumOfKey && flow.Earlier is not null; number++)
            flow = flow.Earlier;
        if (flow.Earlier is { } beyond)
            Close(beyond);
    }

    private void Close(JoinedFlow flow)
    {
        Unlink(flow);
        _count--;
        var newest = _newest[flow.Key];
        if (newest != flow)
        {
            var later = newest;
            while (later.Earlier != flow)
                later = later.Earlier!;
            later.Earlier = flow.Earlier;
        }
        else if (flow.Earlier is { } earlier)
        {
            _newest[flow.Key] = earlier;
        }
        else
        {
            _newest.Remove(flow.Key);
        }

        flow.Earlier = null;
        sink(flow);
    }

    private void Append(JoinedFlow flow)
    {
        flow.Older = _latest;
        if (_latest is not null)
            _latest.Newer = flow;
        else
            _oldest = flow;
        _latest = flow;
    }

    private void Unlink(JoinedFlow flow)
    {
        if (flow.Older is not null)
            flow.Older.Newer = flow.Newer;
        else if (_oldest == flow)
            _oldest = flow.Newer;
        if (flow.Newer is not null)
            flow.Newer.Older = flow.Older;
        else if (_latest == flow)
            _latest = flow.Older;
        (flow.Older, flow.Newer) = (null, null);
    }
}
