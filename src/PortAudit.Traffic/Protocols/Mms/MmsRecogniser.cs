using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Mms;

/// <summary>Recognises Microsoft Media Server streaming over TCP ([MS-MMSP]) by the marks of its messages. Media alone,
/// over TCP or UDP, has none.</summary>
internal sealed class MmsRecogniser : EvidenceRecogniser
{
    /// <inheritdoc />
    protected override bool RepliesProve => true;

    /// <inheritdoc />
    protected override Evidence Weigh(ReadOnlySpan<byte> bytes)
    {
        if (!MmsMessage.TryParse(bytes, out var message, out var error))
            return error == ParseError.Incomplete ? Evidence.Unfinished : Evidence.Foreign;
        return message.IsFromClient ? Evidence.Request : Evidence.Reply;
    }
}
