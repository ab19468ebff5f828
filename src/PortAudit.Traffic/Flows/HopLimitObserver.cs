using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Follows the hop limits of hosts, so that a reset which another device sends in a host's name is known. A packet
/// costs a comparison with the hop limit that its flow has shown before; what is new goes to the book at once, so that
/// flows which end together with the capture know of all others.
/// </summary>
internal sealed class HopLimitObserver(FlowDetailPool details)
{
    /// <summary>What hosts have shown.</summary>
    public HopLimitTable Book { get; } = new();

    /// <summary>Notes a segment, before its control bits are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteSegment(ref Flow flow, in DecodedPacket packet, in SentPacket sent)
    {
        if (packet.TimeToLive != flow.HopLimitOf(sent.Sender) || (packet.TcpFlags & TcpFlags.Rst) != 0)
            NoteNewSegment(ref flow, packet, sent);
    }

    /// <summary>Notes a datagram.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteDatagram(ref Flow flow, in DecodedPacket packet, Side sender)
    {
        if (packet.TimeToLive != flow.HopLimitOf(sender))
            NoteNewDatagram(ref flow, packet, sender);
    }

    /// <summary>Notes a packet that was recorded twice: where it came by for the second time, its hop limit may be
    /// another one, and is as much its sender's.</summary>
    public void NoteCopy(ref Flow flow, in DecodedPacket packet, in SentPacket sent)
    {
        if (packet.Protocol != IpProtocol.Tcp)
            NoteDatagram(ref flow, packet, sent.Sender);
        else if ((packet.TcpFlags & TcpFlags.Rst) == 0 && packet.TimeToLive != flow.HopLimitOf(sent.Sender))
            NoteNewSegment(ref flow, packet, sent);
    }

    /// <summary>The reset that stopped or ended a flow that ends; null when none did. A stopped attempt has no packet
    /// of its responder but the reset: other flows tell of it.</summary>
    public FlowReset? ResetOf(ref readonly Flow flow)
    {
        if (flow.Key.Transport != IpProtocol.Tcp)
            return null;
        if (OutcomeOf.WasStoppedByReset(in flow))
        {
            var responder = flow.Responder;
            var usual = Book.Of(HostLocation.Of(flow.Key, responder));
            return FlowReset.Of(byOriginator: false, flow.ResetOf(responder), usual);
        }

        // Whoever sent a reset: a connection that both sides finished in spite of it was not ended by it.
        if ((flow.LowReset | flow.HighReset) == 0 || flow.BothHave(SideFlags.Fin))
            return null;
        var sender = Sides.LowIf(flow.LowReset != 0);
        var shown = default(HopLimitSet);
        if (flow.HopLimitOf(sender) is > 0 and var nearest)
            shown.Add(nearest);
        return FlowReset.Of(sender == flow.Originator, flow.ResetOf(sender), shown);
    }

    /// <summary>A segment can be sent in anybody's name; what answers one, or goes on with who answered, cannot so
    /// easily.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteNewSegment(ref Flow flow, in DecodedPacket packet, in SentPacket sent)
    {
        var flags = packet.TcpFlags;
        if ((flags & TcpFlags.Rst) != 0)
            NoteReset(ref flow, packet.TimeToLive, sent);
        else if ((flags & (TcpFlags.Syn | TcpFlags.Ack)) != TcpFlags.Syn && flow.Of(sent.Sender.Other()).Packets > 0)
            NoteOwn(ref flow, packet.TimeToLive, sent.Sender);
    }

    /// <summary>As with segments, only a host that was spoken to is believed to be there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteNewDatagram(ref Flow flow, in DecodedPacket packet, Side sender)
    {
        var wasSpokenTo = flow.Of(sender.Other()).Packets > 0;
        if (wasSpokenTo && packet.Protocol == IpProtocol.Udp)
            NoteOwn(ref flow, packet.TimeToLive, sender);
    }

    private void NoteOwn(ref Flow flow, byte hopLimit, Side sender)
    {
        if (hopLimit == 0)
            return;
        Book.Add(HostLocation.Of(flow.Key, sender), hopLimit);
        var nearest = flow.HopLimitOf(sender);
        if (nearest == 0 || HopCount.Of(hopLimit) < HopCount.Of(nearest))
            flow.SetHopLimit(sender, hopLimit);
    }

    /// <summary>Only the reset that ends a connection counts: what comes for one that is over says nothing of what
    /// became of it.</summary>
    private void NoteReset(ref Flow flow, byte hopLimit, in SentPacket sent)
    {
        if (TcpTracker.IsClosed(in flow))
            return;
        flow.SetReset(sent.Sender, hopLimit);
        if (flow.HopLimitOf(sent.Sender) is > 0 and var nearest && HopCount.IsNearer(hopLimit, nearest))
            details.Of(ref flow).ResetFrame = sent.Frame;
    }
}
