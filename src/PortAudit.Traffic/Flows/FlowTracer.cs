using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Notes of packets what other capture points may compare (<see cref="FlowTrace"/>).</summary>
/// <param name="details">What only some flows need.</param>
internal sealed class FlowTracer(FlowDetailPool details)
{
    /// <summary>Flows under way of which packets are kept: half a gigabyte. Those that begin beyond are compared by
    /// addresses and time alone.</summary>
    public const int MaximumTraced = 500_000;

    private const uint EndKind = 16;
    private const uint AcknowledgmentKind = 17;

    /// <summary>Flows of which no packets were kept because too many were under way.</summary>
    public long NotTraced { get; private set; }

    /// <summary>Notes a packet, once its flow knows it.</summary>
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

    /// <summary>Initial sequence number of a side whose opening was captured.</summary>
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
