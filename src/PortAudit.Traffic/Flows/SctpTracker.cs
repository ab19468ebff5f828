using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Tracks an SCTP association by the first chunk of its packets (RFC 9260 §5.1): who opened it, and whether it
/// was refused. Uses TCP's flags: INIT as SYN, ABORT as RST, anything else as having spoken. The direction's basis is
/// <see cref="DirectionBasis.Payload"/>, as no SYN was seen.</summary>
internal static class SctpTracker
{
    /// <summary>Notes a packet that contains its first chunk.</summary>
    public static void Note(ref Flow flow, in PacketWalk walk, Side sender)
    {
        if (!walk.BringsHeader || walk.Payload.IsEmpty)
            return;
        var type = (SctpChunkType)walk.Payload[0];
        flow.Set(sender, MarkOf(type));
        if (type is SctpChunkType.Init or SctpChunkType.CookieEcho)
            FlowDirection.Settle(ref flow, sender, DirectionBasis.Payload);
        else if (type is SctpChunkType.InitAck or SctpChunkType.CookieAck)
            FlowDirection.Settle(ref flow, sender.Other(), DirectionBasis.Payload);
    }

    private static SideFlags MarkOf(SctpChunkType type) => type switch
    {
        SctpChunkType.Init => SideFlags.Syn,
        SctpChunkType.Abort => SideFlags.Rst,
        _ => SideFlags.Spoke,
    };
}
