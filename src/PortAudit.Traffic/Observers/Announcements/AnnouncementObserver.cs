using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Observers.Identification;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>Passes control conversations to their trackers, from the packet that identifies the protocol, and keeps
/// what they announce. Sees no other flows.</summary>
internal sealed class AnnouncementObserver
{
    private readonly AnnouncementNotes _notes = new();
    private readonly ControlConversationPool _conversations = new();
    private readonly FlowIdentifier _identifier;
    private readonly FlowDetailPool _details;
    private readonly Func<Flow, ulong> _idOf;

    public AnnouncementObserver(FlowIdentifier identifier, FlowDetailPool details, Func<Flow, ulong> idOf,
        int firstNumber = 1)
    {
        (_identifier, _details, _idOf) = (identifier, details, idOf);
        Book = new ExpectationTable(firstNumber: firstNumber);
        Explainer = new FlowExplainer(Book, details, idOf);
    }

    public ExpectationTable Book { get; }

    public FlowExplainer Explainer { get; }

    public ControlChannelTally Channels { get; } = new();

    /// <summary>Reads a payload of a flow with <see cref="FlowFlags.BeginsControl"/> or
    /// <see cref="FlowFlags.AnnouncesPorts"/>.</summary>
    public void Show(ref Flow flow, in PacketWalk walk, in SentPacket sent)
    {
        ref readonly var packet = ref walk.Packet;
        var isTcp = packet.Protocol == IpProtocol.Tcp;
        if (flow.Has(FlowFlags.BeginsControl))
        {
            if (!TryBegin(ref flow) || isTcp)
            {
                ReadStreams(ref flow, sent.TimestampNs, sent.Frame);
                return;
            }
        }

        if (!isTcp)
            ReadDatagram(ref flow, walk, sent);
        else if (_details.Find(in flow)?.Control is { } control)
            ReadSegment(ref flow, control, packet, walk.Payload, sent);
    }

    /// <summary>Reads the rest of a conversation that ends: its protocol may have been identified only now.</summary>
    public void End(ref Flow flow)
    {
        if (flow.Has(FlowFlags.BeginsControl) && flow.Key.Transport == IpProtocol.Tcp && TryBegin(ref flow))
            ReadStreams(ref flow, flow.LastNs, _details.ProtocolFrameOf(in flow));
        flow.Flags &= ~FlowFlags.BeginsControl;
        if (flow.Key.Transport == IpProtocol.Tcp && _details.Find(in flow)?.Control is { } control)
        {
            SkipGap(ref flow, control, Side.Low);
            SkipGap(ref flow, control, Side.High);
        }

        Release(ref flow);
    }

    /// <summary>Starts to follow a conversation; false when a limit is reached or it is already followed.</summary>
    private bool TryBegin(ref Flow flow)
    {
        flow.Flags &= ~FlowFlags.BeginsControl;
        Release(ref flow);
        if (_conversations.Rent(flow.ProtocolRow, _details.Find(in flow)?.Streams) is not { } control)
        {
            Channels.CountSkipped(flow.ProtocolRow);
            return false;
        }

        flow.Flags |= FlowFlags.AnnouncesPorts;
        control.FlowId = _idOf(flow);
        _details.Of(ref flow).Control = control;
        Channels.Count(flow.ProtocolRow);
        if (flow.Has(FlowFlags.IdentificationEnded) && !flow.Has(FlowFlags.CarriesNames))
            _identifier.ReleaseStreams(ref flow);
        return true;
    }

    private void ReadDatagram(ref Flow flow, in PacketWalk walk, in SentPacket sent)
    {
        ref readonly var packet = ref walk.Packet;
        var isWhole = packet.PayloadLength == packet.OriginalPayloadLength && !packet.IsFragment;
        Track(ref flow, MessageOf(in flow, sent, walk.Payload, isAfterGap: false, isWhole), sent);
        if (_notes.IsOver)
            Release(ref flow);
    }

    private void ReadSegment(ref Flow flow, ControlConversation control, in DecodedPacket packet,
        ReadOnlySpan<byte> payload, in SentPacket sent)
    {
        var stream = control.Of(sent.Sender);
        var refusals = _conversations.Buffers.Refusals;
        control.Latest = sent.Frame;
        var (start, sequence) =
            (StreamIdentifier.StreamStartOf(in flow, packet, sent.Sender), StreamIdentifier.PayloadSequenceOf(packet));

        // Consumed bytes make room for the rest of a segment longer than the window (hosts record segments before
        // segmentation offload).
        while (flow.Has(FlowFlags.AnnouncesPorts) && stream.Insert(start, sequence, payload, _conversations.Buffers))
            ReadStream(ref flow, control, stream, sent);
        stream.Trim(_conversations.Buffers);
        if (_conversations.Buffers.Refusals == refusals)
            return;
        Channels.CountSkipped(control.Number);
        Release(ref flow);
    }

