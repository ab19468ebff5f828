using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Records of packets what capture points compare (<see cref="FlowTrace"/>).</summary>
internal sealed class FlowTracer(FlowDetailPool details)
{
    /// <summary>Active flows with a trace at most: half a gigabyte. Further flows are compared by addresses and time
    /// only.</summary>
    public const int MaximumTraced = 500_000;

    private const uint EndKind = 16;
    private const uint AcknowledgmentKind = 17;

    /// <summary>Flows without a trace because too many were active.</summary>
    public long NotTraced { get; private set; }

    /// <summary>Records a packet after its flow was updated.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Note(ref Flow flow, in PacketWalk walk, in SentPacket sent)
    {
        ref readonly var packet = ref walk.Packet;
        if (!walk.BringsHeader || (packet.Protocol == IpProtocol.Tcp && (packet.TcpFlags & TcpFlags.Rst) != 0))
            return;
        if (details.TracesInUse >= MaximumTraced && details.Find(in flow)?.Trace is null)
        {
            NotTraced += flow.Packets == 1 ? 1 : 0;
            return;
        }

        var trace = details.TraceOf(ref flow);
        var side = trace.Of(sent.Sender);
        if (side.HopLimit == 0)
            side.HopLimit = packet.TimeToLive;
        if (packet.Protocol == IpProtocol.Tcp)
        {
            NoteSegment(in flow, walk, sent, side);
            return;
        }

        var message = MessageKey.Of(walk);
        if (message.Key != 0)
            side.Add(message.Key, sent.TimestampNs, message.Content, 0);
    }

    private static void NoteSegment(ref readonly Flow flow, in PacketWalk walk, in SentPacket sent, SideTraceDraft side)
    {
        ref readonly var packet = ref walk.Packet;
        var isSyn = (packet.TcpFlags & TcpFlags.Syn) != 0;
        if (isSyn && side.Opening is null)
            side.Opening = OpeningOf(walk, sent.TimestampNs);
        side.IsRelative = side.Opening is not null;

        var control = (isSyn ? 1u : 0) + ((packet.TcpFlags & TcpFlags.Fin) != 0 ? 1u : 0);
        var length = (uint)packet.OriginalPayloadLength + control;
        if (length > 0)
        {
            var begin = side.Opening?.SequenceNumber ?? 0;
            var end = packet.SequenceNumber + length;
            side.Add(ContentDigest.Of(end - begin, EndKind), sent.TimestampNs, 0, end);
        }
        else
        {
            var begin = side.IsRelative && OpenedAt(in flow, sent.Sender.Other()) is { } opened ? opened : 0;
            var acknowledged = packet.AcknowledgmentNumber;
            side.Add(ContentDigest.Of(acknowledged - begin, AcknowledgmentKind), sent.TimestampNs, 0, acknowledged);
        }

        if (side.WantsStart && side.Opening is { } opening && packet.PayloadLength > 0
            && packet.SequenceNumber - opening.SequenceNumber - 1 == (uint)side.StartLength)
            side.AddStart(walk.Payload);
    }

    /// <summary>Initial sequence number of a side, if its opening was captured.</summary>
    private static uint? OpenedAt(ref readonly Flow flow, Side side) =>
        flow.Has(side, SideFlags.Syn | SideFlags.SynAck) ? flow.Of(side).FirstSequence : null;

    private static TcpOpening OpeningOf(in PacketWalk walk, long timestampNs)
    {
        ref readonly var packet = ref walk.Packet;
        var options = walk.TcpOptions;
        return new TcpOpening(packet.SequenceNumber, timestampNs, options.MaximumSegmentSize, options.WindowScale,
            options.PermitsSack, options.Timestamp);
    }
}
