using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Mms;

/// <summary>Recognises Microsoft Media Server streaming over TCP ([MS-MMSP]) by message headers. Media alone, over TCP
/// or UDP, is not recognisable.</summary>
internal sealed class MmsRecogniser : TwoSidedRecogniser
{
    /// <inheritdoc />
    protected override bool RepliesProve => true;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (!MmsMessage.TryParse(bytes, out var message, out var error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        return message.IsFromClient ? SideMatch.Request : SideMatch.Reply;
    }
}
