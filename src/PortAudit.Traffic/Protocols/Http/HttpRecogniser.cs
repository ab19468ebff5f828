using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>Recognises HTTP/1.x over TCP (RFC 9112) by a complete request line or status line. Accepts any upper-case
/// method (WebDAV, CONNECT, RPC over HTTP): the version at the line's end proves HTTP and excludes SIP and RTSP. RPC
/// over HTTP, by its methods, is service <c>rpc-http</c>, WS-Management is <c>winrm</c>. Follows tunnels and WebSockets
/// (<see cref="HttpChange"/>).</summary>
/// <param name="carried">Protocols to look for within a WebSocket.</param>
internal sealed class HttpRecogniser(params ImmutableArray<CarriedConversation> carried) : IRecogniser
{
    private readonly WebSocketContent _webSockets = new(carried);

    private static ReadOnlySpan<byte> Version => "HTTP/1."u8;

    /// <summary>Start of SHOUTcast's status line; compatible with any request.</summary>
    private static ReadOnlySpan<byte> Shoutcast => "ICY "u8;

    /// <inheritdoc />
    public bool KnowsReplies => true;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var sides = new TwoSidedMatch(Weigh(conversation.FromOriginator, ref recognition),
            Weigh(conversation.FromResponder, ref recognition));
        var answer = sides.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.Match && recognition.Client == ClientSide.Originator)
            HttpChange.Follow(conversation.FromOriginator, conversation.FromResponder, isForward: true, _webSockets,
                ref recognition);
        else if (answer == RecogniserAnswer.Match && recognition.Client == ClientSide.Responder)
            HttpChange.Follow(conversation.FromResponder, conversation.FromOriginator, isForward: false, _webSockets,
                ref recognition);
        return answer;
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> bytes, ref Recognition recognition)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        bytes = HttpChange.SkipEmptyLine(bytes);
        if (bytes.IsEmpty || bytes.SequenceEqual("\r"u8))
            return SideMatch.Partial;
        if (!StartLine.TryParse(bytes, Version, out var line, out var error))
            return error == ParseError.Incomplete || bytes.StartsWith(Shoutcast)
                ? SideMatch.Partial
                : HttpChange.IsConnect(bytes) ? SideMatch.Request : SideMatch.Mismatch;
        if (RpcOverHttp.IsMethod(line.Method))
            (recognition.Service, recognition.ServiceBasis) = (RpcOverHttp.Service, IdentificationBasis.Payload);
        else if (WsManagement.Is(line, bytes))
            (recognition.Service, recognition.ServiceBasis) = (WsManagement.Service, IdentificationBasis.Payload);
        return line.IsRequest ? SideMatch.Request : SideMatch.Reply;
    }
}
