using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Mms;

/// <summary>Recognises Microsoft Media Server streaming over TCP ([MS-MMSP]) by the marks of its messages. Media alone, over TCP or UDP, has none.</summary>
internal sealed class MmsRecogniser : IRecogniser
{
    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport != IpProtocol.Tcp)
            return RecogniserAnswer.NoMatch;
        var testimony = new Testimony(Weigh(conversation.FromOriginator), Weigh(conversation.FromResponder)) { RepliesProve = true };
        return testimony.Answer(conversation.Transport, ref recognition);
    }

    private static Evidence Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return Evidence.Silence;
        if (!MmsMessage.TryParse(bytes, out var message, out var error))
            return error == ParseError.Incomplete ? Evidence.Unfinished : Evidence.Foreign;
        return message.IsFromClient ? Evidence.Request : Evidence.Reply;
    }
}
