using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Skinny;

/// <summary>Recognises Skinny over TCP. Two messages, consecutive or one from each side, are proof; a single one at the
/// end of the stream is a shape. The phone is the client.</summary>
internal sealed class SkinnyRecogniser : IRecogniser
{
    /// <summary>Messages examined per direction.</summary>
    private const int MaximumMessages = 4;

    private const int MessagesForProof = 2;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var messages = 0;
        var sides = new TwoSidedMatch(Weigh(conversation.FromOriginator, ref messages),
            Weigh(conversation.FromResponder, ref messages));
        if (sides is { Originator: SideMatch.Mismatch } or { Responder: SideMatch.Mismatch })
            return RecogniserAnswer.NoMatch;
        var answer = sides.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.Match && messages < MessagesForProof)
            recognition.Strength = MatchStrength.Shape;
        return answer;
    }

    /// <summary>All messages must be valid; the first complete one shows the sender.</summary>
    private static SideMatch Weigh(ReadOnlySpan<byte> bytes, ref int messages)
    {
        if (bytes.IsEmpty)
            return SideMatch.NoData;
        var evidence = SideMatch.Partial;
        for (var i = 0; i < MaximumMessages && !bytes.IsEmpty; i++)
        {
            if (!SkinnyMessage.TryParse(bytes, out var message, out var error))
                return error == ParseError.Incomplete ? evidence : SideMatch.Mismatch;
            if (message.TotalLength > bytes.Length)
                return evidence;
            messages++;
            if (i == 0)
                evidence = message.IsFromPhone ? SideMatch.Request : SideMatch.Reply;
            bytes = bytes[message.TotalLength..];
        }

        return evidence;
    }
}
