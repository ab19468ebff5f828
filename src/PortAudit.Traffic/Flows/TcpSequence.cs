using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Follows the sequence and acknowledgment numbers of a TCP connection (RFC 9293 §3.4): what comes in order costs two
/// comparisons, the rest goes to the flow's <see cref="StreamLedger"/>.
/// </summary>
internal static class TcpSequence
{
    /// <summary>
    /// A segment that fills a hole within this time was overtaken; later it was sent again. In nanoseconds: 3 ms, which
    /// Wireshark takes where it knows no round-trip time; paths that reorder do it within one queue, and a loss is
    /// mended a round trip later.
    /// </summary>
    public const long ReorderingNs = 3_000_000;

    /// <summary>Sequence numbers jump by at most the largest window, 2^30 (RFC 7323 §2.3); what is farther away belongs
    /// to a connection whose opening was not seen.</summary>
    public const int MaximumJump = 1 << 30;

    /// <summary>
    /// True for the next segment of a conversation under way, which nearly all are: data or an acknowledgment of a side
    /// that has spoken, in its place, of a connection in which nothing is missing and no window closed, that
    /// acknowledges nothing which was not seen.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GoesOn(ref readonly Flow flow, in DecodedPacket packet, Side sender)
    {
        const TcpFlags Told = TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst | TcpFlags.Ack;
        ref readonly var side = ref flow.Of(sender);
        ref readonly var other = ref flow.Of(sender.Other());
        return (packet.TcpFlags & Told) == TcpFlags.Ack && packet.Window != 0
            && flow.HasAll(sender, SideFlags.Spoke | SideFlags.Sequence)
            && !flow.EitherHas(SideFlags.Holes | SideFlags.WindowClosed)
            && packet.SequenceNumber == side.NextSequence
            && (int)(packet.AcknowledgmentNumber - other.NextSequence) <= 0;
    }

    /// <summary>Takes a segment other than RST into the sequence of its side, and its acknowledgment into that of the
    /// other.</summary>
    /// <param name="flow">The connection, whose marks know the segment's control bits already.</param>
    /// <param name="packet">The segment.</param>
    /// <param name="sent">Who sent it, and when.</param>
    /// <param name="details">Gives the ledger when it is needed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SegmentKind Follow(ref Flow flow, in DecodedPacket packet, in SentPacket sent, FlowDetailPool details)
    {
        var kind = SegmentKind.Fresh;
        ref var side = ref flow.Edit(sent.Sender);
        var length = LengthOf(packet);
        if (!flow.Has(sent.Sender, SideFlags.Sequence) || (packet.TcpFlags & TcpFlags.Syn) != 0)
            Begin(ref flow, packet, sent.Sender, details);
        else if (packet.SequenceNumber != side.NextSequence || flow.Has(sent.Sender.Other(), SideFlags.WindowClosed))
            kind = FollowOutOfPlace(ref flow, packet, sent, details);
        else
            side.NextSequence += length;

        ref readonly var other = ref flow.Of(sent.Sender.Other());
        if ((packet.TcpFlags & TcpFlags.Ack) != 0 && (flow.Has(sent.Sender.Other(), SideFlags.Holes)
            || (int)(packet.AcknowledgmentNumber - other.NextSequence) > 0))
            FollowAcknowledgment(ref flow, packet, sent, details);
        return kind;
    }

    /// <summary>Notes whether a segment other than RST closes or opens the window of its sender.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FollowWindow(ref Flow flow, in DecodedPacket packet, Side sender)
    {
        if (packet.Window == 0 || flow.Has(sender, SideFlags.WindowClosed))
            NoteWindow(ref flow, packet, sender);
    }

    /// <summary>Takes the rest of a segment whose beginning stands in the sequence of its side already.</summary>
    public static void Extend(ref Flow flow, in DecodedPacket packet, Side sender)
    {
        ref var side = ref flow.Edit(sender);
        var end = packet.SequenceNumber + LengthOf(packet);
        if ((int)(end - side.NextSequence) > 0)
            side.NextSequence = end;
    }

    /// <summary>Sequence numbers that a segment takes: its payload, and one each for SYN and FIN (RFC 9293
    /// §3.4).</summary>
    private static uint LengthOf(in DecodedPacket packet) =>
        (uint)packet.OriginalPayloadLength + ((packet.TcpFlags & TcpFlags.Syn) != 0 ? 1u : 0u)
        + ((packet.TcpFlags & TcpFlags.Fin) != 0 ? 1u : 0u);

    /// <summary>The first segment of a side, or a SYN, which may be a retry with another initial sequence
    /// number.</summary>
    private static void Begin(ref Flow flow, in DecodedPacket packet, Side sender, FlowDetailPool details)
    {
        ref var side = ref flow.Edit(sender);
        var isKnown = flow.Has(sender, SideFlags.Sequence);
        if (isKnown && packet.SequenceNumber == side.FirstSequence)
            return;

        // A SYN that the segment behind it overtook tells where the stream began, and nothing new about how far it is.
        var wasOvertaken = isKnown && packet.SequenceNumber + 1 == side.FirstSequence;
        side.FirstSequence = packet.SequenceNumber;
        flow.Set(sender, SideFlags.Sequence);
        if (!wasOvertaken)
            BeginAt(ref flow, sender, packet.SequenceNumber + LengthOf(packet), details);
    }

