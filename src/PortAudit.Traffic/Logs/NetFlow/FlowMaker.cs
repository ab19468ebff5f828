using System.Globalization;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Makes a flow of its records.</summary>
internal sealed class FlowMaker
{
    private readonly Dictionary<(TcpFlags Out, TcpFlags In), string> _histories = [];
    private readonly string?[] _identifiers = new string?[64];

    /// <summary>The flow.</summary>
    /// <param name="joined">Its records.</param>
    /// <param name="point">Name of its capture point.</param>
    /// <param name="wouldShowAnswers">True when the exporter would have recorded answers.</param>
    /// <param name="early">Its outcome if the log ended too early for an answer.</param>
    public FlowRecord Make(JoinedFlow joined, string point, bool wouldShowAnswers, out Outcome early)
    {
        var side = JoinedDirection.Of(joined, out var basis);
        var (sent, received) = (joined.Of(side), joined.Of(side.Other()));
        var outcome = JoinedOutcome.Of(joined, sent, received, wouldShowAnswers);
        early = outcome.AtOnce;
        var (originator, responder) = Ends(joined, side);
        var (begun, transport) = (joined.Begun, joined.Key.Transport);
        var (protocol, protocolBasis) = LogProtocol.Of(transport, responder.Port);
        var isTcp = transport == IpProtocol.Tcp;
        var flow = new FlowRecord
        {
            Id = FlowIdHash.Of(FlowKey.Between(originator, responder, begun.Vlan, transport), joined.StartNs, point,
                DigestOf(begun)),
            CapturePoint = point,
            Capture = begun.Line.Capture,
            StartNs = joined.StartNs,
            EndNs = joined.EndNs,
            TimestampDigits = begun.Digits,
            Transport = transport,
            Vlan = begun.Vlan,
            Originator = originator,
            Responder = responder,
            DirectionBasis = basis,
            Outcome = outcome.Later,
            History = isTcp ? HistoryOf(sent, received) : "",
            Out = new DirectionCounters(sent.Packets, sent.Bytes, PayloadEstimate.Of(sent, joined.Key)),
            In = new DirectionCounters(received.Packets, received.Bytes, PayloadEstimate.Of(received, joined.Key)),
            SynCount = isTcp ? JoinedOutcome.SynsOf(sent) : 0,
            Protocol = protocol,
            ProtocolBasis = protocolBasis,
            Log = new LogOrigin(begun.Source, IdentifierOf(joined), begun.Line.Number)
            {
                IsSampled = joined.IsSampled,
            },
            Frames = [begun.Line],
        };
        if (joined.Denied is { } denied)
            return flow with { StoppedHow = denied };
        return LogStop.Of(flow);
    }

    /// <summary>The ends of a flow; of ICMP with the type and code of the request.</summary>
    private static (Endpoint Originator, Endpoint Responder) Ends(JoinedFlow joined, Side side)
    {
        var key = joined.Key;
        if (!key.Transport.IsIcmp)
            return (key.EndpointOf(side), key.EndpointOf(side.Other()));
        var begun = joined.Begun;
        var (type, code) = !begun.HidesAnswers
            && IcmpPairing.TryPair(key.Transport, (byte)begun.From.Port, out var request, out _)
            ? (request, (ushort)0)
            : (begun.From.Port, begun.To.Port);
        return (new Endpoint(key.AddressOf(side), type), new Endpoint(key.AddressOf(side.Other()), code));
    }

    /// <summary>The record goes in, so that a flow of a log is none of a capture of the same packets.</summary>
    private static ulong DigestOf(in ExportedFlow record) =>
        ((ulong)record.Line.Capture << 56) ^ ((ulong)record.Line.Number << 16) ^ (ulong)record.Number;

    private string IdentifierOf(JoinedFlow joined)
    {
        var (number, answered) = (joined.Begun.Number, joined.Answered);
        if (answered == default)
            return number >= _identifiers.Length
                ? string.Create(CultureInfo.InvariantCulture, $"record {number}")
                : _identifiers[number] ??= string.Create(CultureInfo.InvariantCulture, $"record {number}");
        var (line, begun) = (answered.Line, joined.Begun.Line);
        var isStored = joined.Begun.Source == LogSource.Nfdump;
        if (isStored && line.Capture != begun.Capture)
            return string.Create(CultureInfo.InvariantCulture,
                $"record {number}; answered by record {answered.Number} of another file");
        return isStored || line.Number == begun.Number
            ? string.Create(CultureInfo.InvariantCulture, $"records {number} and {answered.Number}")
            : string.Create(CultureInfo.InvariantCulture,
                $"record {number}; answered in {line.Number}, record {answered.Number}");
    }

    /// <summary>The flags in letters, without their order.</summary>
    private string HistoryOf(in SideCounts sent, in SideCounts received)
    {
        var (own, other) = (Spoken(sent), Spoken(received));
        if (_histories.TryGetValue((own, other), out var known))
            return known;
        Span<char> text = stackalloc char[10];
        var length = 0;
        Add(text, ref length, own, TcpFlags.Syn, 'S');
        Add(text, ref length, other, TcpFlags.Syn, 'h');
        Add(text, ref length, own, TcpFlags.Ack, 'A');
        Add(text, ref length, own, TcpFlags.Psh, 'D');
        Add(text, ref length, other, TcpFlags.Ack, 'a');
        Add(text, ref length, other, TcpFlags.Psh, 'd');
        Add(text, ref length, own, TcpFlags.Fin, 'F');
        Add(text, ref length, other, TcpFlags.Fin, 'f');
        Add(text, ref length, own, TcpFlags.Rst, 'R');
        Add(text, ref length, other, TcpFlags.Rst, 'r');
        return _histories[(own, other)] = new string(text[..length]);
    }

    /// <summary>Flags without the ACK of a SYN-ACK or a reset, which is no segment of its own.</summary>
    private static TcpFlags Spoken(in SideCounts side)
    {
        var (flags, explained) = (side.Flags & ~(TcpFlags.Urg | TcpFlags.Ece | TcpFlags.Cwr), 0L);
        explained += (flags & TcpFlags.Syn) != 0 ? 1 : 0;
        if ((flags & (TcpFlags.Rst | TcpFlags.Syn | TcpFlags.Psh | TcpFlags.Fin)) == TcpFlags.Rst)
            explained = side.Packets;
        return side.Packets <= explained ? flags & ~TcpFlags.Ack : flags;
    }

    private static void Add(Span<char> text, ref int length, TcpFlags flags, TcpFlags flag, char letter)
    {
        if ((flags & flag) != 0)
            text[length++] = letter;
    }
}
