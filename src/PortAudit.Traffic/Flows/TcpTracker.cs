using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Follows a TCP connection by its control bits and sequence numbers (RFC 9293 §3.3, §3.5).</summary>
internal static class TcpTracker
{
    private const TcpFlags SynAckBits = TcpFlags.Syn | TcpFlags.Ack;

    /// <summary>
    /// True when a segment opens another connection on the ports of <paramref name="flow"/>: a SYN or SYN-ACK whose initial sequence number
    /// is new, after the connection was answered, closed or was met in its middle. A SYN retried with another number before any answer
    /// is the same attempt; an originator that has gone on was answered, though the answers may not be in the capture.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool OpensAnother(ref readonly Flow flow, in DecodedPacket packet, bool sentByLow) => (packet.TcpFlags & TcpFlags.Syn) != 0 && OpeningOpensAnother(in flow, packet, sentByLow);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool OpeningOpensAnother(ref readonly Flow flow, in DecodedPacket packet, bool sentByLow) => (packet.TcpFlags & (SynAckBits | TcpFlags.Rst)) switch
    {
        TcpFlags.Syn => SynOpensAnother(in flow, packet, sentByLow),
        SynAckBits => SynAckOpensAnother(in flow, packet, sentByLow),
        _ => false,
    };

    /// <summary>
    /// True for a SYN whose answer, a reset, stands before it in the capture, as several queues or interfaces hand packets over: the flow holds nothing but resets of the other side, and the first of them acknowledges the SYN
    /// (RFC 9293 §3.10.7.1). One that acknowledges nothing answers a SYN of the next <see cref="TcpSequence.ReorderingNs"/>.
    /// </summary>
    public static bool WasRefusedBefore(ref readonly Flow flow, in DecodedPacket packet, bool sentByLow, long timestampNs)
    {
        ref readonly var side = ref SideOf(in flow, sentByLow);
        var others = flow.Marks & (FlowMarks.SynFromLow | FlowMarks.SynFromHigh | FlowMarks.SynAckFromLow | FlowMarks.SynAckFromHigh | FlowMarks.FinFromLow | FlowMarks.FinFromHigh | FlowMarks.SpokeLow | FlowMarks.SpokeHigh);
        if (others != 0 || side.Packets > 0 || (packet.TcpFlags & SynAckBits) != TcpFlags.Syn)
            return false;
        return side.NextSequence == side.FirstSequence
            ? timestampNs - flow.LastNs <= TcpSequence.ReorderingNs
            : side.NextSequence - packet.SequenceNumber - 1 <= (uint)packet.OriginalPayloadLength;
    }

    /// <summary>Notes a segment of the connection.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Note(ref Flow flow, in DecodedPacket packet, bool sentByLow, long timestampNs, FlowDetailPool details)
    {
        if (TcpSequence.GoesOn(in flow, packet, sentByLow))
            NoteNext(ref flow, packet, sentByLow);
        else
            NoteAny(ref flow, packet, sentByLow, timestampNs, details);
    }

