using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Announcements;

/// <summary>
/// Shows the conversations of control protocols to their trackers, from the packet on that names the protocol, keeps what they announce, and tells flows that end by what they are explained. Any
/// other flow never comes here before its end.
/// </summary>
internal sealed class AnnouncementObserver
{
    private readonly AnnouncementNotes _notes = new();
    private readonly ControlConversationPool _conversations = new();
    private readonly FlowIdentifier _identifier;
    private readonly FlowDetailPool _details;
    private readonly Func<Flow, ulong> _idOf;

    /// <summary>Whether anything was announced of the ends of the flow that was matched last: it is asked for each flow that ends, and for most it is all that is asked.</summary>
    private bool _lowIsAnnounced;
    private bool _highIsAnnounced;

    /// <summary>Makes an observer.</summary>
    /// <param name="identifier">Has the starts of connections.</param>
    /// <param name="details">Keeps the conversations of flows.</param>
    /// <param name="idOf">The number of a flow.</param>
    /// <param name="firstNumber">Number of the first announcement.</param>
    public AnnouncementObserver(FlowIdentifier identifier, FlowDetailPool details, Func<Flow, ulong> idOf, int firstNumber = 1)
    {
        (_identifier, _details, _idOf) = (identifier, details, idOf);
        Book = new AnnouncementBook(firstNumber: firstNumber);
    }

    /// <summary>What was announced.</summary>
    public AnnouncementBook Book { get; }

    /// <summary>What was followed.</summary>
    public ControlChannelTally Channels { get; } = new();

    /// <summary>Reads a payload of a flow that is marked <see cref="FlowMarks.BeginsControl"/> or <see cref="FlowMarks.AnnouncesPorts"/>.</summary>
    public void Show(ref Flow flow, in PacketWalk walk, bool sentByLow, long timestampNs, FrameReference frame)
    {
        ref readonly var packet = ref walk.Packet;
        var isTcp = packet.Protocol == IpProtocol.Tcp;
        if (flow.Has(FlowMarks.BeginsControl))
        {
            if (!TryBegin(ref flow) || isTcp)
            {
                ReadStreams(ref flow, timestampNs, frame);
                return;
            }
        }

        if (!isTcp)
            ReadDatagram(ref flow, walk, sentByLow, timestampNs, frame);
        else if (_details.Find(in flow)?.Control is { } control)
            ReadSegment(ref flow, control, packet, walk.Payload, sentByLow, timestampNs, frame);
    }

    /// <summary>Reads what is left of a conversation that ends: its protocol may have been named only now.</summary>
    public void End(ref Flow flow)
    {
        if (flow.Has(FlowMarks.BeginsControl) && flow.Key.Transport == IpProtocol.Tcp && TryBegin(ref flow))
            ReadStreams(ref flow, flow.LastNs, FlowRecorder.ProtocolFrameOf(in flow, _details.Find(in flow)));
        flow.Marks &= ~FlowMarks.BeginsControl;
        if (flow.Key.Transport == IpProtocol.Tcp && _details.Find(in flow)?.Control is { } control)
        {
            Leap(ref flow, control, control.Low, sentByLow: true);
            Leap(ref flow, control, control.High, sentByLow: false);
        }

        Release(ref flow);
    }

    /// <summary>
    /// What explains a flow that ends, if anything does. An announced end is the responder where nothing stronger says otherwise, unless it is a candidate; of a connection only the end
    /// that listens counts.
    /// </summary>
    public AnnouncementMatch? Match(ref Flow flow)
    {
        ref readonly var key = ref flow.Key;
        var hasEnds = !key.Transport.IsIcmp;
        _lowIsAnnounced = hasEnds && Book.Holds(key.Low, key.LowPort, key.Transport);
        _highIsAnnounced = hasEnds && Book.Holds(key.High, key.HighPort, key.Transport);
        return _lowIsAnnounced || _highIsAnnounced ? MatchAnnounced(ref flow) : null;
    }

    /// <summary>Counts a flow, the one that <see cref="Match"/> was asked about last, for all that was announced of its ends: one that has ended for good, one that is under way for the look that goes on.</summary>
    public void NoteUse(ref readonly Flow flow, bool isUnderWay = false)
    {
        if (_lowIsAnnounced || _highIsAnnounced)
            NoteUseOfAnnounced(in flow, isUnderWay);
    }

