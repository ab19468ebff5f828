using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Whois;

/// <summary>
/// Recognises WHOIS (RFC 3912) by its answer: text without any form, but registries begin it with remarks that name the service, or with the field of the domain's name. The
/// question is one line, whatever stands in it.
/// </summary>
internal sealed class WhoisRecogniser : IRecogniser
{
    /// <summary>Bytes of the answer that are searched.</summary>
    private const int MaximumSearch = 512;

    /// <summary>Longest question.</summary>
    private const int MaximumQuestion = 512;

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

    /// <summary>One line of text and nothing behind it, or nothing at all.</summary>
    private static bool MayBeQuestion(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumQuestion)
            return false;
        var lines = new TextLines(bytes);
        return lines.MoveNext() ? lines.Rest.IsEmpty : !lines.IsForeign;
    }

    private static bool MayBeAnswer(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.TrimStart(" \r\n"u8);
        return bytes.Length <= MaximumSearch && !bytes.ContainsAnyExcept(Ascii.TextCharacters) && (text.IsEmpty || text[0] is (byte)'%' or (byte)'#' || Words.Begins("Domain Name: "u8, text));
    }

    private static bool IsAnswer(ReadOnlySpan<byte> bytes)
    {
        var text = bytes[..Math.Min(bytes.Length, MaximumSearch)].TrimStart(" \r\n"u8);
        if (text.ContainsAnyExcept(Ascii.TextCharacters))
            return false;
        if (Words.Begins(text, "Domain Name: "u8))
            return true;
        var isRemark = text.Length > 0 && text[0] is (byte)'%' or (byte)'#';
        return isRemark && (Words.OccursAsWord(text, "WHOIS"u8) || Words.Occurs(text, "Database query service"u8));
    }
}
