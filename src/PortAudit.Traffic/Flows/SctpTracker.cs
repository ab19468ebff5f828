using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Follows an SCTP association by the first chunk of its packets (RFC 9260 §5.1): who opened it, and whether it was refused. It has the marks of TCP: an INIT stands as the SYN, an ABORT as the RST, and whoever sends something
/// else spoke. The direction rests on what the protocol says (<see cref="DirectionBasis.Payload"/>), as no SYN was seen.
/// </summary>
internal static class SctpTracker
{
    /// <summary>Notes a packet, when it brings its first chunk.</summary>
    public static void Note(ref Flow flow, in PacketWalk walk, bool sentByLow)
    {
        if (!walk.BringsHeader || walk.Payload.IsEmpty)
            return;
        var type = (SctpChunkType)walk.Payload[0];
        flow.Marks |= MarkOf(type, sentByLow);
        if (type is SctpChunkType.Init or SctpChunkType.CookieEcho)
            FlowDirection.Settle(ref flow, lowIsOriginator: sentByLow, DirectionBasis.Payload);
        else if (type is SctpChunkType.InitAck or SctpChunkType.CookieAck)
            FlowDirection.Settle(ref flow, lowIsOriginator: !sentByLow, DirectionBasis.Payload);
    }

    private static FlowMarks MarkOf(SctpChunkType type, bool low) => type switch
    {
        SctpChunkType.Init => low ? FlowMarks.SynFromLow : FlowMarks.SynFromHigh,
        SctpChunkType.Abort => low ? FlowMarks.RstFromLow : FlowMarks.RstFromHigh,
        _ => low ? FlowMarks.SpokeLow : FlowMarks.SpokeHigh,
    };
}