    private AnnouncementMatch? MatchAnnounced(ref Flow flow)
    {
        var byResponder = MatchOf(in flow, serverIsLow: !flow.LowIsOriginator);
        if (byResponder is not null || (flow.Key.Transport == IpProtocol.Tcp && flow.Basis > DirectionBasis.Announcement))
            return byResponder;
        var byOriginator = MatchOf(in flow, serverIsLow: flow.LowIsOriginator);
        if (byOriginator is { Announcement.IsCandidate: false })
            FlowDirection.Settle(ref flow, !flow.LowIsOriginator, DirectionBasis.Announcement);
        return byOriginator;
    }

    private void NoteUseOfAnnounced(ref readonly Flow flow, bool isUnderWay)
    {
        NoteUseOf(in flow, !flow.LowIsOriginator, isUnderWay);
        if (flow.Key.Transport != IpProtocol.Tcp)
            NoteUseOf(in flow, flow.LowIsOriginator, isUnderWay);
    }

    private AnnouncementMatch? MatchOf(ref readonly Flow flow, bool serverIsLow) => (serverIsLow ? _lowIsAnnounced : _highIsAnnounced) ? Book.Match(Seen(in flow, serverIsLow)) : null;

    private void NoteUseOf(ref readonly Flow flow, bool serverIsLow, bool isUnderWay)
    {
        if (serverIsLow ? _lowIsAnnounced : _highIsAnnounced)
            Book.NoteUse(Seen(in flow, serverIsLow), isUnderWay);
    }

    private AnnouncedFlow Seen(ref readonly Flow flow, bool serverIsLow)
    {
        var end = new AnnouncedEnd(EndOf(in flow, serverIsLow), flow.Key.Transport);
        return new AnnouncedFlow(end, EndOf(in flow, !serverIsLow).Address, flow.StartNs, flow.LastNs, _idOf(flow), _details.Find(in flow)?.Service, IsControl(in flow));
    }

    /// <summary>The checks of ICE are in the name of STUN, but no control conversation.</summary>
    private bool IsControl(ref readonly Flow flow) => ProtocolRegistry.At(flow.ProtocolRow)?.Tracker is not null && _details.Find(in flow)?.Service != IceService.Name;

    private static Endpoint EndOf(ref readonly Flow flow, bool low) => low ? new Endpoint(flow.Key.Low, flow.Key.LowPort) : new Endpoint(flow.Key.High, flow.Key.HighPort);

    /// <summary>Begins to follow a conversation; false when a bound is reached, or when it is followed already.</summary>
    private bool TryBegin(ref Flow flow)
    {
        flow.Marks &= ~FlowMarks.BeginsControl;
        Release(ref flow);
        if (_conversations.Rent(flow.ProtocolRow, _details.Find(in flow)?.Streams) is not { } control)
        {
            Channels.CountSkipped(flow.ProtocolRow);
            return false;
        }

        flow.Marks |= FlowMarks.AnnouncesPorts;
        control.FlowId = _idOf(flow);
        _details.Of(ref flow).Control = control;
        Channels.Count(flow.ProtocolRow);
        if (flow.Has(FlowMarks.IdentificationEnded) && !flow.Has(FlowMarks.TellsNames))
            _identifier.ReleaseStreams(ref flow);
        return true;
    }

    private void ReadDatagram(ref Flow flow, in PacketWalk walk, bool sentByLow, long timestampNs, FrameReference frame)
    {
        ref readonly var packet = ref walk.Packet;
        var isWhole = packet.PayloadLength == packet.OriginalPayloadLength && !packet.IsFragment;
        Ask(ref flow, MessageOf(in flow, sentByLow, walk.Payload, timestampNs, isAfterGap: false, isWhole), timestampNs, frame);
        if (_notes.IsOver)
            Release(ref flow);
    }

    private void ReadSegment(ref Flow flow, ControlConversation control, in DecodedPacket packet, ReadOnlySpan<byte> payload, bool sentByLow, long timestampNs, FrameReference frame)
    {
        var stream = sentByLow ? control.Low : control.High;
        var refusals = _conversations.Buffers.Refusals;
        control.Latest = frame;
        var (start, sequence) = (StreamIdentifier.StreamStartOf(in flow, packet, sentByLow), StreamIdentifier.PayloadSequenceOf(packet));

        // What a tracker is done with makes room for the rest of a segment that was too long for the window, as hosts record them before they are cut up.
        while (flow.Has(FlowMarks.AnnouncesPorts) && stream.Insert(start, sequence, payload, _conversations.Buffers))
            ReadStream(ref flow, control, stream, sentByLow, timestampNs, frame);
        stream.Trim(_conversations.Buffers);
        if (_conversations.Buffers.Refusals == refusals)
            return;
        Channels.CountSkipped(control.Number);
        Release(ref flow);
    }

