using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.WinsReplication;

/// <summary>Recognises WINS replication over TCP ([MS-WINSRA] 2.1) by any message head. The client starts the
/// association or, in the middle, requests records or the owner map.</summary>
internal sealed class WinsReplicationRecogniser : TwoSidedRecogniser
{
    /// <inheritdoc />
    protected override bool RepliesProve => true;

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> stream)
    {
        if (!WinsReplicationMessage.TryParse(stream, out var message, out var error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        return message.Type switch
        {
            WinsReplicationType.StartRequest => SideMatch.Request,
            WinsReplicationType.StartResponse => SideMatch.Reply,
            WinsReplicationType.StopRequest => SideMatch.EitherSide,
            _ => message.Operation is 1 or 3 ? SideMatch.Reply : SideMatch.Request,
        };
    }
}