    /// <summary>The order between the two buffered directions is unknown: requests are read before responses.</summary>
    private void ReadStreams(ref Flow flow, long timestampNs, FrameReference frame)
    {
        if (_details.Find(in flow)?.Control is not { } control)
            return;
        var (originator, responder) = (flow.Originator, flow.Responder);
        var (first, second) = (control.Of(originator), control.Of(responder));
        ReadStream(ref flow, control, first, new SentPacket(originator, timestampNs, frame));
        if (flow.Has(FlowFlags.AnnouncesPorts))
            ReadStream(ref flow, control, second, new SentPacket(responder, timestampNs, frame));
        first.Trim(_conversations.Buffers);
        second.Trim(_conversations.Buffers);
    }

    private void ReadStream(ref Flow flow, ControlConversation control, ControlStream stream, in SentPacket sent)
    {
        while (!stream.Bytes.IsEmpty)
        {
            var length = stream.Bytes.Length;
            if (!TryRead(ref flow, stream, sent, out var read, out var isIncomplete))
            {
                Release(ref flow);
                return;
            }

            stream.Consume(read);
            if (isIncomplete && stream.IsFull)
            {
                Channels.CountGap(control.Number);
                stream.GiveUp();
            }

            // Reading again would give the same result, unless out-of-order segments have joined.
            if (isIncomplete && stream.Bytes.Length <= length - read)
                return;
        }
    }

    /// <summary>Reads a stream message by message; false when the conversation is over. Advances the window once at the
    /// end, as advancing moves the remaining bytes.</summary>
    private bool TryRead(ref Flow flow, ControlStream stream, in SentPacket sent, out int read, out bool isIncomplete)
    {
        var bytes = stream.Bytes;
        (read, isIncomplete) = (0, false);
        while (read < bytes.Length && !isIncomplete)
        {
            var consumed = Track(ref flow,
                MessageOf(in flow, sent, bytes[read..], stream.IsAfterGap && read == 0, isWhole: true), sent);
            if (_notes.IsOver)
                return false;
            isIncomplete = consumed == 0;
            read = (int)Math.Min((long)read + consumed, int.MaxValue);
        }

        return true;
    }

    /// <summary>Reads bytes that waited for a gap at the end, with the latest frame as the best known.</summary>
    private void SkipGap(ref Flow flow, ControlConversation control, Side side)
    {
        var stream = control.Of(side);
        var frame = control.Latest.Number > 0 ? control.Latest : _details.ProtocolFrameOf(in flow);
        while (flow.Has(FlowFlags.AnnouncesPorts) && stream.TrySkipGap())
            ReadStream(ref flow, control, stream, new SentPacket(side, flow.LastNs, frame));
    }

    private static ControlMessage MessageOf(ref readonly Flow flow, in SentPacket sent, ReadOnlySpan<byte> bytes,
        bool isAfterGap, bool isWhole)
    {
        return new ControlMessage(flow.Key.Transport, flow.Key.EndpointOf(sent.Sender),
            flow.Key.EndpointOf(sent.Sender.Other()), sent.Sender == flow.Originator, bytes)
        {
            IsAfterGap = isAfterGap,
            IsWhole = isWhole,
            TimestampNs = sent.TimestampNs,
        };
    }

    private int Track(ref Flow flow, in ControlMessage message, in SentPacket sent)
    {
        var control = _details.Find(in flow)!.Control!;
        _notes.Clear();
        var consumed = control.Tracker.Read(message, _notes);
        foreach (var (server, transport, lingerNs) in _notes.Withdrawn)
            Book.Withdraw(server, transport, control.FlowId, sent.TimestampNs + lingerNs);
        foreach (var draft in _notes.Drafts)
            Book.Add(draft, new AnnouncementOrigin(draft.AnnouncedBy ?? control.Row.Name,
                message.ByOriginator ? message.Receiver : message.Sender, control.FlowId, sent.Frame,
                sent.TimestampNs));
        foreach (var use in _notes.Carried)
        {
            if (!_details.Of(ref flow).Keep(use, sent.Frame))
                Channels.CountGap(control.Number);
        }

        if (_notes.IsUnsealed)
            _details.Of(ref flow).IsUnsealed = true;
        if (_notes.HasAnswer)
            _details.Of(ref flow).Keep(_notes.Refusal, sent.Frame);
        Channels.Add(control.Number, _notes);
        return consumed;
    }

    private void Release(ref Flow flow)
    {
        flow.Flags &= ~FlowFlags.AnnouncesPorts;
        if (_details.Find(in flow)?.Control is not { } control)
            return;
        _conversations.Return(control);
        var detail = _details.Of(ref flow);
        detail.Control = null;
        if (detail.IsBlank)
            _details.Return(ref flow);
    }
}
