using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.X11;

/// <summary>
/// Recognises X11 over TCP by the setup of either end, and in the middle of a connection by several messages of the server in a row whose sequence numbers go on.
/// </summary>
internal sealed class X11Recogniser : IRecogniser
{
    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport != IpProtocol.Tcp)
            return RecogniserAnswer.NoMatch;
        return new Testimony(Weigh(conversation.FromOriginator), Weigh(conversation.FromResponder)).Answer(IpProtocol.Tcp, ref recognition);
    }

    private static Evidence Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        if (X11Setup.TryParse(bytes, out var error))
            return Evidence.Request;
        var isOpen = error == ParseError.Incomplete;
        for (var i = 0; i < 2; i++)
        {
            var isBig = i == 1;
            if (X11SetupReply.TryParse(bytes, isBig, out error))
                return Evidence.Reply;
            var stream = X11Stream.WeighServer(bytes, isBig);
            if (stream == Evidence.Reply)
                return stream;
            isOpen |= error == ParseError.Incomplete || stream == Evidence.Unfinished || X11Stream.MayBeClient(bytes, isBig);
        }

        return isOpen ? Evidence.Unfinished : Evidence.Foreign;
    }
}
