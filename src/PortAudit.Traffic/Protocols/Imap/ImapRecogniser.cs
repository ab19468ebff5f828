using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Imap;

/// <summary>Recognises IMAP (RFC 3501, RFC 9051) by untagged responses and by commands with a counter tag, and follows
/// STARTTLS (RFC 9051 §6.2.1). A command with another tag waits for the response with the same tag.</summary>
internal sealed class ImapRecogniser : CommandReplyRecogniser
{
    private static ReadOnlySpan<byte> Commands =>
        "CAPABILITY NOOP LOGOUT STARTTLS CHECK CLOSE UNSELECT EXPUNGE IDLE NAMESPACE AUTHENTICATE LOGIN SELECT "u8
            + "EXAMINE CREATE DELETE RENAME SUBSCRIBE UNSUBSCRIBE LIST LSUB STATUS APPEND FETCH STORE COPY MOVE "u8
            + "SEARCH SORT THREAD UID ID ENABLE COMPRESS GETQUOTA GETQUOTAROOT XLIST"u8;

    private static ReadOnlySpan<byte> Statuses => "OK NO BAD PREAUTH BYE"u8;

    private static ReadOnlySpan<byte> Responses =>
        "CAPABILITY FLAGS LIST LSUB STATUS SEARCH NAMESPACE ID QUOTA QUOTAROOT VANISHED ESEARCH ENABLED"u8;

    /// <inheritdoc />
    protected override LineWeight WeighCommand(ReadOnlySpan<byte> line)
    {
        if (!ImapLine.TryParse(line, out var command, out _) || command.IsUntagged
            || !Words.Holds(Commands, command.Word))
            return LineWeight.Foreign;
        var weight = ImapCommand.Weigh(command);
        return weight == LineWeight.Proof && !command.HasCountedTag ? LineWeight.Possible : weight;
    }

    /// <inheritdoc />
    protected override LineWeight WeighReply(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("+ "u8))
            return LineWeight.Possible;
        if (!ImapLine.TryParse(line, out var reply, out _))
            return LineWeight.Foreign;
        if (reply.IsUntagged)
            return IsUntaggedResponse(reply)
                ? IsRefusal(reply) ? LineWeight.Possible : LineWeight.Proof
                : LineWeight.Foreign;
        if (!Words.Holds("OK NO BAD"u8, reply.Word))
            return LineWeight.Foreign;
        return reply.HasCountedTag && Words.Occurs(reply.Rest, "completed"u8) ? LineWeight.Proof : LineWeight.Possible;
    }

    /// <inheritdoc />
    protected override bool MayBegin(ReadOnlySpan<byte> bytes)
    {
        if (ImapLine.TryParse(bytes, out var line, out var error))
            return MayBeWord(line.Word) || (!line.Rest.IsEmpty && Words.IsNumber(line.Word));
        return error == ParseError.Incomplete || bytes[0] == '+' && (bytes.Length == 1 || bytes[1] == ' ');
    }

    /// <inheritdoc />
    protected override bool ProveTogether(ReadOnlySpan<byte> command, ReadOnlySpan<byte> reply) =>
        ImapLine.TryParse(command, out var asked, out _) && ImapLine.TryParse(reply, out var answered, out _)
        && asked.Tag.SequenceEqual(answered.Tag);

    /// <inheritdoc />
    protected override TlsStep StepOf(ReadOnlySpan<byte> command)
    {
        if (!ImapLine.TryParse(command, out var line, out _))
            return TlsStep.Hope;
        if (Words.Same(line.Word, "STARTTLS"u8) && line.Rest.IsEmpty)
            return TlsStep.Ask;
        return Words.Holds("LOGIN AUTHENTICATE SELECT EXAMINE LIST LSUB UID FETCH"u8, line.Word)
            ? TlsStep.Work
            : TlsStep.Hope;
    }

    /// <summary>A challenge response (RFC 9051 §6.2.2) or literal is no command.</summary>
    protected override bool IsAnswered(ReadOnlySpan<byte> command) =>
        ImapLine.TryParse(command, out var line, out _) && !line.IsUntagged && Words.Holds(Commands, line.Word);

    /// <summary>Tagged lines complete commands (RFC 9051 §7.1), nearly always in order.</summary>
    protected override ServerAnswer AnswerOf(ReadOnlySpan<byte> reply, bool mayGreet)
    {
        if (!ImapLine.TryParse(reply, out var line, out _) || line.IsUntagged)
            return ServerAnswer.None;
        if (Words.Same(line.Word, "OK"u8))
            return ServerAnswer.Consent;
        return Words.Same(line.Word, "NO"u8) || Words.Same(line.Word, "BAD"u8)
            ? ServerAnswer.Refusal
            : ServerAnswer.None;
    }

    /// <inheritdoc />
    protected override bool IsGoAhead(ReadOnlySpan<byte> reply) =>
        ImapLine.TryParse(reply, out var line, out _) && !line.IsUntagged && Words.Same(line.Word, "OK"u8);

    private static bool MayBeWord(ReadOnlySpan<byte> word) =>
        Words.HoldsBeginning(Commands, word) || Words.HoldsBeginning(Statuses, word)
        || Words.HoldsBeginning(Responses, word) || Words.IsNumber(word);

    /// <summary>An unsolicited warning: no greeting (RFC 9051 §7.1), and a notice in capitals begins the same
    /// way.</summary>
    private static bool IsRefusal(ImapLine reply) => Words.Holds("NO BAD"u8, reply.Word);

    /// <summary>Servers write these words in capitals, unlike prose lists.</summary>
    private static bool IsUntaggedResponse(ImapLine reply)
    {
        if (reply.Word.ContainsAnyInRange((byte)'a', (byte)'z'))
            return false;
        if (Words.Holds(Statuses, reply.Word))
            return true;
        if (Words.Holds(Responses, reply.Word))
            return reply.Rest.IsEmpty || reply.Rest[0] is (byte)'(' or (byte)'"' || !Words.Same(reply.Word, "LIST"u8);
        var rest = reply.Rest;
        return Words.IsNumber(reply.Word) && Words.Holds("EXISTS RECENT EXPUNGE FETCH"u8, Words.Take(ref rest));
    }
}
