using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dnp3;

/// <summary>Recognises DNP3 over TCP and UDP (IEEE 1815-2012 §13) by the check sum of a frame's header. The master is
/// the client.</summary>
internal sealed class Dnp3Recogniser : TwoSidedRecogniser
{
    /// <inheritdoc />
    public override bool MayBeginWith(byte first) => first == 0x05;

    /// <inheritdoc />
    public override bool KnowsReplies => false;

    /// <summary>A check sum proves it, even where the other side was joined within a frame.</summary>
    protected override bool RepliesProve => true;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (!Dnp3Frame.TryParse(bytes, out var frame, out var error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        return frame.IsFromMaster ? SideMatch.Request : SideMatch.Reply;
    }
}
