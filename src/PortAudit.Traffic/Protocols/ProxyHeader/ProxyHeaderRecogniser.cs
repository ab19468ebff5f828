using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.ProxyHeader;

/// <summary>Recognises a PROXY protocol header, which tells a server who a proxied client is (HAProxy,
/// proxy-protocol.txt §2), and switches to the client's conversation after it.</summary>
internal sealed class ProxyHeaderRecogniser : IRecogniser
{
    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var sides = new TwoSidedMatch(Weigh(conversation.FromOriginator, out var ofOriginator),
            Weigh(conversation.FromResponder, out var ofResponder));
        var answer = sides.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.Match && recognition.Client != ClientSide.Unknown)
            recognition.Next = ProtocolSwitch.ThroughProxy(Math.Max(ofOriginator, ofResponder), 0,
                recognition.Client == ClientSide.Originator);
        return answer;
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> stream, out int length)
    {
        length = 0;
        if (stream.IsEmpty)
            return SideMatch.NoData;
        if (ProxyHeaderLine.TryParse(stream, out var line, out var ofLine))
        {
            length = line.TotalLength;
            return SideMatch.Request;
        }

        if (ProxyHeaderBlock.TryParse(stream, out var block, out var ofBlock))
        {
            length = block.TotalLength;
            return SideMatch.Request;
        }

        return ofLine == ParseError.Incomplete || ofBlock == ParseError.Incomplete
            ? SideMatch.Partial
            : SideMatch.Mismatch;
    }
}
