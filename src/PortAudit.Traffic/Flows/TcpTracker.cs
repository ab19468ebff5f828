using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Follows a TCP connection by its control bits and sequence numbers (RFC 9293 §3.3, §3.5).</summary>
internal static class TcpTracker
{
    private const TcpFlags SynAckBits = TcpFlags.Syn | TcpFlags.Ack;

    /// <summary>
    /// True when a segment opens another connection on the ports of <paramref name="flow"/>: a SYN whose initial sequence number
    /// is new, after the connection was answered, closed or was met in its middle. A SYN retried with another number before any answer
    /// is the same attempt.
    /// </summary>
    public static bool OpensAnother(ref readonly Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        if ((packet.TcpFlags & (SynAckBits | TcpFlags.Rst)) != TcpFlags.Syn)
            return false;

        ref readonly var side = ref SideOf(in flow, sentByLow);
        var hasSequence = flow.Has(SequenceOf(sentByLow));
        var hasSyn = flow.Has(sentByLow ? FlowMarks.SynFromLow : FlowMarks.SynFromHigh);
        if (hasSequence && side.FirstSequence == (hasSyn ? packet.SequenceNumber : packet.SequenceNumber + 1))
            return false;
        if (IsClosed(in flow))
            return true;

        var answered = flow.Has(sentByLow ? FlowMarks.SpokeHigh : FlowMarks.SpokeLow);
        if (hasSyn)
            return answered;

        // The connection was met in its middle, unless all that came before is the SYN-ACK that overtook this SYN.
        return hasSequence || (answered && !flow.Has(sentByLow ? FlowMarks.SynAckFromHigh : FlowMarks.SynAckFromLow));
    }

    /// <summary>Notes a segment of the connection.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Note(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        var flags = packet.TcpFlags;
        if ((flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) != 0)
            NoteControl(ref flow, packet, sentByLow);
        if ((flags & TcpFlags.Rst) == 0 && (flags & SynAckBits) != TcpFlags.Syn)
            flow.Marks |= sentByLow ? FlowMarks.SpokeLow : FlowMarks.SpokeHigh;

        if (packet.OriginalPayloadLength > 0)
            flow.History.Add(IsRetransmission(in flow, packet, sentByLow) ? HistoryEvent.Retransmission : HistoryEvent.Data, sentByLow);
        else if ((flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst | TcpFlags.Ack)) == TcpFlags.Ack)
            flow.History.Add(HistoryEvent.Ack, sentByLow);
        if (packet.Window == 0 && (flags & TcpFlags.Rst) == 0)
            flow.History.Add(HistoryEvent.ZeroWindow, sentByLow);

        NoteSequence(ref flow, packet, sentByLow);
    }

    /// <summary>Notes that a segment whose header is noted already is longer than its first fragment was.</summary>
    public static void NoteRest(ref Flow flow, in DecodedPacket packet, bool sentByLow) => NoteSequence(ref flow, packet, sentByLow);

    /// <summary>True when the connection was reset or finished by both sides.</summary>
    public static bool IsClosed(ref readonly Flow flow) =>
        flow.Has(FlowMarks.RstFromLow | FlowMarks.RstFromHigh) || (flow.Has(FlowMarks.FinFromLow) && flow.Has(FlowMarks.FinFromHigh));

    /// <summary>The idle class of the connection as it stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IdleClass IdleClassOf(ref readonly Flow flow) =>
        flow.Has(FlowMarks.SpokeLow) && flow.Has(FlowMarks.SpokeHigh) && !IsClosed(in flow) ? IdleClass.TcpOpen : IdleClass.TcpTransitory;

    private static void NoteControl(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        var flags = packet.TcpFlags;
        if ((flags & TcpFlags.Rst) != 0)
        {
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

    private static void NoteSyn(ref Flow flow, bool sentByLow)
    {
        flow.Marks |= sentByLow ? FlowMarks.SynFromLow : FlowMarks.SynFromHigh;
        flow.History.Add(HistoryEvent.Syn, sentByLow);
        FlowDirection.Settle(ref flow, lowIsOriginator: sentByLow, DirectionBasis.Syn);
        if (flow.LowIsOriginator == sentByLow && flow.SynCount < ushort.MaxValue)
            flow.SynCount++;
    }

    private static bool IsRetransmission(ref readonly Flow flow, in DecodedPacket packet, bool sentByLow) =>
        flow.Has(SequenceOf(sentByLow)) && (int)(packet.SequenceNumber + (uint)packet.OriginalPayloadLength - SideOf(in flow, sentByLow).NextSequence) <= 0;

    private static void NoteSequence(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        ref var side = ref sentByLow ? ref flow.Low : ref flow.High;
        var isSyn = (packet.TcpFlags & TcpFlags.Syn) != 0;
        if ((packet.TcpFlags & TcpFlags.Rst) != 0)
            return;
        if (!flow.Has(SequenceOf(sentByLow)) || (isSyn && packet.SequenceNumber != side.FirstSequence))
        {
            flow.Marks |= SequenceOf(sentByLow);
            side.FirstSequence = packet.SequenceNumber;
            side.NextSequence = packet.SequenceNumber;
        }

        var next = packet.SequenceNumber + (uint)packet.OriginalPayloadLength + (isSyn ? 1u : 0u) + ((packet.TcpFlags & TcpFlags.Fin) != 0 ? 1u : 0u);
        if ((int)(next - side.NextSequence) > 0)
            side.NextSequence = next;
    }

    private static FlowMarks SequenceOf(bool low) => low ? FlowMarks.SequenceOfLow : FlowMarks.SequenceOfHigh;

    private static ref readonly FlowSide SideOf(ref readonly Flow flow, bool low) => ref low ? ref flow.Low : ref flow.High;
}
