using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Notes a packet's transport header in its flow: hop limit, state and history.</summary>
internal sealed class TransportTracker(HopLimitObserver hopLimits, FlowDetailPool details)
{
    /// <summary>Notes a packet before it is counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Note(ref Flow flow, in PacketWalk walk, in SentPacket sent)
    {
        if (walk.Packet.Protocol != IpProtocol.Tcp)
            NoteData(ref flow, walk, sent.Sender);
        else if (walk.BringsHeader)
        {
            hopLimits.NoteSegment(ref flow, walk.Packet, sent);
            LossObserver.Note(ref flow, walk.Packet, sent, details);
            TcpTracker.Note(ref flow, walk.Packet, sent, details);
        }
        else if (walk.IsReassembled)
            TcpTracker.NoteRest(ref flow, walk.Packet, sent.Sender);
    }

    private void NoteData(ref Flow flow, in PacketWalk walk, Side sender)
    {
        hopLimits.NoteDatagram(ref flow, walk.Packet, sender);
        if (walk.PayloadOnWire > 0)
            flow.History.Add(HistoryEvent.Data, sender);
        if (walk.Packet.Protocol == IpProtocol.Sctp)
            SctpTracker.Note(ref flow, walk, sender);
    }
}
