using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Identification;

/// <summary>
/// Shows the payloads of undecided flows to the recognisers of the registry, and keeps what they find in the flow. TCP is put in order
/// first; datagrams are shown one by one. A decided flow costs nothing more.
/// </summary>
internal sealed class FlowIdentifier
{
    /// <summary>Datagrams of a flow that are shown at most.</summary>
    public const int MaximumDatagrams = 8;

    /// <summary>TCP segments with payload of a flow that are looked at at most: more than fill both prefixes with segments of 1,460 bytes.</summary>
    public const int MaximumSegments = 100;

    /// <summary>Segments at which a connection met in its middle is tried anew.</summary>
    public const int MaximumMidstreamStarts = 8;

    private const FlowMarks SawOpening = FlowMarks.SynFromLow | FlowMarks.SynFromHigh | FlowMarks.SynAckFromLow | FlowMarks.SynAckFromHigh;

    /// <summary>A keep-alive repeats one byte of what went before (RFC 9293 §3.8.4): no start for a stream that is met in its middle.</summary>
    private const int KeepAliveLength = 1;

    private static readonly UInt128 AllCandidates = CandidatesOf();

    private readonly Stack<StreamStart> _freeStreams = new();
    private readonly BufferPool _pool;
    private readonly FlowDetailPool _details;
    private readonly byte[] _notes = new byte[TlsHandshakeNotes.MaximumLength];

    /// <summary>Makes an identifier that takes its buffers from <paramref name="pool"/> and keeps what it finds in <paramref name="details"/>.</summary>
    public FlowIdentifier(BufferPool pool, FlowDetailPool details)
    {
        _pool = pool;
        _details = details;
    }

    /// <summary>Conversations that were not looked at because the buffers' bound was reached.</summary>
    public long Skipped { get; private set; }

    /// <summary>Looks at one payload of a flow that is not <see cref="FlowMarks.IdentificationEnded"/>.</summary>
    public void Show(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, bool sentByLow, FrameReference frame)
    {
        if (flow.Key.Transport == IpProtocol.Tcp)
            ShowSegment(ref flow, packet, payload, sentByLow, frame);
        else if (flow.Key.Transport == IpProtocol.Udp)
            ShowDatagram(ref flow, packet, payload, sentByLow, frame);
        else
            flow.Marks |= FlowMarks.IdentificationEnded;
    }

    /// <summary>Ends the work on a flow: condenses what a handshake showed and gives the buffers back.</summary>
    public void End(ref Flow flow)
    {
        flow.Marks |= FlowMarks.IdentificationEnded;
        if (flow.Detail?.Streams is not { } streams)
            return;
        if (streams.Matched >= 0)
            KeepNotes(ref flow, streams);
        streams.Clear(_pool, default);
        _freeStreams.Push(streams);
        var detail = flow.Detail!;
        detail.Streams = null;
        if (detail.IsBlank)
            _details.Return(ref flow);
    }

    /// <summary>Gives a flow's notes back after they were read.</summary>
    public void ReleaseNotes(ref Flow flow)
    {
        if (flow.Detail?.Notes is not { } notes)
            return;
        _pool.Return(notes);
        flow.Detail.Notes = null;
    }

    private static UInt128 CandidatesOf()
    {
        var all = UInt128.Zero;
        for (var row = 0; row < ProtocolRegistry.Rows.Length; row++)
        {
            if (ProtocolRegistry.Rows[row].Recogniser is not null)
                all |= UInt128.One << row;
        }

        return all;
    }

