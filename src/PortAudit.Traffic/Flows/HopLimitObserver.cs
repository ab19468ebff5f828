using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Follows the hop limits of hosts, so that a reset which another device sends in a host's name is known. A packet costs a comparison with the hop limit that its flow has shown before; what is new goes
/// to the book at once, so that flows which end together with the capture know of all others.
/// </summary>
internal sealed class HopLimitObserver(FlowDetailPool details)
{
    /// <summary>What hosts have shown.</summary>
    public HopLimitBook Book { get; } = new();

    /// <summary>Notes a segment, before its control bits are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteSegment(ref Flow flow, in DecodedPacket packet, bool sentByLow, FrameReference frame)
    {
        if (packet.TimeToLive != NearestOf(ref flow, sentByLow) || (packet.TcpFlags & TcpFlags.Rst) != 0)
            NoteNewSegment(ref flow, packet, sentByLow, frame);
    }

    /// <summary>Notes a datagram.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteDatagram(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        if (packet.TimeToLive != NearestOf(ref flow, sentByLow))
            NoteNewDatagram(ref flow, packet, sentByLow);
    }

    /// <summary>Notes a packet that was recorded twice: where it came by for the second time, its hop limit may be another one, and is as much its sender's.</summary>
    public void NoteCopy(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        if (packet.Protocol != IpProtocol.Tcp)
            NoteDatagram(ref flow, packet, sentByLow);
        else if ((packet.TcpFlags & TcpFlags.Rst) == 0 && packet.TimeToLive != NearestOf(ref flow, sentByLow))
            NoteNewSegment(ref flow, packet, sentByLow, default);
    }

    /// <summary>The reset that stopped or ended a flow that ends; null when none did. A stopped attempt has no packet of its responder but the reset: other flows tell of it.</summary>
    public FlowReset? ResetOf(ref readonly Flow flow)
    {
        if (flow.Key.Transport != IpProtocol.Tcp)
            return null;
        if (OutcomeOf.WasStoppedByReset(in flow))
        {
            var responderIsLow = !flow.LowIsOriginator;
            return FlowReset.Of(byOriginator: false, responderIsLow ? flow.LowReset : flow.HighReset, Book.Of(HostPlace.Of(flow.Key, responderIsLow)));
        }

        // Whoever sent a reset: a connection that both sides finished in spite of it was not ended by it.
        if ((flow.LowReset | flow.HighReset) == 0 || (flow.Has(FlowMarks.FinFromLow) && flow.Has(FlowMarks.FinFromHigh)))
            return null;
        var isLow = flow.LowReset != 0;
        var shown = default(HopLimitSet);
        if ((isLow ? flow.LowHopLimit : flow.HighHopLimit) is > 0 and var nearest)
            shown.Add(nearest);
        return FlowReset.Of(isLow == flow.LowIsOriginator, isLow ? flow.LowReset : flow.HighReset, shown);
    }

    /// <summary>A segment can be sent in anybody's name; what answers one, or goes on with who answered, cannot so easily.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteNewSegment(ref Flow flow, in DecodedPacket packet, bool sentByLow, FrameReference frame)
    {
        var flags = packet.TcpFlags;
        if ((flags & TcpFlags.Rst) != 0)
            NoteReset(ref flow, packet.TimeToLive, sentByLow, frame);
        else if ((flags & (TcpFlags.Syn | TcpFlags.Ack)) != TcpFlags.Syn && (sentByLow ? flow.High : flow.Low).Packets > 0)
            NoteOwn(ref flow, packet.TimeToLive, sentByLow);
    }

    /// <summary>As with segments, only a host that was spoken to is believed to be there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteNewDatagram(ref Flow flow, in DecodedPacket packet, bool sentByLow)
    {
        var wasSpokenTo = (sentByLow ? flow.High : flow.Low).Packets > 0;
        if (wasSpokenTo && packet.Protocol == IpProtocol.Udp)
            NoteOwn(ref flow, packet.TimeToLive, sentByLow);
    }

    private void NoteOwn(ref Flow flow, byte hopLimit, bool sentByLow)
    {
        if (hopLimit == 0)
            return;
        Book.Add(HostPlace.Of(flow.Key, sentByLow), hopLimit);
        ref var nearest = ref NearestOf(ref flow, sentByLow);
        if (nearest == 0 || HopCount.Of(hopLimit) < HopCount.Of(nearest))
            nearest = hopLimit;
    }

    /// <summary>Only the reset that ends a connection counts: what comes for one that is over says nothing of what became of it.</summary>
    private void NoteReset(ref Flow flow, byte hopLimit, bool sentByLow, FrameReference frame)
    {
        if (TcpTracker.IsClosed(in flow))
            return;
        (sentByLow ? ref flow.LowReset : ref flow.HighReset) = hopLimit;
        if (NearestOf(ref flow, sentByLow) is > 0 and var nearest && HopCount.IsNearer(hopLimit, nearest))
            details.Of(ref flow).ResetFrame = frame;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte NearestOf(ref Flow flow, bool low) => ref low ? ref flow.LowHopLimit : ref flow.HighHopLimit;
}