    /// <summary>Notes a segment that <see cref="TcpSequence.GoesOn"/>, as nearly all do: as <see cref="NoteAny"/> would, with nothing left to ask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NoteNext(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        ref var side = ref sentByLow ? ref flow.Low : ref flow.High;
        side.NextSequence += (uint)packet.OriginalPayloadLength;
        flow.History.Add(packet.OriginalPayloadLength > 0 ? HistoryEvent.Data : HistoryEvent.Ack, sentByLow);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NoteAny(ref Flow flow, in DecodedPacket packet, bool sentByLow, long timestampNs, FlowDetailPool details)
    {
        var flags = packet.TcpFlags;
        if ((flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) != 0)
            NoteControl(ref flow, packet, sentByLow);
        var takesPart = flow.Has(SpokeFrom(sentByLow)) || TakesPart(in flow, packet, sentByLow);
        if (takesPart && (flags & TcpFlags.Rst) == 0 && (flags & SynAckBits) != TcpFlags.Syn)
            flow.Marks |= SpokeFrom(sentByLow);

        var kind = (flags & TcpFlags.Rst) != 0 || !takesPart ? SegmentKind.Fresh : TcpSequence.Follow(ref flow, packet, sentByLow, timestampNs, details);
        if (packet.OriginalPayloadLength > 0 && kind != SegmentKind.Probe)
            flow.History.Add(kind == SegmentKind.Repeated ? HistoryEvent.Retransmission : HistoryEvent.Data, sentByLow);
        else if ((flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst | TcpFlags.Ack)) == TcpFlags.Ack)
            flow.History.Add(HistoryEvent.Ack, sentByLow);
        if ((flags & TcpFlags.Rst) == 0 && takesPart)
            TcpSequence.FollowWindow(ref flow, packet, sentByLow);
    }

    /// <summary>Notes gaps in the history of a connection that has ended: only then it is sure that nothing fills them.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="ledger">What of it did not come once and in order; null while all did.</param>
    public static void End(ref Flow flow, StreamLedger? ledger)
    {
        if (ledger is not null)
            NoteGaps(ref flow, ledger);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NoteGaps(ref Flow flow, StreamLedger ledger)
    {
        if (ledger.Of(low: true).ToCounters().Gaps > 0)
            flow.History.Add(HistoryEvent.Gap, byLow: true);
        if (ledger.Of(low: false).ToCounters().Gaps > 0)
            flow.History.Add(HistoryEvent.Gap, byLow: false);
    }

    /// <summary>Notes that a segment whose header is noted already is longer than its first fragment was.</summary>
    public static void NoteRest(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        if (flow.Has(TcpSequence.SequenceOf(sentByLow)))
            TcpSequence.Extend(ref flow, packet, sentByLow);
    }

    /// <summary>True when the connection was reset or finished by both sides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsClosed(ref readonly Flow flow) =>
        flow.Has(FlowMarks.RstFromLow | FlowMarks.RstFromHigh) || flow.HasAll(FlowMarks.FinFromLow | FlowMarks.FinFromHigh);

    /// <summary>The idle class of the connection as it stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IdleClass IdleClassOf(ref readonly Flow flow) =>
        flow.HasAll(FlowMarks.SpokeLow | FlowMarks.SpokeHigh) && !IsClosed(in flow) ? IdleClass.TcpOpen : IdleClassOfOther(in flow);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IdleClass IdleClassOfOther(ref readonly Flow flow) =>
        flow.HasAll(FlowMarks.SpokeLow | FlowMarks.SpokeHigh) ? IdleClass.TcpTransitory
        : flow.Has(FlowMarks.SpokeLow | FlowMarks.SpokeHigh) && GoesOnAlone(in flow) ? IdleClass.TcpOneSided
        : IdleClass.TcpTransitory;

    /// <summary>True when the one side that was captured is in the middle of a connection: it sent data or acknowledgments, and neither reset nor FIN. A SYN-ACK alone opens one; without data nothing tells that it was acknowledged.</summary>
    private static bool GoesOnAlone(ref readonly Flow flow)
    {
        const FlowMarks End = FlowMarks.RstFromLow | FlowMarks.RstFromHigh | FlowMarks.FinFromLow | FlowMarks.FinFromHigh;
        return !flow.Has(End) && (!flow.Has(FlowMarks.SynAckFromLow | FlowMarks.SynAckFromHigh) || flow.Low.PayloadBytes + flow.High.PayloadBytes > 0);
    }

    /// <summary>
    /// False for a segment that a host which has not spoken yet sends for an earlier connection on the same ports: an acknowledgment of what nobody has sent since the SYN (a challenge, RFC 9293 §3.10.7.4, or an old FIN once more), and what an originator sends
    /// behind the reset of its attempt. A host that sends data may acknowledge more than was captured.
    /// </summary>
    private static bool TakesPart(ref readonly Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        var attempt = sentByLow ? FlowMarks.SynFromHigh : FlowMarks.SynFromLow;
        if ((packet.TcpFlags & TcpFlags.Syn) != 0 || flow.Has(SpokeFrom(!sentByLow)))
            return true;
        if (!flow.Has(attempt))
            return !flow.Has(sentByLow ? FlowMarks.RstFromHigh : FlowMarks.RstFromLow) || !flow.Has(sentByLow ? FlowMarks.SynFromLow : FlowMarks.SynFromHigh);
        ref readonly var other = ref SideOf(in flow, !sentByLow);
        var beyond = (int)(packet.AcknowledgmentNumber - other.NextSequence);
        return (packet.TcpFlags & TcpFlags.Ack) != 0 && (int)(packet.AcknowledgmentNumber - other.FirstSequence) > 0
            && beyond <= (packet.OriginalPayloadLength > 0 ? TcpSequence.MaximumJump : 0);
    }

    private static void NoteControl(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        var flags = packet.TcpFlags;
        if ((flags & TcpFlags.Rst) != 0)
        {
            if (flow.Packets == 0)
                NoteAcknowledged(ref flow, packet, sentByLow);
            flow.Marks |= sentByLow ? FlowMarks.RstFromLow : FlowMarks.RstFromHigh;
            flow.History.Add(HistoryEvent.Rst, sentByLow);
        }
        else if ((flags & SynAckBits) == TcpFlags.Syn)
        {
            NoteSyn(ref flow, sentByLow);
        }
        else if ((flags & SynAckBits) == SynAckBits)
        {
            flow.Marks |= sentByLow ? FlowMarks.SynAckFromLow : FlowMarks.SynAckFromHigh;
            flow.History.Add(HistoryEvent.SynAck, sentByLow);
            FlowDirection.Settle(ref flow, lowIsOriginator: !sentByLow, DirectionBasis.SynAck);
        }

        if ((flags & TcpFlags.Fin) != 0)
        {
            flow.Marks |= sentByLow ? FlowMarks.FinFromLow : FlowMarks.FinFromHigh;
            flow.History.Add(HistoryEvent.Fin, sentByLow);
        }
    }

    /// <summary>Keeps what a reset with which a flow begins acknowledges, where the numbers of the other side will stand: they are not set before that side has sent something.</summary>
    private static void NoteAcknowledged(ref Flow flow, in DecodedPacket reset, bool sentByLow)
    {
        ref var other = ref sentByLow ? ref flow.High : ref flow.Low;
        if ((reset.TcpFlags & TcpFlags.Ack) != 0)
            (other.FirstSequence, other.NextSequence) = (reset.AcknowledgmentNumber - 1, reset.AcknowledgmentNumber);
    }

    private static void NoteSyn(ref Flow flow, bool sentByLow)
    {
        flow.Marks |= sentByLow ? FlowMarks.SynFromLow : FlowMarks.SynFromHigh;
        flow.History.Add(HistoryEvent.Syn, sentByLow);
        FlowDirection.Settle(ref flow, lowIsOriginator: sentByLow, DirectionBasis.Syn);
        if (flow.LowIsOriginator == sentByLow && flow.SynCount < ushort.MaxValue)
            flow.SynCount++;
    }

    private static bool SynOpensAnother(ref readonly Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        ref readonly var side = ref SideOf(in flow, sentByLow);
        var hasSequence = flow.Has(TcpSequence.SequenceOf(sentByLow));
        var hasSyn = flow.Has(sentByLow ? FlowMarks.SynFromLow : FlowMarks.SynFromHigh);
        if (hasSequence && side.FirstSequence == (hasSyn ? packet.SequenceNumber : packet.SequenceNumber + 1))
            return false;
        if (IsClosed(in flow))
            return true;

        var answered = flow.Has(SpokeFrom(!sentByLow));
        if (hasSyn)
            return answered || flow.Has(SpokeFrom(sentByLow));

        // The connection was met in its middle, unless all that came before is the SYN-ACK that overtook this SYN.
        return hasSequence || (answered && !flow.Has(sentByLow ? FlowMarks.SynAckFromHigh : FlowMarks.SynAckFromLow));
    }

    /// <summary>The SYN of the other connection was not captured: its answer stands for it.</summary>
    private static bool SynAckOpensAnother(ref readonly Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        ref readonly var side = ref SideOf(in flow, sentByLow);
        ref readonly var other = ref SideOf(in flow, !sentByLow);
        var hasSequence = flow.Has(TcpSequence.SequenceOf(sentByLow));
        var began = flow.Has(sentByLow ? FlowMarks.SynFromLow | FlowMarks.SynAckFromLow : FlowMarks.SynFromHigh | FlowMarks.SynAckFromHigh);
        if (hasSequence && side.FirstSequence == (began ? packet.SequenceNumber : packet.SequenceNumber + 1))
            return false;
        if (flow.Has(sentByLow ? FlowMarks.SynFromHigh : FlowMarks.SynFromLow) && packet.AcknowledgmentNumber == other.FirstSequence + 1)
            return false;
        if (IsClosed(in flow))
            return true;

        // Where the other side is not captured, data or a FIN of the connection before say that it was answered.
        var wentOn = other.Packets == 0 && (side.PayloadBytes > 0 || flow.Has(sentByLow ? FlowMarks.FinFromLow : FlowMarks.FinFromHigh));
        return hasSequence && (wentOn || flow.Has(SpokeFrom(!sentByLow)));
    }

    private static FlowMarks SpokeFrom(bool low) => low ? FlowMarks.SpokeLow : FlowMarks.SpokeHigh;

    private static ref readonly FlowSide SideOf(ref readonly Flow flow, bool low) => ref low ? ref flow.Low : ref flow.High;
}
