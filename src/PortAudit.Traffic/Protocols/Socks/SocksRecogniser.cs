using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Socks;

/// <summary>Recognises SOCKS 4, 4a and 5 over TCP by the negotiation of client and proxy, and switches to the tunnelled
/// protocol after the granting reply.</summary>
internal sealed class SocksRecogniser : IRecogniser
{
    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var forward = Ask(conversation.FromOriginator, conversation.FromResponder, isForward: true, ref recognition);
        if (forward == RecogniserAnswer.Match)
            return forward;
        var backward = Ask(conversation.FromResponder, conversation.FromOriginator, isForward: false, ref recognition);
        if (backward == RecogniserAnswer.Match)
            return backward;
        return forward == RecogniserAnswer.NoMatch ? backward : forward;
    }

    private static RecogniserAnswer Ask(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, bool isForward,
        ref Recognition recognition)
    {
        var answer = AskFifth(client, server, isForward, ref recognition);
        if (answer == RecogniserAnswer.Match)
            return answer;
        var fourth = AskFourth(client, server, isForward, ref recognition);
        return fourth == RecogniserAnswer.NoMatch ? answer : fourth;
    }

    private static RecogniserAnswer AskFifth(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, bool isForward,
        ref Recognition recognition)
    {
        if (!Socks5Dialogue.TryRead(client, server, out var dialogue))
            return RecogniserAnswer.NoMatch;
        if (!dialogue.ProveTogether && !dialogue.ClientProves && !dialogue.ServerProves)
            return RecogniserAnswer.NeedMoreData;
        var isThrough = dialogue.IsConnected && dialogue.RequestEnd > 0;
        Report(dialogue.RequestEnd, dialogue.ReplyEnd, isThrough, dialogue.IsOver, isForward, ref recognition);
        WaitForServer(client, server, dialogue.RequestEnd, isForward, ref recognition);
        return RecogniserAnswer.Match;
    }

    private static RecogniserAnswer AskFourth(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, bool isForward,
        ref Recognition recognition)
    {
        if (!Socks4Dialogue.TryRead(client, server, out var dialogue))
            return RecogniserAnswer.NoMatch;
        if (!dialogue.ProveTogether && !dialogue.ClientProves)
            return RecogniserAnswer.NeedMoreData;
        Report(dialogue.RequestEnd, Socks4Dialogue.ReplyEnd, dialogue.IsConnected, dialogue.IsOver, isForward,
            ref recognition);
        WaitForServer(client, server, dialogue.RequestEnd, isForward, ref recognition);
        return RecogniserAnswer.Match;
    }

    private static void Report(int requestEnd, int replyEnd, bool isThrough, bool isOver, bool isForward,
        ref Recognition recognition)
    {
        recognition.Client = isForward ? ClientSide.Originator : ClientSide.Responder;
        recognition.WantsMore = !isThrough && !isOver;
        if (isThrough)
            recognition.Next = ProtocolSwitch.ThroughProxy(requestEnd, replyEnd, isForward);
    }

    /// <summary>If the proxy's direction is never seen, a client that continues after its request was granted
    /// it.</summary>
    private static void WaitForServer(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, int requestEnd,
        bool isForward, ref Recognition recognition)
    {
        if (server.IsEmpty && recognition.WantsMore && requestEnd > 0 && requestEnd < client.Length)
            recognition.NextIfOneWay = ProtocolSwitch.ThroughProxy(requestEnd, 0, isForward);
    }
}
