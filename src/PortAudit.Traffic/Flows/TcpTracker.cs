using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Tracks a TCP connection by control bits and sequence numbers (RFC 9293 §3.3, §3.5).</summary>
internal static class TcpTracker
{
    private const TcpFlags SynAckBits = TcpFlags.Syn | TcpFlags.Ack;

    /// <summary>True when a segment opens another connection on the ports of <paramref name="flow"/>: a SYN or SYN-ACK
    /// with a new initial sequence number after the connection was answered, closed or joined in the middle. A SYN
    /// retried with another number before any answer is the same attempt; an originator that continued was answered,
    /// captured or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool OpensAnother(ref readonly Flow flow, in DecodedPacket packet, Side sender) =>
        (packet.TcpFlags & TcpFlags.Syn) != 0 && OpeningOpensAnother(in flow, packet, sender);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool OpeningOpensAnother(ref readonly Flow flow, in DecodedPacket packet,
        Side sender) => (packet.TcpFlags & (SynAckBits | TcpFlags.Rst)) switch
        {
            TcpFlags.Syn => SynOpensAnother(in flow, packet, sender),
            SynAckBits => SynAckOpensAnother(in flow, packet, sender),
            _ => false,
        };

    /// <summary>True for a SYN that the capture has after the reset answering it, because of several queues or
    /// interfaces: the flow holds only resets of the other side, the first of which acknowledges the SYN (RFC 9293
    /// §3.10.7.1). A reset that acknowledges nothing matches a SYN within
    /// <see cref="TcpSequence.ReorderingNs"/>.</summary>
    public static bool WasRefusedBefore(ref readonly Flow flow, in DecodedPacket packet, in SentPacket sent)
    {
        ref readonly var side = ref flow.Of(sent.Sender);
        var hasOthers = flow.EitherHas(SideFlags.Syn | SideFlags.SynAck | SideFlags.Fin | SideFlags.Spoke);
        if (hasOthers || side.Packets > 0 || (packet.TcpFlags & SynAckBits) != TcpFlags.Syn)
            return false;
        return side.NextSequence == side.FirstSequence
            ? sent.TimestampNs - flow.LastNs <= TcpSequence.ReorderingNs
            : side.NextSequence - packet.SequenceNumber - 1 <= (uint)packet.OriginalPayloadLength;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Note(ref Flow flow, in DecodedPacket packet, in SentPacket sent, FlowDetailPool details)
    {
        if (TcpSequence.IsExpected(in flow, packet, sent.Sender))
            NoteNext(ref flow, packet, sent.Sender);
        else
            NoteAny(ref flow, packet, sent, details);
    }

    /// <summary>Fast path for <see cref="TcpSequence.IsExpected"/>; same result as <see cref="NoteAny"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NoteNext(ref Flow flow, in DecodedPacket packet, Side sender)
    {
        ref var side = ref flow.Edit(sender);
        side.NextSequence += (uint)packet.OriginalPayloadLength;
        flow.History.Add(packet.OriginalPayloadLength > 0 ? HistoryEvent.Data : HistoryEvent.Ack, sender);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NoteAny(ref Flow flow, in DecodedPacket packet, in SentPacket sent, FlowDetailPool details)
    {
        var flags = packet.TcpFlags;
        if ((flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) != 0)
            NoteControl(ref flow, packet, sent.Sender);
        if ((flags & (TcpFlags.Syn | TcpFlags.Rst | TcpFlags.Ack)) == 0)
            flow.History.Add(HistoryEvent.Inconsistent, sent.Sender);
        var takesPart = flow.Has(sent.Sender, SideFlags.Spoke) || TakesPart(in flow, packet, sent.Sender);
        if (takesPart && (flags & TcpFlags.Rst) == 0 && (flags & SynAckBits) != TcpFlags.Syn)
            flow.Set(sent.Sender, SideFlags.Spoke);

        var kind = (flags & TcpFlags.Rst) != 0 || !takesPart
            ? SegmentKind.Fresh
            : TcpSequence.Follow(ref flow, packet, sent, details);
        if (kind == SegmentKind.Repeated)
            LossObserver.NoteRepeated(ref flow, packet, sent, details);
        if (packet.OriginalPayloadLength > 0 && kind != SegmentKind.Probe)
            flow.History.Add(kind == SegmentKind.Repeated ? HistoryEvent.Retransmission : HistoryEvent.Data,
                sent.Sender);
        else if ((flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst | TcpFlags.Ack)) == TcpFlags.Ack)
            flow.History.Add(HistoryEvent.Ack, sent.Sender);
        if ((flags & TcpFlags.Rst) == 0 && takesPart)
            TcpSequence.FollowWindow(ref flow, packet, sent.Sender);
    }

    /// <summary>Adds gaps to the history at the end of a connection: only then can nothing fill them.</summary>
    public static void End(ref Flow flow, StreamLedger? ledger)
    {
        if (ledger is not null)
            NoteGaps(ref flow, ledger);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NoteGaps(ref Flow flow, StreamLedger ledger)
    {
        if (ledger.Of(Side.Low).ToCounters().Gaps > 0)
            flow.History.Add(HistoryEvent.Gap, Side.Low);
        if (ledger.Of(Side.High).ToCounters().Gaps > 0)
            flow.History.Add(HistoryEvent.Gap, Side.High);
    }

    /// <summary>Notes that a segment is longer than its first fragment, whose header was already noted.</summary>
    public static void NoteRest(ref Flow flow, in DecodedPacket packet, Side sender)
    {
        if (flow.Has(sender, SideFlags.Sequence))
            TcpSequence.Extend(ref flow, packet, sender);
    }

    /// <summary>True when the connection was reset, or finished by both sides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsClosed(ref readonly Flow flow) =>
        flow.EitherHas(SideFlags.Rst) || flow.BothHave(SideFlags.Fin);

    /// <summary>The current idle class of the connection.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IdleClass IdleClassOf(ref readonly Flow flow) =>
        flow.BothHave(SideFlags.Spoke) && !IsClosed(in flow) ? IdleClass.TcpOpen : IdleClassOfOther(in flow);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IdleClass IdleClassOfOther(ref readonly Flow flow) =>
        flow.BothHave(SideFlags.Spoke) ? IdleClass.TcpTransitory
        : flow.EitherHas(SideFlags.Spoke) && ContinuesAlone(in flow) ? IdleClass.TcpOneSided
        : IdleClass.TcpTransitory;

    /// <summary>True when the only captured side is in the middle of a connection: it sent data or acknowledgments, but
    /// no reset or FIN. A SYN-ACK alone opens one; without data nothing shows that it was acknowledged.</summary>
    private static bool ContinuesAlone(ref readonly Flow flow) =>
        !flow.EitherHas(SideFlags.Rst | SideFlags.Fin)
        && (!flow.EitherHas(SideFlags.SynAck) || flow.Low.PayloadBytes + flow.High.PayloadBytes > 0);

    /// <summary>False for segments left over from an earlier connection on the same ports: from a host that has not
    /// spoken yet, an acknowledgment of nothing sent since the SYN (a challenge, RFC 9293 §3.10.7.4, or an old FIN
    /// again), and anything from an originator after the reset of its attempt. Data may acknowledge more than was
    /// captured.</summary>
    private static bool TakesPart(ref readonly Flow flow, in DecodedPacket packet, Side sender)
    {
        if ((packet.TcpFlags & TcpFlags.Syn) != 0 || flow.Has(sender.Other(), SideFlags.Spoke))
            return true;
        if (!flow.Has(sender.Other(), SideFlags.Syn))
            return !flow.Has(sender.Other(), SideFlags.Rst) || !flow.Has(sender, SideFlags.Syn);
        ref readonly var other = ref flow.Of(sender.Other());
        var beyond = (int)(packet.AcknowledgmentNumber - other.NextSequence);
        return (packet.TcpFlags & TcpFlags.Ack) != 0 && (int)(packet.AcknowledgmentNumber - other.FirstSequence) > 0
            && beyond <= (packet.OriginalPayloadLength > 0 ? TcpSequence.MaximumJump : 0);
    }

    private static void NoteControl(ref Flow flow, in DecodedPacket packet, Side sender)
    {
        var flags = packet.TcpFlags;
        if ((flags & TcpFlags.Rst) != 0)
        {
            if (flow.Packets == 0)
                NoteAcknowledged(ref flow, packet, sender);
            flow.Set(sender, SideFlags.Rst);
            flow.History.Add(HistoryEvent.Rst, sender);
        }
        else if ((flags & SynAckBits) == TcpFlags.Syn)
        {
            NoteSyn(ref flow, sender);
        }
        else if ((flags & SynAckBits) == SynAckBits)
        {
            flow.Set(sender, SideFlags.SynAck);
            flow.History.Add(HistoryEvent.SynAck, sender);
            FlowDirection.Settle(ref flow, sender.Other(), DirectionBasis.SynAck);
        }

        if ((flags & TcpFlags.Fin) != 0)
        {
            flow.Set(sender, SideFlags.Fin);
            flow.History.Add(HistoryEvent.Fin, sender);
        }
    }

    /// <summary>Keeps what an initial reset acknowledges in the other side's sequence fields, unused until that side
    /// has sent something.</summary>
    private static void NoteAcknowledged(ref Flow flow, in DecodedPacket reset, Side sender)
    {
        ref var other = ref flow.Edit(sender.Other());
        if ((reset.TcpFlags & TcpFlags.Ack) != 0)
            (other.FirstSequence, other.NextSequence) = (reset.AcknowledgmentNumber - 1, reset.AcknowledgmentNumber);
    }

    private static void NoteSyn(ref Flow flow, Side sender)
    {
        flow.Set(sender, SideFlags.Syn);
        flow.History.Add(HistoryEvent.Syn, sender);
        if (flow.Has(sender.Other(), SideFlags.SynAck) && flow.Has(sender, SideFlags.Sequence))
            flow.History.Add(HistoryEvent.Retransmission, sender);
        FlowDirection.Settle(ref flow, sender, DirectionBasis.Syn);
        if (flow.Originator == sender && flow.SynCount < ushort.MaxValue)
            flow.SynCount++;
    }

    private static bool SynOpensAnother(ref readonly Flow flow, in DecodedPacket packet, Side sender)
    {
        ref readonly var side = ref flow.Of(sender);
        var hasSequence = flow.Has(sender, SideFlags.Sequence);
        var hasSyn = flow.Has(sender, SideFlags.Syn);
        if (hasSequence && side.FirstSequence == (hasSyn ? packet.SequenceNumber : packet.SequenceNumber + 1))
            return false;
        if (IsClosed(in flow))
            return true;

        var answered = flow.Has(sender.Other(), SideFlags.Spoke);
        if (hasSyn)
            return answered || flow.Has(sender, SideFlags.Spoke);

        // The connection was joined in the middle, unless only the SYN-ACK that overtook this SYN came before.
        return hasSequence || (answered && !flow.Has(sender.Other(), SideFlags.SynAck));
    }

    /// <summary>The SYN of the other connection was not captured: its SYN-ACK represents it.</summary>
    private static bool SynAckOpensAnother(ref readonly Flow flow, in DecodedPacket packet, Side sender)
    {
        ref readonly var side = ref flow.Of(sender);
        ref readonly var other = ref flow.Of(sender.Other());
        var hasSequence = flow.Has(sender, SideFlags.Sequence);
        var began = flow.Has(sender, SideFlags.Syn | SideFlags.SynAck);
        if (hasSequence && side.FirstSequence == (began ? packet.SequenceNumber : packet.SequenceNumber + 1))
            return false;
        if (flow.Has(sender.Other(), SideFlags.Syn) && packet.AcknowledgmentNumber == other.FirstSequence + 1)
            return false;
        if (IsClosed(in flow))
            return true;

        // If the other side is not captured, earlier data or a FIN show that the connection was answered.
        var wentOn = other.Packets == 0 && (side.PayloadBytes > 0 || flow.Has(sender, SideFlags.Fin));
        return hasSequence && (wentOn || flow.Has(sender.Other(), SideFlags.Spoke));
    }
}
