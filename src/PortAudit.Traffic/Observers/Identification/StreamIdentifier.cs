using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Identification;

/// <summary>Identifies TCP connections: puts the start of both streams in order and shows them to the recognisers that
/// have not yet said no.</summary>
internal sealed class StreamIdentifier
{
    /// <summary>
    /// TCP segments with payload examined in a flow: more than fill both directions with 1,460 bytes each.
    /// </summary>
    public const int MaximumSegments = 100;

    /// <summary>Segments at which a connection met in its middle is tried again.</summary>
    public const int MaximumMidstreamStarts = 8;

    /// <summary>A side that has one of them was seen from its first byte on.</summary>
    private const SideFlags Opening = SideFlags.Syn | SideFlags.SynAck;

    /// <summary>A keep-alive repeats one byte of what went before (RFC 9293 §3.8.4): no start for a stream that is met
    /// in its middle.</summary>
    private const int KeepAliveLength = 1;

    private readonly Stack<StreamStart> _free = new();
    private readonly BufferPool _pool;
    private readonly FlowDetailPool _details;
    private readonly FlowNaming _naming;
    private readonly StreamRecognition _recognition;
    private readonly BufferPool? _notePool;
    private readonly byte[] _notes = new byte[TlsHandshakeNotes.MaximumLength];

    /// <summary>Makes an identifier that takes its buffers from <paramref name="pool"/>, those for notes of TLS
    /// handshakes from <paramref name="notes"/> (null to keep none), keeps what it needs in <paramref name="details"/>,
    /// and writes what it finds with <paramref name="naming"/>.</summary>
    public StreamIdentifier(BufferPool pool, BufferPool? notes, FlowDetailPool details, FlowNaming naming)
    {
        _pool = pool;
        _notePool = notes;
        _details = details;
        _naming = naming;
        _recognition = new StreamRecognition(details, naming);
    }

    /// <summary>Connections that were not looked at any more, or whose handshake was not kept, because a bound of the
    /// buffers was reached.</summary>
    public long Skipped { get; private set; }

    /// <summary>Looks at the payload of one segment.</summary>
    public void Show(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, in SentPacket sent)
    {
        var present = _details.Find(in flow)?.Streams;
        if (payload.Length == KeepAliveLength && !flow.EitherHas(Opening)
            && present?.Of(sent.Sender) is null or { Length: 0 })
            return;
        var streams = present ?? (_details.Of(ref flow).Streams = RentStreams());
        flow.ProbedPackets++;
        if ((streams.Awaits ?? sent.Sender) == sent.Sender)
            Take(ref flow, streams, packet, payload, sent);
        if (flow.ProbedPackets >= MaximumSegments || (streams.Low.IsFull && streams.High.IsFull))
            End(ref flow);
    }

    private void Take(ref Flow flow, StreamStart streams, in DecodedPacket packet, ReadOnlySpan<byte> payload,
        in SentPacket sent)
    {
        var own = streams.Of(sent.Sender);
        var known = own.Length;
        if (!TryExtend(ref flow, packet, payload, sent.Sender, out var grew))
        {
            Skipped++;
            End(ref flow);
        }
        else if (grew)
        {
            var unchanged = StreamRecognition.UnchangedBy(own.Length - known, streams, sent.Sender);
            Ask(ref flow, packet, payload, sent, unchanged);
        }
    }

    /// <summary>Puts a segment's payload in its place in the streams; false when the bound of the buffers is
    /// reached.</summary>
    public bool TryExtend(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, Side sender,
        out bool grew)
    {
        var streams = _details.Of(ref flow).Streams!;
        var own = streams.Of(sender);
        var refusals = _pool.Refusals;
        grew = own.Insert(StreamStartOf(in flow, packet, sender), PayloadSequenceOf(packet), payload, _pool);
        return _pool.Refusals == refusals;
    }

