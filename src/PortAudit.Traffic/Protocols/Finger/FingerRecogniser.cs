using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Finger;

/// <summary>
/// Recognises finger (RFC 1288) by the answer that its usual servers give about a user, or their table of those logged in. The question is one line, which may be empty.
/// </summary>
internal sealed class FingerRecogniser : IRecogniser
{
    /// <summary>Longest question: the standard sets no limit, names are short.</summary>
    private const int MaximumQuestion = 256;

    private static ReadOnlySpan<byte> Opening => "Login"u8;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport != IpProtocol.Tcp)
            return RecogniserAnswer.NoMatch;
        var byResponder = IsAnswer(conversation.FromResponder) && MayBeQuestion(conversation.FromOriginator);
        var byOriginator = IsAnswer(conversation.FromOriginator) && MayBeQuestion(conversation.FromResponder);
        recognition.Client = byResponder ? ClientSide.Originator : ClientSide.Responder;
        if (byResponder || byOriginator)
            return RecogniserAnswer.Match;
        var mayFollow = (MayBeQuestion(conversation.FromOriginator) && MayBeAnswer(conversation.FromResponder)) || (MayBeQuestion(conversation.FromResponder) && MayBeAnswer(conversation.FromOriginator));
        return mayFollow ? RecogniserAnswer.NeedMoreData : RecogniserAnswer.NoMatch;
    }

    private static bool MayBeQuestion(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumQuestion)
            return false;
        var lines = new TextLines(bytes);
        return lines.MoveNext() ? lines.Rest.IsEmpty : !lines.IsForeign;
    }

    private static bool MayBeAnswer(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.TrimStart("\r\n"u8);
        var length = Math.Min(text.Length, Opening.Length);
        return Words.Same(text[..length], Opening[..length]) && !new TextLines(text).MoveNext();
    }

    /// <summary>The first line about a user has the login and the real name; that of the table names its columns.</summary>
    private static bool IsAnswer(ReadOnlySpan<byte> bytes)
    {
        var lines = new TextLines(bytes.TrimStart("\r\n"u8));
        if (!lines.MoveNext())
            return false;
        var line = lines.Line;
        var isUser = Words.Begins(line, "Login: "u8) || Words.Begins(line, "Login name: "u8);
        return (isUser && (Words.Occurs(line, "Name: "u8) || Words.Occurs(line, "In real life: "u8))) || (Words.Begins(line, "Login "u8) && Words.Occurs(line, " Name "u8) && Words.Occurs(line, " Idle "u8));
    }
}
