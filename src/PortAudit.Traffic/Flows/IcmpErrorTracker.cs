using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Assigns ICMP errors to the flows whose packets they quote (RFC 792; RFC 4443 §2.4).</summary>
internal static class IcmpErrorTracker
{
    /// <summary>Notes an error about a packet of an active flow. Keeps the first that stops the flow, one about the
    /// originator's packets rather than about answers; who is the originator may be settled later.</summary>
    /// <param name="errorSlot">Slot of the flow to which the error itself belongs.</param>
    /// <param name="packet">The error.</param>
    /// <param name="point">Index of its capture point.</param>
    /// <param name="frame">Its frame.</param>
    /// <param name="flows">The active flows.</param>
    /// <param name="details">Keeps the sender.</param>
    public static void Note(int errorSlot, in DecodedPacket packet, ushort point, FrameReference frame,
        FlowTable flows, FlowDetailPool details)
    {
        var key = FlowKey.OfQuoted(packet, point, out var sender);
        ref var flow = ref flows.Find(key, key.Hash(), out var slot);
        if (slot < 0)
            return;
        flows.At(errorSlot).Flags |= FlowFlags.QuotesSeenFlow;
        var (type, code) = ((byte)packet.SourcePort, (byte)packet.DestinationPort);
        var isAboutAnswers = sender != flow.Originator;
        var isKnown = isAboutAnswers ? flow.EitherHas(SideFlags.IcmpError) : flow.Has(sender, SideFlags.IcmpError);
        if (isKnown || !OutcomeOf.Stops(packet.Protocol, type, code))
            return;
        flow.Set(sender, SideFlags.IcmpError);
        flow.Clear(sender.Other(), SideFlags.IcmpError);
        details.Of(ref flow).Note(type, code, packet.Source, frame);
    }
}
