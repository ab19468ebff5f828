using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Recognises DCE/RPC (Microsoft RPC) by its PDUs: connection-oriented over TCP, directly or after the banner
/// of RPC over HTTP (<c>ncacn_http</c>, port 593), and connectionless over UDP. Any PDU is proof, so a connection may
/// be joined in the middle; the service is the interface, named over TCP only by bind or alter_context. RPC in HTTP
/// requests belongs to HTTP (service <c>rpc-http</c>), RPC on pipes to SMB.</summary>
internal sealed class DceRpcRecogniser : IRecogniser
{
    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == DceRpcDatagram.Version;

    /// <inheritdoc />
    public bool KnowsReplies => true;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport == IpProtocol.Tcp)
            return RecogniseStreams(conversation, ref recognition);
        return conversation.Transport == IpProtocol.Udp
            ? RecogniseDatagram(conversation, ref recognition)
            : RecogniserAnswer.NoMatch;
    }

    private static RecogniserAnswer RecogniseStreams(in Conversation conversation, ref Recognition recognition)
    {
        var originator = DceRpcOpening.Read(conversation.FromOriginator);
        var responder = DceRpcOpening.Read(conversation.FromResponder);
        var answer = new TwoSidedMatch(originator.SideMatch,
            responder.SideMatch)
        { RepliesProve = true }.Answer(conversation.Transport, ref recognition);
        if (answer != RecogniserAnswer.Match)
            return answer;
        NameService(originator.Interface ?? responder.Interface, ref recognition);
        recognition.WantsMore = recognition.Service is null && !originator.IsSettled && !responder.IsSettled;
        return answer;
    }

    private static RecogniserAnswer RecogniseDatagram(in Conversation conversation, ref Recognition recognition)
    {
        var originator = Weigh(conversation.FromOriginator, conversation.IsWhole, ref recognition);
        var responder = Weigh(conversation.FromResponder, conversation.IsWhole, ref recognition);
        return new TwoSidedMatch(originator, responder).Answer(conversation.Transport, ref recognition);
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes, bool isWhole, ref Recognition recognition)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (!DceRpcDatagram.TryParse(bytes, out var datagram, out _) || !datagram.Fits(isWhole))
            return SideMatch.Mismatch;
        var isCallback = RpcInterfaces.IsConversation(datagram.Interface, datagram.IsLittleEndian);
        if (!isCallback)
            NameService(RpcInterfaces.Find(datagram.Interface, datagram.IsLittleEndian), ref recognition);
        return SideOf(datagram.Type, isCallback);
    }

    /// <summary>Sender of a datagram type (C706 §12.5.3). A server calls back through the conversation manager's
    /// interface.</summary>
    private static SideMatch SideOf(DceRpcPduType type, bool isCallback)
    {
        var isFromCaller = type is DceRpcPduType.Request or DceRpcPduType.Ping or DceRpcPduType.Acknowledgement
            or DceRpcPduType.ConnectionlessCancel;
        if (type == DceRpcPduType.FragmentAcknowledgement)
            return SideMatch.EitherSide;
        return isFromCaller != isCallback ? SideMatch.Request : SideMatch.Reply;
    }

    private static void NameService(string? name, ref Recognition recognition)
    {
        if (name is null)
            return;
        recognition.Service = name;
        recognition.ServiceBasis = IdentificationBasis.Payload;
    }
}