    private void ShowDatagram(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, bool sentByLow, FrameReference frame)
    {
        flow.ProbedPackets++;
        var byOriginator = sentByLow == flow.LowIsOriginator;
        var conversation = ConversationOf(in flow, byOriginator ? payload : [], byOriginator ? [] : payload, packet.PayloadLength == packet.OriginalPayloadLength && !packet.IsFragment);
        var candidates = AllCandidates;
        var recognition = default(Recognition);
        var row = Ask(conversation, ref candidates, ref recognition);
        if (row >= 0)
            Decide(ref flow, row, recognition, frame);
        if (row >= 0 || flow.ProbedPackets >= MaximumDatagrams)
            flow.Marks |= FlowMarks.IdentificationEnded;
    }

    private void ShowSegment(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, bool sentByLow, FrameReference frame)
    {
        var streams = _details.Of(ref flow).Streams ??= RentStreams();
        var own = sentByLow ? streams.Low : streams.High;
        if (payload.Length == KeepAliveLength && own.Length == 0 && !flow.Has(SawOpening))
            return;

        var refusals = _pool.Refusals;
        var grew = own.Insert(StreamStartOf(in flow, packet, sentByLow), packet.SequenceNumber + SynLength(packet), payload, _pool);
        if (_pool.Refusals != refusals)
        {
            Skipped++;
            End(ref flow);
            return;
        }

        flow.ProbedPackets++;
        if (grew)
        {
            var isOpen = AskAboutStreams(ref flow, streams, frame);
            if (flow.ProtocolRow == 0 && flow.Has(SawOpening) && !isOpen)
                End(ref flow);
            else if (flow.ProtocolRow == 0 && !flow.Has(SawOpening))
                TryAsStart(ref flow, packet, payload, sentByLow, frame, isOpen);
        }

        if (flow.ProbedPackets >= MaximumSegments || (streams.Low.IsFull && streams.High.IsFull))
            End(ref flow);
    }

    /// <summary>False when no recogniser is left.</summary>
    private bool AskAboutStreams(ref Flow flow, StreamStart streams, FrameReference frame)
    {
        var (originator, responder) = flow.LowIsOriginator ? (streams.Low, streams.High) : (streams.High, streams.Low);
        var conversation = ConversationOf(in flow, originator.Bytes, responder.Bytes, isWhole: true);
        var recognition = default(Recognition);
        var candidates = streams.Matched >= 0 ? UInt128.One << streams.Matched : streams.Candidates;
        var row = Ask(conversation, ref candidates, ref recognition);
        if (row >= 0)
        {
            if (streams.Matched < 0)
                streams.ClientIsLow = recognition.Client == ClientSide.Responder ? !flow.LowIsOriginator : flow.LowIsOriginator;
            streams.Matched = row;
            Decide(ref flow, row, recognition, frame);
            if (!recognition.WantsMore)
                End(ref flow);
            return true;
        }

        if (streams.Matched >= 0)
            return true;
        streams.Candidates = candidates;
        return candidates != UInt128.Zero;
    }

    /// <summary>
    /// A connection met in its middle may begin something with any of its segments: one that follows others, of which nobody could
    /// make anything yet, is also tried as a start of its own.
    /// </summary>
    private void TryAsStart(ref Flow flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, bool sentByLow, FrameReference frame, bool isOpen)
    {
        var streams = flow.Detail!.Streams!;
        var own = sentByLow ? streams.Low : streams.High;
        var mayTry = flow.ProbedPackets <= MaximumMidstreamStarts;
        if (mayTry && own.Length > payload.Length && IsRecognised(in flow, payload, sentByLow))
        {
            streams.Clear(_pool, AllCandidates);
            if (own.Insert(packet.SequenceNumber, packet.SequenceNumber, payload, _pool))
                AskAboutStreams(ref flow, streams, frame);
        }
        else if (!isOpen && mayTry)
        {
            streams.Clear(_pool, AllCandidates);
        }
        else if (!isOpen)
        {
            End(ref flow);
        }
    }

    private static bool IsRecognised(ref readonly Flow flow, ReadOnlySpan<byte> payload, bool sentByLow)
    {
        var byOriginator = sentByLow == flow.LowIsOriginator;
        var candidates = AllCandidates;
        var recognition = default(Recognition);
        return Ask(ConversationOf(in flow, byOriginator ? payload : [], byOriginator ? [] : payload, isWhole: true), ref candidates, ref recognition) >= 0;
    }

