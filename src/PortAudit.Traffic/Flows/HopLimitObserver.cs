using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Tracks hop limits of hosts, to detect resets that another device sends in a host's name. Usually costs one
/// comparison per packet. New values go to the table at once, so that flows ending with the capture see those of all
/// others.</summary>
internal sealed class HopLimitObserver(FlowDetailPool details)
{
    /// <summary>Hop limits by host.</summary>
    public HopLimitTable Book { get; } = new();

    /// <summary>Called for a segment before its control bits are noted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteSegment(ref Flow flow, in DecodedPacket packet, in SentPacket sent)
    {
        if (packet.TimeToLive != flow.HopLimitOf(sent.Sender) || (packet.TcpFlags & TcpFlags.Rst) != 0)
            NoteNewSegment(ref flow, packet, sent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void NoteDatagram(ref Flow flow, in DecodedPacket packet, Side sender)
    {
        if (packet.TimeToLive != flow.HopLimitOf(sender))
            NoteNewDatagram(ref flow, packet, sender);
    }

    /// <summary>For a packet recorded twice: the copy may have another hop limit, which is equally its
    /// sender's.</summary>
    public void NoteCopy(ref Flow flow, in DecodedPacket packet, in SentPacket sent)
    {
        if (packet.Protocol != IpProtocol.Tcp)
            NoteDatagram(ref flow, packet, sent.Sender);
        else if ((packet.TcpFlags & TcpFlags.Rst) == 0 && packet.TimeToLive != flow.HopLimitOf(sent.Sender))
            NoteNewSegment(ref flow, packet, sent);
    }

    /// <summary>The reset that stopped or ended a flow; null without. In a stopped attempt the responder sent only the
    /// reset: its hop limit is known from other flows.</summary>
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

        // A connection that both sides finished was not ended by a reset.
        if ((flow.LowReset | flow.HighReset) == 0 || flow.BothHave(SideFlags.Fin))
            return null;
        var sender = Sides.LowIf(flow.LowReset != 0);
        var shown = default(HopLimitSet);
        if (flow.HopLimitOf(sender) is > 0 and var nearest)
            shown.Add(nearest);
        return FlowReset.Of(sender == flow.Originator, flow.ResetOf(sender), shown);
    }

    /// <summary>A segment can be forged; one that answers, or continues with a peer that answered, hardly.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteNewSegment(ref Flow flow, in DecodedPacket packet, in SentPacket sent)
    {
        var flags = packet.TcpFlags;
        if ((flags & TcpFlags.Rst) != 0)
            NoteReset(ref flow, packet.TimeToLive, sent);
        else if ((flags & (TcpFlags.Syn | TcpFlags.Ack)) != TcpFlags.Syn && flow.Of(sent.Sender.Other()).Packets > 0)
            NoteOwn(ref flow, packet.TimeToLive, sent.Sender);
    }

    /// <summary>As with segments, only a host that was addressed before is trusted.</summary>
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

    /// <summary>Only the reset that ends the connection counts; later ones are irrelevant to the outcome.</summary>
    private void NoteReset(ref Flow flow, byte hopLimit, in SentPacket sent)
    {
        if (TcpTracker.IsClosed(in flow))
            return;
        flow.SetReset(sent.Sender, hopLimit);
        if (flow.HopLimitOf(sent.Sender) is > 0 and var nearest && HopCount.IsNearer(hopLimit, nearest))
            details.Of(ref flow).ResetFrame = sent.Frame;
    }
}
