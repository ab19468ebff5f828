using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Logs.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>The records of one flow so far.</summary>
internal sealed class JoinedFlow : Joined<FlowKey, JoinedFlow>
{
    /// <summary>Later than a record of the other side may begin before the one that opened the flow, in nanoseconds:
    /// exporters round times.</summary>
    private const long RoundingNs = 1_000_000_000;

    private const TcpFlags Opens = TcpFlags.Syn;

    private SideCounts _low;
    private SideCounts _high;

    /// <summary>A new flow.</summary>
    public JoinedFlow(in FlowKey key, in ExportedFlow record) => (Key, Begun) = (key, record);

    /// <inheritdoc />
    public override FlowKey Key { get; }

    /// <summary>Its first record; of ICMP the first whose type is sure.</summary>
    public ExportedFlow Begun { get; private set; }

    /// <summary>Where the first record of the other side stands, and its number; 0 without one.</summary>
    public (FrameReference Line, int Number) Answered { get; private set; }

    /// <summary>Time of export of its latest record, in nanoseconds since the Unix epoch.</summary>
    public long TouchedNs { get; set; }

    /// <summary>How the exporter refused it; null when it did not.</summary>
    public string? Denied { get; private set; }

    /// <summary>True when only some of its packets were looked at.</summary>
    public bool IsSampled { get; private set; }

    /// <summary>The side that the exporter says opened it; null when it does not say.</summary>
    public Side? Initiator { get; private set; }

    public long StartNs => !_low.Sent ? _high.StartNs : !_high.Sent ? _low.StartNs
        : Math.Min(_low.StartNs, _high.StartNs);

    public long EndNs => !_low.Sent ? _high.EndNs : !_high.Sent ? _low.EndNs : Math.Max(_low.EndNs, _high.EndNs);

    public bool IsTwoSided => _low.Sent && _high.Sent;

    /// <summary>True when records were not counted, as others counted their packets.</summary>
    public bool IsRepeated => _low.IsRepeated || _high.IsRepeated;

    public SideCounts Of(Side side) => side == Side.Low ? _low : _high;

    /// <summary>Adds a record.</summary>
    public void Add(in ExportedFlow record, Side sender)
    {
        if (record.Sent.Packets > 0)
            Add(sender, record.Sent, record.StartNs, record);
        if (record.Received.Packets > 0)
            Add(sender.Other(), record.Received, Math.Min(record.EndNs,
                record.StartNs + (record.ReverseDelayNs ?? 0)), record);
        Denied ??= record.Denied;
        IsSampled |= record.IsSampled;
        if (record.IsInitiator)
            Initiator ??= sender;
        if (Key.Transport.IsIcmp && Begun.HidesAnswers && !record.HidesAnswers)
            BeginWith(record, sender);
        if (Answered == default && sender != SenderOfBegun)
            Answered = (record.Line, record.Number);
    }

    /// <summary>True when a record belongs to this flow: it overlaps it in time or follows within the time that a flow
    /// may be silent, and does not begin another connection.</summary>
    public bool Fits(in ExportedFlow record, Side sender)
    {
        if ((Denied is null) != (record.Denied is null))
            return false;
        var silence = Math.Max(record.StartNs - EndNs, StartNs - record.EndNs);
        if (silence > IdleTimeouts.Of(IdleClass()))
            return false;
        if (Key.Transport != IpProtocol.Tcp)
            return true;
        var own = Of(sender);
        var begins = (record.Sent.Flags & Opens) != 0;

        // A second SYN of one side is a retry, unless the first one was answered.
        if (begins && own.Sent && record.StartNs > own.EndNs && HasSpoken)
            return false;
        return !(HasOpened && record.EndNs < StartNs - RoundingNs);
    }

    private void BeginWith(in ExportedFlow record, Side sender)
    {
        if (sender != SenderOfBegun)
            Answered = (Begun.Line, Begun.Number);
        Begun = record;
    }

    private Side SenderOfBegun => Begun.From == EndpointOf(Side.Low) ? Side.Low : Side.High;

    private bool HasOpened => ((_low.Flags | _high.Flags) & Opens) != 0;

    /// <summary>True when more than SYN and resets passed.</summary>
    private bool HasSpoken => ((_low.Flags | _high.Flags) & ~(TcpFlags.Syn | TcpFlags.Ece | TcpFlags.Cwr)) != 0;

    /// <summary>Address and port of a side, as records have them.</summary>
    public Endpoint EndpointOf(Side side) => Key.Transport.IsIcmp
        ? Begun.From.Address == Key.AddressOf(side) ? Begun.From : Begun.To
        : Key.EndpointOf(side);

    private void Add(Side side, in SentCounts sent, long startNs, in ExportedFlow record)
    {
        if (side == Side.Low)
            _low.Add(sent, startNs, record.EndNs, record);
        else
            _high.Add(sent, startNs, record.EndNs, record);
    }

    /// <summary>How long it may be silent, as for packets.</summary>
    private IdleClass IdleClass()
    {
        if (Key.Transport.IsIcmp)
            return Flows.IdleClass.Icmp;
        if (Key.Transport != IpProtocol.Tcp)
            return IsTwoSided ? Flows.IdleClass.Exchange : Flows.IdleClass.Datagram;
        var all = _low.Flags | _high.Flags;
        var isClosed = (all & TcpFlags.Rst) != 0 || (_low.Flags & _high.Flags & TcpFlags.Fin) != 0;
        var isOpening = all == TcpFlags.Syn;
        return isClosed || isOpening ? Flows.IdleClass.TcpTransitory : Flows.IdleClass.TcpOpen;
    }
}