    /// <summary>Asks every candidate; the first row that matches wins. Rows that say no leave the set.</summary>
    private static int Ask(in Conversation conversation, ref UInt128 candidates, ref Recognition recognition)
    {
        var remaining = candidates;
        while (remaining != UInt128.Zero)
        {
            var row = (int)UInt128.TrailingZeroCount(remaining);
            remaining &= remaining - UInt128.One;
            var found = default(Recognition);
            switch (ProtocolRegistry.Rows[row].Recogniser!.Recognise(conversation, ref found))
            {
                case RecogniserAnswer.Match:
                    recognition = found;
                    return row;
                case RecogniserAnswer.NoMatch:
                    candidates &= ~(UInt128.One << row);
                    break;
                default:
                    break;
            }
        }

        return -1;
    }

    private void Decide(ref Flow flow, int row, in Recognition recognition, FrameReference frame)
    {
        if (flow.ProtocolRow == 0)
            KeepFrame(ref flow, frame);
        flow.ProtocolRow = (ushort)(row + 1);
        if (recognition.Service is not null)
        {
            var detail = _details.Of(ref flow);
            detail.Service = recognition.Service;
            detail.ServiceBasis = recognition.ServiceBasis;
        }

        if (recognition.Client != ClientSide.Unknown)
            FlowDirection.Settle(ref flow, (recognition.Client == ClientSide.Originator) == flow.LowIsOriginator, DirectionBasis.Payload);
    }

    private void KeepFrame(ref Flow flow, FrameReference frame)
    {
        if (frame.Capture == flow.Capture && frame.Number <= uint.MaxValue)
            flow.ProtocolFrameNumber = (uint)frame.Number;
        else
            _details.Of(ref flow).ProtocolFrame = frame;
    }

    private void KeepNotes(ref Flow flow, StreamStart streams)
    {
        if (ProtocolRegistry.Rows[streams.Matched].Recogniser is not TlsRecogniser)
            return;
        var (client, server) = streams.ClientIsLow ? (streams.Low, streams.High) : (streams.High, streams.Low);
        var length = TlsHandshakeNotes.Write(client.Bytes, server.Bytes, _notes);
        if (length == 0 || _pool.Rent(length) is not { } notes)
            return;
        _notes.AsSpan(0, length).CopyTo(notes);
        var detail = _details.Of(ref flow);
        detail.Notes = notes;
        detail.NotesLength = length;
    }

    private StreamStart RentStreams()
    {
        if (!_freeStreams.TryPop(out var streams))
            streams = new StreamStart();
        streams.Clear(_pool, AllCandidates);
        return streams;
    }

    private static uint StreamStartOf(ref readonly Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        var opening = sentByLow ? FlowMarks.SynFromLow | FlowMarks.SynAckFromLow : FlowMarks.SynFromHigh | FlowMarks.SynAckFromHigh;
        return flow.Has(opening) ? (sentByLow ? flow.Low : flow.High).FirstSequence + 1 : packet.SequenceNumber;
    }

    private static uint SynLength(in DecodedPacket packet) => (packet.TcpFlags & TcpFlags.Syn) != 0 ? 1u : 0u;

    private static Conversation ConversationOf(ref readonly Flow flow, ReadOnlySpan<byte> fromOriginator, ReadOnlySpan<byte> fromResponder, bool isWhole)
    {
        var (originatorPort, responderPort) = flow.LowIsOriginator ? (flow.Key.LowPort, flow.Key.HighPort) : (flow.Key.HighPort, flow.Key.LowPort);
        return new Conversation(flow.Key.Transport, originatorPort, responderPort, fromOriginator, fromResponder, isWhole);
    }
}