    /// <summary>Who speaks first in what is known already is not known any more: a question is read before its answer.</summary>
    private void ReadStreams(ref Flow flow, long timestampNs, FrameReference frame)
    {
        if (_details.Find(in flow)?.Control is not { } control)
            return;
        var (first, second) = flow.LowIsOriginator ? (control.Low, control.High) : (control.High, control.Low);
        ReadStream(ref flow, control, first, flow.LowIsOriginator, timestampNs, frame);
        if (flow.Has(FlowMarks.AnnouncesPorts))
            ReadStream(ref flow, control, second, !flow.LowIsOriginator, timestampNs, frame);
        first.Trim(_conversations.Buffers);
        second.Trim(_conversations.Buffers);
    }

    private void ReadStream(ref Flow flow, ControlConversation control, ControlStream stream, bool sentByLow, long timestampNs, FrameReference frame)
    {
        while (!stream.Bytes.IsEmpty)
        {
            var length = stream.Bytes.Length;
            if (!TryRead(ref flow, stream, sentByLow, timestampNs, frame, out var read, out var isIncomplete))
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

            // Unless pieces behind what was read have joined it, more would say the same.
            if (isIncomplete && stream.Bytes.Length <= length - read)
                return;
        }
    }

    /// <summary>Has what a stream holds read, message by message; false when the conversation is over. The window moves on once behind all of them, as moving costs what is left in it.</summary>
    private bool TryRead(ref Flow flow, ControlStream stream, bool sentByLow, long timestampNs, FrameReference frame, out int read, out bool isIncomplete)
    {
        var bytes = stream.Bytes;
        (read, isIncomplete) = (0, false);
        while (read < bytes.Length && !isIncomplete)
        {
            var consumed = Ask(ref flow, MessageOf(in flow, sentByLow, bytes[read..], timestampNs, stream.IsAfterGap && read == 0, isWhole: true), timestampNs, frame);
            if (_notes.IsOver)
                return false;
            isIncomplete = consumed == 0;
            read = (int)Math.Min((long)read + consumed, int.MaxValue);
        }

        return true;
    }

    /// <summary>What waited in vain is read at the end, with the latest frame as the nearest that is known.</summary>
    private void Leap(ref Flow flow, ControlConversation control, ControlStream stream, bool sentByLow)
    {
        var frame = control.Latest.Number > 0 ? control.Latest : FlowRecorder.ProtocolFrameOf(in flow, _details.Find(in flow));
        while (flow.Has(FlowMarks.AnnouncesPorts) && stream.TryLeap())
            ReadStream(ref flow, control, stream, sentByLow, flow.LastNs, frame);
    }

    private static ControlMessage MessageOf(ref readonly Flow flow, bool sentByLow, ReadOnlySpan<byte> bytes, long timestampNs, bool isAfterGap, bool isWhole)
    {
        return new ControlMessage(flow.Key.Transport, EndOf(in flow, sentByLow), EndOf(in flow, !sentByLow), sentByLow == flow.LowIsOriginator, bytes)
        {
            IsAfterGap = isAfterGap,
            IsWhole = isWhole,
            TimestampNs = timestampNs,
        };
    }

    private int Ask(ref Flow flow, in ControlMessage message, long timestampNs, FrameReference frame)
    {
        var control = _details.Find(in flow)!.Control!;
        _notes.Clear();
        var consumed = control.Tracker.Read(message, _notes);
        foreach (var (server, transport, lingerNs) in _notes.Withdrawn)
            Book.Withdraw(server, transport, control.FlowId, timestampNs + lingerNs);
        foreach (var draft in _notes.Drafts)
            Book.Add(draft, new AnnouncementOrigin(draft.AnnouncedBy ?? control.Row.Name, message.ByOriginator ? message.Receiver : message.Sender, control.FlowId, frame, timestampNs));
        if (_notes.HasAnswer)
            _details.Of(ref flow).Note(_notes.Refusal, frame);
        Channels.Add(control.Number, _notes);
        return consumed;
    }

    private void Release(ref Flow flow)
    {
        flow.Marks &= ~FlowMarks.AnnouncesPorts;
        if (_details.Find(in flow)?.Control is not { } control)
            return;
        _conversations.Return(control);
        var detail = _details.Of(ref flow);
        detail.Control = null;
        if (detail.IsBlank)
            _details.Return(ref flow);
    }
}
