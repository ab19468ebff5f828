using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Follows the sequence and acknowledgment numbers of a TCP connection (RFC 9293 §3.4): what comes in order costs two comparisons, the
/// rest goes to the flow's <see cref="StreamLedger"/>.
/// </summary>
internal static class TcpSequence
{
    /// <summary>
    /// A segment that fills a hole within this time was overtaken; later it was sent again. In nanoseconds: 3 ms, which Wireshark takes
    /// where it knows no round-trip time; paths that reorder do it within one queue, and a loss is mended a round trip later.
    /// </summary>
    public const long ReorderingNs = 3_000_000;

    /// <summary>Sequence numbers jump by at most the largest window, 2^30 (RFC 7323 §2.3); what is farther away belongs to a connection whose opening was not seen.</summary>
    public const int MaximumJump = 1 << 30;

    /// <summary>
    /// True for the next segment of a conversation under way, which nearly all are: data or an acknowledgment of a side that has spoken, in its place, of a connection in which nothing is missing and no window closed, that acknowledges nothing
    /// which was not seen.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GoesOn(ref readonly Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        const TcpFlags Told = TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst | TcpFlags.Ack;
        const FlowMarks Spoke = FlowMarks.SpokeLow | FlowMarks.SequenceOfLow;
        const FlowMarks Unsteady = FlowMarks.HolesOfLow | FlowMarks.HolesOfHigh | FlowMarks.WindowClosedByLow | FlowMarks.WindowClosedByHigh;
        ref readonly var side = ref sentByLow ? ref flow.Low : ref flow.High;
        ref readonly var other = ref sentByLow ? ref flow.High : ref flow.Low;
        return (packet.TcpFlags & Told) == TcpFlags.Ack && packet.Window != 0
            && (flow.MarksOf(sentByLow) & Spoke) == Spoke && !flow.Has(Unsteady)
            && packet.SequenceNumber == side.NextSequence && (int)(packet.AcknowledgmentNumber - other.NextSequence) <= 0;
    }

    /// <summary>Takes a segment other than RST into the sequence of its side, and its acknowledgment into that of the other.</summary>
    /// <param name="flow">The connection, whose marks know the segment's control bits already.</param>
    /// <param name="packet">The segment.</param>
    /// <param name="sentByLow">True when the low endpoint sent it.</param>
    /// <param name="timestampNs">Its time.</param>
    /// <param name="details">Gives the ledger when it is needed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SegmentKind Follow(ref Flow flow, in DecodedPacket packet, bool sentByLow, long timestampNs, FlowDetailPool details)
    {
        var kind = SegmentKind.Fresh;
        ref var side = ref SideOf(ref flow, sentByLow);
        var length = LengthOf(packet);
        if (!flow.Has(SequenceOf(sentByLow)) || (packet.TcpFlags & TcpFlags.Syn) != 0)
            Begin(ref flow, packet, sentByLow, details);
        else if (packet.SequenceNumber != side.NextSequence || flow.Has(ClosedBy(!sentByLow)))
            kind = FollowOutOfPlace(ref flow, packet, sentByLow, timestampNs, details);
        else
            side.NextSequence += length;

        ref readonly var other = ref SideOf(ref flow, !sentByLow);
        if ((packet.TcpFlags & TcpFlags.Ack) != 0 && (flow.Has(HolesOf(!sentByLow)) || (int)(packet.AcknowledgmentNumber - other.NextSequence) > 0))
            FollowAcknowledgment(ref flow, packet, ackedLow: !sentByLow, timestampNs, details);
        return kind;
    }

    /// <summary>Notes whether a segment other than RST closes or opens the window of its sender.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FollowWindow(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        if (packet.Window == 0 || flow.Has(ClosedBy(sentByLow)))
            NoteWindow(ref flow, packet, sentByLow);
    }

    /// <summary>Takes the rest of a segment whose beginning stands in the sequence of its side already.</summary>
    public static void Extend(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        ref var side = ref SideOf(ref flow, sentByLow);
        var end = packet.SequenceNumber + LengthOf(packet);
        if ((int)(end - side.NextSequence) > 0)
            side.NextSequence = end;
    }

    /// <summary>The mark that says that a side's numbers are known.</summary>
    public static FlowMarks SequenceOf(bool low) => low ? FlowMarks.SequenceOfLow : FlowMarks.SequenceOfHigh;

    /// <summary>Sequence numbers that a segment takes: its payload, and one each for SYN and FIN (RFC 9293 §3.4).</summary>
    private static uint LengthOf(in DecodedPacket packet) =>
        (uint)packet.OriginalPayloadLength + ((packet.TcpFlags & TcpFlags.Syn) != 0 ? 1u : 0u) + ((packet.TcpFlags & TcpFlags.Fin) != 0 ? 1u : 0u);

    /// <summary>The first segment of a side, or a SYN, which may be a retry with another initial sequence number.</summary>
    private static void Begin(ref Flow flow, in DecodedPacket packet, bool sentByLow, FlowDetailPool details)
    {
        ref var side = ref SideOf(ref flow, sentByLow);
        var isKnown = flow.Has(SequenceOf(sentByLow));
        if (isKnown && packet.SequenceNumber == side.FirstSequence)
            return;

        // A SYN that the segment behind it overtook tells where the stream began, and nothing new about how far it is.
        var wasOvertaken = isKnown && packet.SequenceNumber + 1 == side.FirstSequence;
        side.FirstSequence = packet.SequenceNumber;
        flow.Marks |= SequenceOf(sentByLow);
        if (!wasOvertaken)
            BeginAt(ref flow, sentByLow, packet.SequenceNumber + LengthOf(packet), details);
    }

    private static void BeginAt(ref Flow flow, bool low, uint next, FlowDetailPool details)
    {
        SideOf(ref flow, low).NextSequence = next;
        if (flow.Has(HolesOf(low)))
            details.LedgerOf(ref flow).Of(low).BeginAnew();
        flow.Marks &= ~(HolesOf(low) | ProbeFrom(low));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SegmentKind FollowOutOfPlace(ref Flow flow, in DecodedPacket packet, bool sentByLow, long timestampNs, FlowDetailPool details)
    {
        ref var side = ref SideOf(ref flow, sentByLow);
        var end = packet.SequenceNumber + LengthOf(packet);
        var distance = (int)(packet.SequenceNumber - side.NextSequence);
        if (Math.Abs((long)distance) > MaximumJump)
        {
            BeginAt(ref flow, sentByLow, end, details);
            return SegmentKind.Fresh;
        }

        var isControl = (packet.TcpFlags & TcpFlags.Fin) != 0;
        if (distance == 0 && packet.OriginalPayloadLength == 1 && !isControl && flow.Has(ClosedBy(!sentByLow)))
        {
            details.LedgerOf(ref flow).Of(sentByLow).WindowProbes++;
            flow.Marks |= ProbeFrom(sentByLow);
            return SegmentKind.Probe;
        }

        if (distance == -1 && packet.OriginalPayloadLength <= 1 && !isControl)
        {
            details.LedgerOf(ref flow).Of(sentByLow).KeepAlives++;
            return SegmentKind.Probe;
        }

        if (distance < 0)
            return FollowLate(ref flow, packet, sentByLow, end, timestampNs, details);

        // The byte of a probe was taken after all when the stream goes on behind it.
        var isBehindProbe = distance == 1 && flow.Has(ProbeFrom(sentByLow));
        if (distance > 0 && !isBehindProbe)
        {
            Skip(ref flow, sentByLow, packet.SequenceNumber, timestampNs, details);
            details.LedgerOf(ref flow).Of(sentByLow).Jumps++;
        }

        flow.Marks &= ~ProbeFrom(sentByLow);
        side.NextSequence = end;
        return SegmentKind.Fresh;
    }

    /// <summary>A segment that begins before what was seen last.</summary>
    private static SegmentKind FollowLate(ref Flow flow, in DecodedPacket packet, bool sentByLow, uint end, long timestampNs, FlowDetailPool details)
    {
        ref var side = ref SideOf(ref flow, sentByLow);
        var repeatsOneByte = packet.SequenceNumber + 1 == side.NextSequence;
        var isLonger = (int)(end - side.NextSequence) > 0;
        var sinceNs = timestampNs;
        var fills = flow.Has(HolesOf(sentByLow)) && FillHoles(ref flow, sentByLow, packet.SequenceNumber, end, details, out sinceNs);
        if (isLonger)
            side.NextSequence = end;

        // More data that begins with the byte of a probe or keep-alive is the stream that goes on.
        if (packet.OriginalPayloadLength == 0 || (isLonger && repeatsOneByte && !fills))
            return SegmentKind.Fresh;

        ref var counts = ref details.LedgerOf(ref flow).Of(sentByLow);
        if (fills && timestampNs - sinceNs <= ReorderingNs)
        {
            counts.OutOfOrder++;
            return SegmentKind.Fresh;
        }

        counts.Retransmissions++;
        return fills ? SegmentKind.Fresh : SegmentKind.Repeated;
    }

    private static bool FillHoles(ref Flow flow, bool low, uint start, uint end, FlowDetailPool details, out long sinceNs)
    {
        ref var counts = ref details.LedgerOf(ref flow).Of(low);
        var filled = counts.Fill(start, end, out sinceNs);
        if (!counts.HasHoles)
            flow.Marks &= ~HolesOf(low);
        return filled;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FollowAcknowledgment(ref Flow flow, in DecodedPacket packet, bool ackedLow, long timestampNs, FlowDetailPool details)
    {
        if (!flow.Has(SequenceOf(ackedLow)))
            return;
        ref var acked = ref SideOf(ref flow, ackedLow);
        var acknowledgment = packet.AcknowledgmentNumber;
        var beyond = (int)(acknowledgment - acked.NextSequence);
        if (beyond > MaximumJump)
            return;
        if ((packet.TcpFlags & TcpFlags.Syn) != 0)
        {
            // Of several SYNs with their own initial sequence numbers it answers this one.
            if (beyond > 0 && acked.NextSequence == acked.FirstSequence + 1)
                BeginAt(ref flow, ackedLow, acknowledgment, details);
            return;
        }

        if (beyond > 0)
        {
            // A side that was met idle begins with a keep-alive, which lies one before what it sends next (RFC 9293 §3.8.4).
            var isKeepAlive = beyond == 1 && acked.NextSequence == acked.FirstSequence;
            var isProbe = beyond == 1 && flow.Has(ProbeFrom(ackedLow));
            if (!isProbe && !isKeepAlive)
                Skip(ref flow, ackedLow, acknowledgment, timestampNs, details);
            flow.Marks &= ~ProbeFrom(ackedLow);
            acked.NextSequence = acknowledgment;
        }

        if (flow.Has(HolesOf(ackedLow)))
            details.LedgerOf(ref flow).Of(ackedLow).Acknowledge(acknowledgment);
    }

    private static void Skip(ref Flow flow, bool low, uint until, long timestampNs, FlowDetailPool details)
    {
        details.LedgerOf(ref flow).Of(low).Open(SideOf(ref flow, low).NextSequence, until, timestampNs);
        flow.Marks |= HolesOf(low);
    }

    private static void NoteWindow(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        // Of a header that was cut, or that lies, the window is not known.
        if (packet.Window != 0)
            flow.Marks &= ~ClosedBy(sentByLow);
        else if (packet.StoppedAt != DecodeLayer.Tcp)
        {
            flow.Marks |= ClosedBy(sentByLow);
            flow.History.Add(HistoryEvent.ZeroWindow, sentByLow);
        }
    }

    private static FlowMarks ClosedBy(bool low) => low ? FlowMarks.WindowClosedByLow : FlowMarks.WindowClosedByHigh;

    private static FlowMarks ProbeFrom(bool low) => low ? FlowMarks.ProbeFromLow : FlowMarks.ProbeFromHigh;

    private static FlowMarks HolesOf(bool low) => low ? FlowMarks.HolesOfLow : FlowMarks.HolesOfHigh;

    private static ref FlowSide SideOf(ref Flow flow, bool low) => ref low ? ref flow.Low : ref flow.High;
}