    private static void BeginAt(ref Flow flow, Side side, uint next, FlowDetailPool details)
    {
        flow.Edit(side).NextSequence = next;
        if (flow.Has(side, SideFlags.Holes))
            details.LedgerOf(ref flow).Of(side).BeginAnew();
        flow.Clear(side, SideFlags.Holes | SideFlags.Probe);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SegmentKind FollowOutOfPlace(ref Flow flow, in DecodedPacket packet, in SentPacket sent,
        FlowDetailPool details)
    {
        ref var side = ref flow.Edit(sent.Sender);
        var end = packet.SequenceNumber + LengthOf(packet);
        var distance = (int)(packet.SequenceNumber - side.NextSequence);
        if (Math.Abs((long)distance) > MaximumJump)
        {
            BeginAt(ref flow, sent.Sender, end, details);
            return SegmentKind.Fresh;
        }

        var isControl = (packet.TcpFlags & TcpFlags.Fin) != 0;
        if (distance == 0 && packet.OriginalPayloadLength == 1 && !isControl
            && flow.Has(sent.Sender.Other(), SideFlags.WindowClosed))
        {
            details.LedgerOf(ref flow).Of(sent.Sender).WindowProbes++;
            flow.Set(sent.Sender, SideFlags.Probe);
            return SegmentKind.Probe;
        }

        if (distance == -1 && packet.OriginalPayloadLength <= 1 && !isControl)
        {
            details.LedgerOf(ref flow).Of(sent.Sender).KeepAlives++;
            return SegmentKind.Probe;
        }

        if (distance < 0)
            return FollowLate(ref flow, packet, sent, end, details);

        // The byte of a probe was taken after all when the stream goes on behind it.
        var isBehindProbe = distance == 1 && flow.Has(sent.Sender, SideFlags.Probe);
        if (distance > 0 && !isBehindProbe)
        {
            Skip(ref flow, sent.Sender, packet.SequenceNumber, sent.TimestampNs, details);
            details.LedgerOf(ref flow).Of(sent.Sender).Jumps++;
        }

        flow.Clear(sent.Sender, SideFlags.Probe);
        side.NextSequence = end;
        return SegmentKind.Fresh;
    }

    /// <summary>A segment that begins before what was seen last.</summary>
    private static SegmentKind FollowLate(ref Flow flow, in DecodedPacket packet, in SentPacket sent, uint end,
        FlowDetailPool details)
    {
        ref var side = ref flow.Edit(sent.Sender);
        var repeatsOneByte = packet.SequenceNumber + 1 == side.NextSequence;
        var isLonger = (int)(end - side.NextSequence) > 0;
        var sinceNs = sent.TimestampNs;
        var fills = flow.Has(sent.Sender, SideFlags.Holes)
            && FillHoles(ref flow, sent.Sender, packet.SequenceNumber, end, details, out sinceNs);
        if (isLonger)
            side.NextSequence = end;

        // More data that begins with the byte of a probe or keep-alive is the stream that goes on.
        if (packet.OriginalPayloadLength == 0 || (isLonger && repeatsOneByte && !fills))
            return SegmentKind.Fresh;

        ref var counts = ref details.LedgerOf(ref flow).Of(sent.Sender);
        if (fills && sent.TimestampNs - sinceNs <= ReorderingNs)
        {
            counts.OutOfOrder++;
            return SegmentKind.Fresh;
        }

        counts.Retransmissions++;
        return fills ? SegmentKind.Fresh : SegmentKind.Repeated;
    }

    private static bool FillHoles(ref Flow flow, Side side, uint start, uint end, FlowDetailPool details,
        out long sinceNs)
    {
        ref var counts = ref details.LedgerOf(ref flow).Of(side);
        var filled = counts.Fill(start, end, out sinceNs);
        if (!counts.HasHoles)
            flow.Clear(side, SideFlags.Holes);
        return filled;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FollowAcknowledgment(ref Flow flow, in DecodedPacket packet, in SentPacket sent,
        FlowDetailPool details)
    {
        var receiver = sent.Sender.Other();
        if (!flow.Has(receiver, SideFlags.Sequence))
            return;
        ref var acked = ref flow.Edit(receiver);
        var acknowledgment = packet.AcknowledgmentNumber;
        var beyond = (int)(acknowledgment - acked.NextSequence);
        if (beyond > MaximumJump)
            return;
        if ((packet.TcpFlags & TcpFlags.Syn) != 0)
        {
            // Of several SYNs with their own initial sequence numbers it answers this one.
            if (beyond > 0 && acked.NextSequence == acked.FirstSequence + 1)
                BeginAt(ref flow, receiver, acknowledgment, details);
            return;
        }

        if (beyond > 0)
        {
            // A side that was met idle begins with a keep-alive, which lies one before what it sends next (RFC 9293
            // §3.8.4).
            var isKeepAlive = beyond == 1 && acked.NextSequence == acked.FirstSequence;
            var isProbe = beyond == 1 && flow.Has(receiver, SideFlags.Probe);
            if (!isProbe && !isKeepAlive)
                Skip(ref flow, receiver, acknowledgment, sent.TimestampNs, details);
            flow.Clear(receiver, SideFlags.Probe);
            acked.NextSequence = acknowledgment;
        }

        if (flow.Has(receiver, SideFlags.Holes))
            details.LedgerOf(ref flow).Of(receiver).Acknowledge(acknowledgment);
    }

    private static void Skip(ref Flow flow, Side side, uint until, long timestampNs, FlowDetailPool details)
    {
        details.LedgerOf(ref flow).Of(side).Open(flow.Of(side).NextSequence, until, timestampNs);
        flow.Set(side, SideFlags.Holes);
    }

    private static void NoteWindow(ref Flow flow, in DecodedPacket packet, Side sender)
    {
        // Of a header that was cut, or that lies, the window is not known.
        if (packet.Window != 0)
            flow.Clear(sender, SideFlags.WindowClosed);
        else if (packet.StoppedAt != DecodeLayer.Tcp)
        {
            flow.Set(sender, SideFlags.WindowClosed);
            flow.History.Add(HistoryEvent.ZeroWindow, sender);
        }
    }
}
