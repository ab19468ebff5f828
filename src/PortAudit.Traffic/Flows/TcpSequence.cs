using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Tracks sequence and acknowledgment numbers of a TCP connection (RFC 9293 §3.4). Segments in order cost two
/// comparisons; the rest goes to the flow's <see cref="StreamLedger"/>.</summary>
internal static class TcpSequence
{
    /// <summary>A segment filling a gap within this time was reordered, later it is a retransmission. In nanoseconds: 3
    /// ms, as Wireshark assumes without a round-trip time. Reordering happens within one queue; retransmission takes a
    /// round trip.</summary>
    public const long ReorderingNs = 3_000_000;

    /// <summary>Largest jump in sequence numbers: the largest window, 2^30 (RFC 7323 §2.3); anything farther belongs to
    /// a connection whose opening was not seen.</summary>
    public const int MaximumJump = 1 << 30;

    /// <summary>True for the expected case: in-order data or an acknowledgment of data that was seen, from a side that
    /// has spoken, with no gaps and no zero window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsExpected(ref readonly Flow flow, in DecodedPacket packet, Side sender)
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

    /// <summary>Applies a segment other than RST to the sequence of its side and the acknowledgment of the
    /// other.</summary>
    /// <param name="flow">The connection, with the segment's control bits already noted.</param>
    /// <param name="packet">The segment.</param>
    /// <param name="sent">Sender and time.</param>
    /// <param name="details">Provides the ledger when needed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SegmentKind Follow(ref Flow flow, in DecodedPacket packet, in SentPacket sent, FlowDetailPool details)
    {
        var kind = SegmentKind.Fresh;
        ref var side = ref flow.Edit(sent.Sender);
        var length = LengthOf(packet);
        if (!flow.Has(sent.Sender, SideFlags.Sequence) || (packet.TcpFlags & TcpFlags.Syn) != 0)
            Begin(ref flow, packet, sent.Sender, details);
        else if (packet.SequenceNumber != side.NextSequence || flow.Has(sent.Sender.Other(), SideFlags.WindowClosed))
            kind = FollowUnexpected(ref flow, packet, sent, details);
        else
            side.NextSequence += length;

        ref readonly var other = ref flow.Of(sent.Sender.Other());
        if ((packet.TcpFlags & TcpFlags.Ack) != 0 && (flow.Has(sent.Sender.Other(), SideFlags.Holes)
            || (int)(packet.AcknowledgmentNumber - other.NextSequence) > 0))
            FollowAcknowledgment(ref flow, packet, sent, details);
        return kind;
    }

    /// <summary>Notes whether a segment other than RST opens or closes its sender's window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FollowWindow(ref Flow flow, in DecodedPacket packet, Side sender)
    {
        if (packet.Window == 0 || flow.Has(sender, SideFlags.WindowClosed))
            NoteWindow(ref flow, packet, sender);
    }

    /// <summary>Adds the rest of a segment whose beginning is already in the sequence.</summary>
    public static void Extend(ref Flow flow, in DecodedPacket packet, Side sender)
    {
        ref var side = ref flow.Edit(sender);
        var end = packet.SequenceNumber + LengthOf(packet);
        if ((int)(end - side.NextSequence) > 0)
            side.NextSequence = end;
    }

    /// <summary>Sequence numbers occupied by a segment: its payload, and one each for SYN and FIN (RFC 9293
    /// §3.4).</summary>
    private static uint LengthOf(in DecodedPacket packet) =>
        (uint)packet.OriginalPayloadLength + ((packet.TcpFlags & TcpFlags.Syn) != 0 ? 1u : 0u)
        + ((packet.TcpFlags & TcpFlags.Fin) != 0 ? 1u : 0u);

    /// <summary>The first segment of a side, or a SYN, which may retry with another initial sequence number.</summary>
    private static void Begin(ref Flow flow, in DecodedPacket packet, Side sender, FlowDetailPool details)
    {
        ref var side = ref flow.Edit(sender);
        var isKnown = flow.Has(sender, SideFlags.Sequence);
        if (isKnown && packet.SequenceNumber == side.FirstSequence)
            return;

        // A SYN overtaken by the segment after it gives the start of the stream, but no progress.
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
            details.LedgerOf(ref flow).Of(side).StartOver();
        flow.Clear(side, SideFlags.Holes | SideFlags.Probe);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SegmentKind FollowUnexpected(ref Flow flow, in DecodedPacket packet, in SentPacket sent,
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

        // The probe's byte was accepted after all if the stream continues after it.
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

    /// <summary>A segment that begins before the highest sequence number seen.</summary>
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

        // More data beginning with the byte of a probe or keep-alive continues the stream.
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
            // With several SYNs of different initial sequence numbers, this one was answered.
            if (beyond > 0 && acked.NextSequence == acked.FirstSequence + 1)
                BeginAt(ref flow, receiver, acknowledgment, details);
            return;
        }

        if (beyond > 0)
        {
            // A side first seen idle begins with a keep-alive, one before the next sequence number (RFC 9293 §3.8.4).
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
        // The window of a cut or invalid header is unknown.
        if (packet.Window != 0)
            flow.Clear(sender, SideFlags.WindowClosed);
        else if (packet.StoppedAt != DecodeLayer.Tcp)
        {
            flow.Set(sender, SideFlags.WindowClosed);
            flow.History.Add(HistoryEvent.ZeroWindow, sender);
        }
    }
}