    /// <summary>Ends the work on a connection: condenses what a handshake showed and gives the buffers back, unless the
    /// streams are read for names.</summary>
    public void End(ref Flow flow)
    {
        if (flow.Has(FlowFlags.IdentificationEnded))
            return;
        flow.Flags |= FlowFlags.IdentificationEnded;
        if (_details.Find(in flow)?.Streams is not { } streams)
            return;
        if (RequestTrial.EndsUnaccepted(in flow, streams))
            Decline(ref flow, streams);
        _recognition.FollowOneWay(ref flow, streams);
        if (MayShowAlone(in flow, streams) && !streams.PresentOf(flow.Responder).IsEmpty)
            AskAboutAnswer(ref flow, streams, streams.LatestFrame);
        if (streams is { Matched: < 0, Switches: 0, Tentative: { } tentative })
            _naming.Decide(ref flow, tentative.Row, tentative.Recognition, tentative.Originator, tentative.Frame);
        if (streams.Matched >= 0 && !streams.AsksThroughAnother)
            KeepNotes(ref flow, streams);
        if (streams.IsThroughProxy)
            flow.Flags = (flow.Flags | FlowFlags.ThroughProxy) & ~FlowFlags.TellsNames;
        if (!flow.Has(FlowFlags.TellsNames | FlowFlags.BeginsControl))
            Release(ref flow);
    }

    /// <summary>Gives the buffers of a connection back.</summary>
    public void Release(ref Flow flow)
    {
        if (_details.Find(in flow) is not { Streams: { } streams } detail)
            return;
        streams.Clear(_pool);
        _free.Push(streams);
        detail.Streams = null;
        if (detail.IsBlank)
            _details.Return(ref flow);
    }

    private void Ask(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, in SentPacket sent,
        Candidates unchanged)
    {
        var streams = _details.Of(ref flow).Streams!;
        streams.LatestFrame = sent.Frame;
        if (streams.Answering is { } answering && !TryAnswer(ref flow, streams, answering, sent.Sender))
            return;
        var state = _recognition.Ask(ref flow, streams, sent.Frame, unchanged);
        if (state == RecognitionState.Settled)
        {
            End(ref flow);
            return;
        }

        var isOpen = state == RecognitionState.Open;
        if (flow.EitherHas(Opening) || streams.Switches > 0)
        {
            if (!isOpen)
                GiveUpOn(ref flow, streams, sent.Frame);
        }
        else if (streams.Matched < 0)
        {
            TryAsStart(ref flow, packet, payload, sent, isOpen);
        }
    }

    /// <summary>Weighs an answer to the request that named the connection. False when nothing is to be asked
    /// now.</summary>
    private bool TryAnswer(ref Flow flow, StreamStart streams, Side answering, Side sender)
    {
        if (streams.PresentOf(answering).IsEmpty || sender != answering)
            return streams.WantsMore;
        switch (RequestTrial.Weigh(in flow, streams, answering))
        {
            case RequestAnswer.Open:
                return streams.WantsMore;
            case RequestAnswer.Accepted:
                streams.Answering = null;
                return true;
            default:
                Decline(ref flow, streams);
                return true;
        }
    }

    /// <summary>Takes the name back that rests on a request which was not accepted. Through a proxy it was not given
    /// yet.</summary>
    private void Decline(ref Flow flow, StreamStart streams)
    {
        if (streams.Switches == 0)
            _naming.Withdraw(ref flow);
        streams.ShowAlone(streams.Answering!.Value, _pool);
    }

    /// <summary>What a client asked for is nothing that is known: what its server says may still be.</summary>
    private void GiveUpOn(ref Flow flow, StreamStart streams, FrameReference frame)
    {
        if (!MayShowAlone(in flow, streams) || !AskAboutAnswer(ref flow, streams, frame))
            End(ref flow);
    }

    private static bool MayShowAlone(ref readonly Flow flow, StreamStart streams) =>
        streams is { Alone: null, Switches: 0, Matched: < 0, Tentative: null } && flow.Has(flow.Responder, Opening)
        && !streams.PresentOf(flow.Originator).IsEmpty;

