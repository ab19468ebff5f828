using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Identification;

/// <summary>Identifies TCP connections: reassembles the start of both streams and shows them to the recognisers not yet
/// ruled out.</summary>
internal sealed class StreamIdentifier
{
    /// <summary>TCP segments with payload examined per flow: more than fill both directions with 1,460 bytes
    /// each.</summary>
    public const int MaximumSegments = 100;

    /// <summary>Attempts to begin in the middle of a connection.</summary>
    public const int MaximumMidstreamStarts = 8;

    /// <summary>A side with one of these was captured from its first byte.</summary>
    private const SideFlags Opening = SideFlags.Syn | SideFlags.SynAck;

    /// <summary>A keep-alive repeats one earlier byte (RFC 9293 §3.8.4): no start for a stream joined in the
    /// middle.</summary>
    private const int KeepAliveLength = 1;

    private readonly Stack<StreamStart> _free = new();
    private readonly BufferPool _pool;
    private readonly FlowDetailPool _details;
    private readonly FlowNaming _naming;
    private readonly StreamRecognition _recognition;
    private readonly BufferPool? _notePool;
    private readonly byte[] _notes = new byte[TlsHandshakeNotes.MaximumLength];

    public StreamIdentifier(BufferPool pool, BufferPool? notes, FlowDetailPool details, FlowNaming naming)
    {
        _pool = pool;
        _notePool = notes;
        _details = details;
        _naming = naming;
        _recognition = new StreamRecognition(details, naming);
    }

    /// <summary>Connections abandoned, or handshakes not kept, because of a buffer bound.</summary>
    public long Skipped { get; private set; }

    /// <summary>Examines the payload of a segment.</summary>
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
            Recognise(ref flow, packet, payload, sent, unchanged);
        }
    }

    /// <summary>Inserts a segment's payload into the streams; false when the buffer bound is reached.</summary>
    public bool TryExtend(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, Side sender,
        out bool grew)
    {
        var streams = _details.Of(ref flow).Streams!;
        var own = streams.Of(sender);
        var refusals = _pool.Refusals;
        grew = own.Insert(StreamStartOf(in flow, packet, sender), PayloadSequenceOf(packet), payload, _pool);
        return _pool.Refusals == refusals;
    }

    /// <summary>Ends the identification of a connection: condenses its handshake and frees the buffers, unless the
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
            RecogniseResponse(ref flow, streams, streams.LatestFrame);
        if (streams is { Matched: < 0, Switches: 0, Tentative: { } tentative })
            _naming.Decide(ref flow, tentative.Row, tentative.Recognition, tentative.Originator, tentative.Frame);
        if (streams.Matched >= 0 && !streams.RequestsThroughAnother)
            KeepNotes(ref flow, streams);
        if (streams.IsThroughProxy)
            flow.Flags = (flow.Flags | FlowFlags.ThroughProxy) & ~FlowFlags.CarriesNames;
        if (!flow.Has(FlowFlags.CarriesNames | FlowFlags.BeginsControl))
            Release(ref flow);
    }

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

    private void Recognise(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, in SentPacket sent,
        Candidates unchanged)
    {
        var streams = _details.Of(ref flow).Streams!;
        streams.LatestFrame = sent.Frame;
        if (streams.Answering is { } answering && !TryAnswer(ref flow, streams, answering, sent.Sender))
            return;
        var state = _recognition.Recognise(ref flow, streams, sent.Frame, unchanged);
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

    /// <summary>Examines a response to the request that identified the connection. False when there is nothing to
    /// examine now.</summary>
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

    /// <summary>Withdraws a name based on a request that was not accepted. Through a proxy it was not set
    /// yet.</summary>
    private void Decline(ref Flow flow, StreamStart streams)
    {
        if (streams.Switches == 0)
            _naming.Withdraw(ref flow);
        streams.ShowAlone(streams.Answering!.Value, _pool);
    }

    /// <summary>The client's request is unknown; the server's response may still be recognised.</summary>
    private void GiveUpOn(ref Flow flow, StreamStart streams, FrameReference frame)
    {
        if (!MayShowAlone(in flow, streams) || !RecogniseResponse(ref flow, streams, frame))
            End(ref flow);
    }

    private static bool MayShowAlone(ref readonly Flow flow, StreamStart streams) =>
        streams is { Alone: null, Switches: 0, Matched: < 0, Tentative: null } && flow.Has(flow.Responder, Opening)
        && !streams.PresentOf(flow.Originator).IsEmpty;

    /// <summary>Continues with the responder's stream alone; false when all recognisers are ruled out.</summary>
    private bool RecogniseResponse(ref Flow flow, StreamStart streams, FrameReference frame)
    {
        var responder = flow.Responder;
        streams.ShowAlone(responder, _pool);
        if (streams.PresentOf(responder).IsEmpty)
            return true;
        var state = _recognition.Recognise(ref flow, streams, frame);
        if (state == RecognitionState.Settled)
            End(ref flow);
        return state != RecognitionState.Exhausted;
    }

    /// <summary>Tries a segment as the start of a message: in a connection joined in the middle any segment may be one,
    /// if nothing before was recognised.</summary>
    private void TryAsStart(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, in SentPacket sent,
        bool isOpen)
    {
        var streams = _details.Of(ref flow).Streams!;
        var own = streams.Of(sent.Sender);
        var mayTry = flow.ProbedPackets <= MaximumMidstreamStarts;
        if (mayTry && streams.Low.Length + streams.High.Length > payload.Length
            && IsRecognised(in flow, payload, sent.Sender))
        {
            StartOver(streams);
            if (own.Insert(packet.SequenceNumber, packet.SequenceNumber, payload, _pool)
                && _recognition.Recognise(ref flow, streams, sent.Frame) == RecognitionState.Settled)
                End(ref flow);
        }
        else if (!isOpen && mayTry)
        {
            StartOver(streams);
        }
        else if (!isOpen)
        {
            End(ref flow);
        }
    }

    /// <summary>Drops the bytes, but keeps a match in shape.</summary>
    private void StartOver(StreamStart streams)
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
        return RecogniserSet.OverTcp.TryAll(conversation, ref candidates, ref recognition) >= 0
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

    /// <summary>Sequence number of a direction's first byte if its SYN was seen, else of the current segment.</summary>
    public static uint StreamStartOf(ref readonly Flow flow, in DecodedPacket packet, Side sender) =>
        flow.Has(sender, Opening) ? flow.Of(sender).FirstSequence + 1 : packet.SequenceNumber;

    /// <summary>Sequence number of a segment's first payload byte.</summary>
    public static uint PayloadSequenceOf(in DecodedPacket packet) =>
        packet.SequenceNumber + ((packet.TcpFlags & TcpFlags.Syn) != 0 ? 1u : 0u);
}
