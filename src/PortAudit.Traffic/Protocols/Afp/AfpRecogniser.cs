using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Afp;

/// <summary>Recognises AFP over TCP by DSI headers. One header has too few fixed bytes; proof is a request and its
/// reply, two messages in a row, or the opening of a session (attention quantum, an AFP version name).</summary>
internal sealed class AfpRecogniser : IRecogniser
{
    /// <summary>Bytes searched for a version name: a server's status lists versions after its machine type.</summary>
    private const int MaximumSearch = 512;

    private const byte Login = 18;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var originator = Weigh(conversation.FromOriginator);
        var responder = Weigh(conversation.FromResponder);
        if (originator == SideMatch.Partial && responder == SideMatch.Partial
            && BelongTogether(conversation.FromOriginator, conversation.FromResponder, out var isOriginatorAsking))
            (originator, responder) =
                isOriginatorAsking ? (SideMatch.Request, SideMatch.Reply) : (SideMatch.Reply, SideMatch.Request);
        return new TwoSidedMatch(originator, responder).Answer(IpProtocol.Tcp, ref recognition);
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        if (!DsiHeader.TryParse(bytes, out var header, out var error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        var proof = header.IsReply ? SideMatch.Reply : SideMatch.Request;
        if (OpensSession(header))
            return proof;
        if (!header.IsWhole)
            return SideMatch.Partial;
        if (!DsiHeader.TryParse(bytes[(DsiHeader.Length + header.PayloadLength)..], out var next, out error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        var isNext = next.IsReply == header.IsReply && (ushort)(next.RequestId - header.RequestId) == 1;
        return isNext ? proof : SideMatch.Partial;
    }

    private static bool OpensSession(DsiHeader header)
    {
        var payload = header.Payload[..Math.Min(header.Payload.Length, MaximumSearch)];
        if (header.Kind == DsiHeader.OpenSession)
            return payload.Length == 6 && payload[0] is 0 or 1 && payload[1] == 4;
        var isLogin = header.Kind == DsiHeader.Command && !header.IsReply && !payload.IsEmpty && payload[0] == Login;
        var isStatus = header.Kind == DsiHeader.GetStatus && header.IsReply;
        return (isLogin || isStatus) && (payload.IndexOf("AFPVersion "u8) >= 0 || payload.IndexOf("AFP2."u8) >= 0
            || payload.IndexOf("AFP3."u8) >= 0 || payload.IndexOf("AFPX"u8) >= 0);
    }

    private static bool BelongTogether(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, out bool isOneAsking)
    {
        var areBoth = DsiHeader.TryParse(one, out var a, out _) & DsiHeader.TryParse(other, out var b, out _);
        isOneAsking = areBoth && !a.IsReply;
        return areBoth && a.IsReply != b.IsReply && a.Kind == b.Kind && a.RequestId == b.RequestId;
    }
}