    /// <summary>Goes on with what the responder says alone; false when no recogniser is left.</summary>
    private bool AskAboutAnswer(ref Flow flow, StreamStart streams, FrameReference frame)
    {
        var responder = flow.Responder;
        streams.ShowAlone(responder, _pool);
        if (streams.PresentOf(responder).IsEmpty)
            return true;
        var state = _recognition.Ask(ref flow, streams, frame);
        if (state == RecognitionState.Settled)
            End(ref flow);
        return state != RecognitionState.Exhausted;
    }

    /// <summary>
    /// A connection met in its middle may begin something with any of its segments: one that follows others, of which
    /// nobody could make anything yet, is also tried as a start of its own.
    /// </summary>
    private void TryAsStart(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, in SentPacket sent,
        bool isOpen)
    {
        var streams = _details.Of(ref flow).Streams!;
        var own = streams.Of(sent.Sender);
        var mayTry = flow.ProbedPackets <= MaximumMidstreamStarts;
        if (mayTry && streams.Low.Length + streams.High.Length > payload.Length
            && IsRecognised(in flow, payload, sent.Sender))
        {
            StartAnew(streams);
            if (own.Insert(packet.SequenceNumber, packet.SequenceNumber, payload, _pool)
                && _recognition.Ask(ref flow, streams, sent.Frame) == RecognitionState.Settled)
                End(ref flow);
        }
        else if (!isOpen && mayTry)
        {
            StartAnew(streams);
        }
        else if (!isOpen)
        {
            End(ref flow);
        }
    }

    /// <summary>Forgets the bytes, but not what they resembled.</summary>
    private void StartAnew(StreamStart streams)
    {
        var tentative = streams.Tentative;
        streams.Clear(_pool);
        streams.Tentative = tentative;
    }

    private static bool IsRecognised(ref readonly Flow flow, ReadOnlySpan<byte> payload, Side sender)
    {
        var byOriginator = sender == flow.Originator;
        var candidates = RecogniserSet.OverTcp.All;
        var recognition = default(Recognition);
        FlowConversation.Make(in flow, byOriginator ? payload : [], byOriginator ? [] : payload, isWhole: true, null,
            out var conversation);
        return RecogniserSet.OverTcp.Ask(conversation, ref candidates, ref recognition) >= 0
            && recognition.Strength == MatchStrength.Proof;
    }

    private void KeepNotes(ref Flow flow, StreamStart streams)
    {
        var row = ProtocolRegistry.Rows[RecogniserSet.OverTcp.RowAt(streams.Matched)];
        if (_notePool is null || row.HandshakeNotes is not { } write)
            return;
        var client = streams.Client;
        var length = write(streams.PresentOf(client), streams.PresentOf(client.Other()), _notes);
        if (length == 0)
            return;
        if (_notePool.Rent(length) is not { } notes)
        {
            Skipped++;
            return;
        }

        _notes.AsSpan(0, length).CopyTo(notes);
        var detail = _details.Of(ref flow);
        detail.Notes = notes;
        detail.NotesLength = length;
    }

    private StreamStart RentStreams() => _free.TryPop(out var free) ? free : new StreamStart();

    /// <summary>Sequence number of a direction's first byte where its SYN was seen, else of the segment at
    /// hand.</summary>
    public static uint StreamStartOf(ref readonly Flow flow, in DecodedPacket packet, Side sender) =>
        flow.Has(sender, Opening) ? flow.Of(sender).FirstSequence + 1 : packet.SequenceNumber;

    /// <summary>Sequence number of a segment's first byte of payload.</summary>
    public static uint PayloadSequenceOf(in DecodedPacket packet) =>
        packet.SequenceNumber + ((packet.TcpFlags & TcpFlags.Syn) != 0 ? 1u : 0u);
}
