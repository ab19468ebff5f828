using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Recognises a text protocol in which the client sends any single line and only the server's reply identifies
/// it.</summary>
internal abstract class QueryReplyRecogniser : IRecogniser
{
    /// <summary>Longest query, in bytes: such protocols set no limit, but names are short.</summary>
    public const int MaximumQuestion = 512;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var byResponder = IsAnswer(conversation.FromResponder) && MayBeQuestion(conversation.FromOriginator);
        var byOriginator = IsAnswer(conversation.FromOriginator) && MayBeQuestion(conversation.FromResponder);
        recognition.Client = byResponder ? ClientSide.Originator : ClientSide.Responder;
        if (byResponder || byOriginator)
            return RecogniserAnswer.Match;
        var mayFollow = (MayBeQuestion(conversation.FromOriginator) && MayBeAnswer(conversation.FromResponder))
            || (MayBeQuestion(conversation.FromResponder) && MayBeAnswer(conversation.FromOriginator));
        return mayFollow ? RecogniserAnswer.NeedMoreData : RecogniserAnswer.NoMatch;
    }

    /// <summary>True for a reply that proves the protocol.</summary>
    protected abstract bool IsAnswer(ReadOnlySpan<byte> bytes);

    /// <summary>True for bytes, possibly none, that may become one.</summary>
    protected abstract bool MayBeAnswer(ReadOnlySpan<byte> bytes);

    /// <summary>A single line of text, or nothing.</summary>
    private static bool MayBeQuestion(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumQuestion)
            return false;
        var lines = new TextLines(bytes);
        return lines.MoveNext() ? lines.Rest.IsEmpty : !lines.IsForeign;
    }
}
