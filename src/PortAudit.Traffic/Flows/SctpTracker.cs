using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Follows an SCTP association by the first chunk of its packets (RFC 9260 §5.1): who opened it, and whether it was
/// refused. It has the marks of TCP: an INIT stands as the SYN, an ABORT as the RST, and whoever sends something else
/// spoke. The direction rests on what the protocol says (<see cref="DirectionBasis.Payload"/>), as no SYN was seen.
/// </summary>
internal static class SctpTracker
{
    /// <summary>Notes a packet, when it brings its first chunk.</summary>
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
