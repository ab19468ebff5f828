using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Checks whether TCP connections still work after a long silence, and whether retransmissions are
/// acknowledged. Usually costs two comparisons a packet.</summary>
internal static class LossObserver
{
    /// <summary>Silence after which a connection is checked, in nanoseconds: 30 s. Stateful devices keep connections
    /// for at least 30 s; hosts retransmit much sooner.</summary>
    public const long IdleNs = 30_000_000_000;

    /// <summary>Called for a segment before its control bits are noted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Note(ref Flow flow, in DecodedPacket packet, in SentPacket sent, FlowDetailPool details)
    {
        if (flow.Has(FlowFlags.Watched) || sent.TimestampNs - flow.LastNs >= IdleNs)
            NoteWatched(ref flow, packet, sent, details);
    }

    /// <summary>Notes a retransmitted segment.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void NoteRepeated(ref Flow flow, in DecodedPacket packet, in SentPacket sent, FlowDetailPool details)
    {
        // With one direction, no acknowledgments are captured; a busy receiver asks to wait.
        var other = sent.Sender.Other();
        if (packet.OriginalPayloadLength == 0 || !flow.Has(other, SideFlags.Spoke)
            || flow.Has(other, SideFlags.WindowClosed))
            return;
        var watch = details.WatchOf(ref flow);
        flow.Flags |= FlowFlags.Watched;
        if (watch.PassedSmaller)
            return;
        if (!watch.IsStuck || IsBefore(watch, packet, sent.Sender))
            BeginStuck(watch, in flow, packet, sent);
        else if (watch.Sender == sent.Sender && watch.Start == packet.SequenceNumber)
            RepeatStuck(watch, packet.OriginalPayloadLength, sent.TimestampNs);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NoteWatched(ref Flow flow, in DecodedPacket packet, in SentPacket sent, FlowDetailPool details)
    {
        if (flow.Has(FlowFlags.Watched))
        {
            var known = details.WatchOf(ref flow);
            if (known.IsStuck && known.Sender != sent.Sender)
                NoteAcknowledgment(known, packet);
            if (known.IsAfterIdle && HeardMore(in flow, packet, sent.Sender))
                known.EndIdle();
            else if (known.IsAfterIdle)
                NoteAfterIdle(known, in flow, packet, sent);
            if (known.IsBlank)
                flow.Flags &= ~FlowFlags.Watched;
        }

        if (sent.TimestampNs - flow.LastNs >= IdleNs && Stands(in flow)
            && (packet.TcpFlags & (TcpFlags.Rst | TcpFlags.Syn)) == 0 && !HeardMore(in flow, packet, sent.Sender))
            BeginIdle(ref flow, packet, sent, details);
    }

    /// <summary>True when both sides have spoken and neither has closed.</summary>
    private static bool Stands(ref readonly Flow flow) =>
        flow.BothHave(SideFlags.Spoke) && !flow.EitherHas(SideFlags.Fin | SideFlags.Rst);

    private static void BeginIdle(ref Flow flow, in DecodedPacket packet, in SentPacket sent, FlowDetailPool details)
    {
        var watch = details.WatchOf(ref flow);
        if (watch.IsAfterIdle)
            return;
        flow.Flags |= FlowFlags.Watched;
        (watch.IdleNs, watch.IdleSender) = (sent.TimestampNs - flow.LastNs, sent.Sender);
        (watch.IdleEndNs, watch.IdleFrame) = (sent.TimestampNs, sent.Frame);
        CountAttempt(watch, in flow, packet, sent);
    }

    private static void NoteAfterIdle(LossWatch watch, ref readonly Flow flow, in DecodedPacket packet,
        in SentPacket sent)
    {
        var isReset = (packet.TcpFlags & TcpFlags.Rst) != 0;
        if (sent.Sender == watch.IdleSender)
        {
            if (!isReset)
                CountAttempt(watch, in flow, packet, sent);
        }
        else if (!isReset)
            watch.EndIdle();
        else if (!flow.EitherHas(SideFlags.Fin | SideFlags.Rst))
            watch.WasReset = true;
    }

    /// <summary>True when the segment acknowledges more than was captured of the other side: that side is alive and the
    /// capture misses it.</summary>
    private static bool HeardMore(ref readonly Flow flow, in DecodedPacket packet, Side sender) =>
        (packet.TcpFlags & TcpFlags.Ack) != 0
        && (int)(packet.AcknowledgmentNumber - flow.Of(sender.Other()).NextSequence) > 0;

    /// <summary>Counts segments that require an acknowledgment: first data, retransmissions and keep-alives, which
    /// precede the next sequence number (RFC 9293 §3.8.4). Later data alone shows that acknowledgments arrived and were
    /// missed by the capture.</summary>
    private static void CountAttempt(LossWatch watch, ref readonly Flow flow, in DecodedPacket packet,
        in SentPacket sent)
    {
        var next = flow.Of(sent.Sender).NextSequence;
        var isKeepAlive = packet.SequenceNumber + 1 == next && (packet.TcpFlags & TcpFlags.Fin) == 0;
        if (packet.OriginalPayloadLength == 0 && !isKeepAlive)
            return;
        if (watch.Attempts > 0 && (int)(packet.SequenceNumber - next) >= 0)
            return;
        watch.Attempts++;
        watch.LastAttemptNs = sent.TimestampNs;
    }

    private static void NoteAcknowledgment(LossWatch watch, in DecodedPacket packet)
    {
        if ((packet.TcpFlags & TcpFlags.Rst) != 0)
            return;
        if ((packet.TcpFlags & TcpFlags.Ack) == 0 || (int)(packet.AcknowledgmentNumber - watch.Start) <= 0)
            watch.PeerIsAlive = true;
        else if (watch.WasSentOften && watch.LastLength < watch.Length)
            watch.PassedSmaller = true;
        else
            watch.EndStuck();
    }

    /// <summary>True when a retransmission precedes the watched segment: the first missing one is the one to
    /// watch.</summary>
    private static bool IsBefore(LossWatch watch, in DecodedPacket packet, Side sender) => watch.Sender == sender
        ? (int)(packet.SequenceNumber - watch.Start) < 0
        : !watch.WasSentOften;

    private static void BeginStuck(LossWatch watch, ref readonly Flow flow, in DecodedPacket packet, in SentPacket sent)
    {
        var began = flow.Of(sent.Sender).FirstSequence
            + (flow.Has(sent.Sender, SideFlags.Syn | SideFlags.SynAck) ? 1u : 0u);
        var length = packet.OriginalPayloadLength;
        watch.EndStuck();
        (watch.Sender, watch.Start, watch.Length, watch.LastLength) =
            (sent.Sender, packet.SequenceNumber, length, length);
        watch.Times = 2;
        watch.IsFirstOfSize = flow.Has(sent.Sender, SideFlags.Syn | SideFlags.SynAck)
            && packet.SequenceNumber - began < (uint)length;
        (watch.FirstRepeatNs, watch.LastRepeatNs, watch.RepeatFrame) =
            (sent.TimestampNs, sent.TimestampNs, sent.Frame);
    }

    private static void RepeatStuck(LossWatch watch, int length, long timestampNs)
    {
        watch.LastLength = length;
        if (length < watch.Length)
            return;
        watch.Length = length;
        watch.Times++;
        watch.LastRepeatNs = timestampNs;
    }
}
