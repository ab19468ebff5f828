using System.Globalization;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>The events of one connection so far.</summary>
/// <param name="ends">Its ends and transport.</param>
/// <param name="place">Where its first event stands.</param>
/// <param name="number">Number of that record in the datagram.</param>
/// <param name="startNs">When it was created, in nanoseconds since the Unix epoch.</param>
internal sealed class NselConnection(ExportedFlow ends, ExportPlace place, int number, long startNs)
{
    private const long MaximumCount = 1L << 53;
    private const int Milliseconds = 3;

    private readonly LogSource _source = place.EventSource;
    private readonly string _point = place.Point;
    private readonly Capture.FrameReference _line = place.Line;
    private long _startNs = startNs;
    private long _endNs = startNs;
    private DirectionCounters _out;
    private DirectionCounters _in;
    private long _bothBytes;

    /// <summary>True once it was torn down.</summary>
    public bool IsEnded { get; set; }

    /// <summary>Adds an event: its counters count since the one before.</summary>
    public void Add(ExportRecord record, long atNs)
    {
        (_startNs, _endNs) = (Math.Min(_startNs, atNs), Math.Max(_endNs, atNs));
        _out = Sum(_out, record[ExportField.InitiatorPackets], record[ExportField.InitiatorOctets]);
        _in = Sum(_in, record[ExportField.ResponderPackets], record[ExportField.ResponderOctets]);
        if (!record.Has(ExportField.InitiatorOctets))
            _bothBytes = Math.Max(_bothBytes,
                (long)Math.Min(record[ExportField.TotalOctets], (ulong)MaximumCount));
    }

    /// <summary>The flow.</summary>
    /// <param name="denied">Why it was denied; null when it was not.</param>
    /// <param name="early">Its outcome if the log ended too early for an answer.</param>
    public FlowRecord ToFlow(string? denied, out Outcome early)
    {
        var isTcp = ends.Transport == IpProtocol.Tcp;
        (var outcome, early) = denied is not null ? (Outcome.Rejected, Outcome.Rejected) : OutcomeOf(isTcp);
        var (protocol, protocolBasis) = LogProtocol.Of(ends.Transport, ends.To.Port);
        var key = FlowKey.Between(ends.From, ends.To, ends.Vlan, ends.Transport);
        var digest = ((ulong)_line.Capture << 56) ^ ((ulong)_line.Number << 16) ^ (ulong)number;
        return new FlowRecord
        {
            Id = FlowIdHash.Of(key, _startNs, _point, digest),
            CapturePoint = _point,
            Capture = _line.Capture,
            StartNs = _startNs,
            EndNs = _endNs,
            TimestampDigits = Milliseconds,
            Transport = ends.Transport,
            Vlan = ends.Vlan,
            Originator = ends.From,
            Responder = ends.To,
            DirectionBasis = BasisOf(isTcp, denied is not null),
            Outcome = outcome,
            History = "",
            Out = _out with { Packets = Math.Max(1, _out.Packets) },
            In = _in,
            SynCount = isTcp && denied is null ? 1 : 0,
            Protocol = protocol,
            ProtocolBasis = protocolBasis,
            StoppedHow = denied,
            Log = new LogOrigin(_source,
                string.Create(CultureInfo.InvariantCulture, $"record {number}"), _line.Number),
            Frames = [_line],
        };
    }

    /// <summary>A connection that was torn down says by its counters what came back. One that was only created may
    /// still be answered.</summary>
    private (Outcome Later, Outcome Early) OutcomeOf(bool isTcp)
    {
        if (_in.PayloadBytes > 0 || _in.Packets > 0 || (isTcp && _out.PayloadBytes + _bothBytes > 0))
            return (Outcome.Established, Outcome.Established);
        if (isTcp || _bothBytes > 0 || _out.PayloadBytes == 0)
            return (Outcome.Undecided, Outcome.Undecided);
        return (Outcome.Unanswered, IsEnded ? Outcome.Unanswered : Outcome.Undecided);
    }

    private DirectionBasis BasisOf(bool isTcp, bool isDenied)
    {
        if (ends.Transport.IsIcmp)
            return DirectionBasis.Payload;
        if (isTcp && !isDenied)
            return DirectionBasis.Syn;
        return ends.Transport.HasPorts && FlowDirection.PortOrderOf(ends.Transport, ends.From.Port, ends.To.Port) < 0
            ? DirectionBasis.Port
            : DirectionBasis.FirstPacket;
    }

    private static DirectionCounters Sum(DirectionCounters known, ulong packets, ulong bytes)
    {
        var (more, octets) = ((long)Math.Min(packets, (ulong)MaximumCount), (long)Math.Min(bytes, (ulong)MaximumCount));
        var payload = Math.Min(known.PayloadBytes + octets, MaximumCount);
        return new DirectionCounters(
            Math.Max(payload > 0 ? 1 : 0, Math.Min(known.Packets + more, MaximumCount)), payload, payload);
    }
}
