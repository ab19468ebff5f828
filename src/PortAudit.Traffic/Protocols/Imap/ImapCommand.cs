using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Imap;

/// <summary>Examines an IMAP command by its grammar (RFC 9051 §6 and §9; extensions of RFC 3501, 2177, 2342, 2971,
/// 4314, 4978, 5256, 5258, 9208). Many commands are English words, and a number before one may be a menu item: where a
/// menu could say the same, only signs of a program (quotes, brackets, number sets, capitals) are proof.</summary>
internal static class ImapCommand
{
    private static readonly CharacterClass SetCharacters = new("0123456789:,*$"u8);

    /// <summary>Commands without arguments that are unique words.</summary>
    private static ReadOnlySpan<byte> OwnWords => "CAPABILITY NOOP STARTTLS UNSELECT EXPUNGE NAMESPACE"u8;

    /// <summary>Commands without arguments that are also menu words.</summary>
    private static ReadOnlySpan<byte> BareWords => "LOGOUT CHECK CLOSE IDLE"u8;

    private static ReadOnlySpan<byte> MailboxCommands => "SELECT EXAMINE CREATE DELETE SUBSCRIBE UNSUBSCRIBE"u8;

    /// <summary>Commands that may follow UID (RFC 9051 §6.4.9, RFC 5256).</summary>
    private static ReadOnlySpan<byte> OfIdentifiers => "FETCH STORE COPY MOVE SEARCH EXPUNGE SORT THREAD"u8;

    private static ReadOnlySpan<byte> FetchItems => "ALL FAST FULL FLAGS ENVELOPE INTERNALDATE UID BODY "u8
        + "BODYSTRUCTURE BINARY RFC822 RFC822.SIZE RFC822.HEADER RFC822.TEXT MODSEQ"u8;

    private static ReadOnlySpan<byte> StoreItems => "FLAGS +FLAGS -FLAGS FLAGS.SILENT +FLAGS.SILENT -FLAGS.SILENT"u8;

    /// <summary>SEARCH keys (RFC 9051 §6.4.4), and what may precede them.</summary>
    private static ReadOnlySpan<byte> SearchKeys =>
        "ALL ANSWERED BCC BEFORE BODY CC CHARSET DELETED DRAFT FLAGGED FROM HEADER KEYWORD LARGER NEW NOT OLD ON OR "u8
            + "RECENT RETURN SEEN SENTBEFORE SENTON SENTSINCE SINCE SMALLER SUBJECT TEXT TO UID UNANSWERED UNDELETED "u8
            + "UNDRAFT UNFLAGGED UNKEYWORD UNSEEN MODSEQ YOUNGER OLDER"u8;

    /// <summary>Examines a command with any tag. <see cref="LineWeight.Foreign"/> when its arguments do not fit its
    /// grammar.</summary>
    public static LineWeight Weigh(ImapLine command) => Weigh(command.Word, command.Rest);

    private static LineWeight Weigh(ReadOnlySpan<byte> word, ReadOnlySpan<byte> arguments)
    {
        if (Words.Holds(OwnWords, word) || Words.Holds(BareWords, word))
            return !arguments.IsEmpty
                ? LineWeight.Foreign
                : Words.Holds(OwnWords, word) ? LineWeight.Proof : LineWeight.Possible;
        var rest = arguments;
        var first = Words.Take(ref rest);
        if (first.IsEmpty)
            return LineWeight.Foreign; // no argument, or a second space, which the grammar has nowhere
        if (Words.Holds(MailboxCommands, word))
            return WeighMailbox(first, rest);
        if (Words.Same(word, "UID"u8))
            return Words.Holds(OfIdentifiers, first) ? WeighNumbered(first, rest) : LineWeight.Foreign;
        if (Words.Holds("FETCH STORE COPY MOVE SEARCH SORT THREAD"u8, word))
            return WeighNumbered(word, arguments);
        if (Words.Same(word, "LOGIN"u8) || Words.Same(word, "RENAME"u8))
            return WeighTwo(word, first, rest);
        if (Words.Holds("LIST LSUB XLIST"u8, word))
            return WeighList(first, rest);
        return WeighOther(word, first, rest);
    }

    private static LineWeight WeighOther(ReadOnlySpan<byte> word, ReadOnlySpan<byte> first, ReadOnlySpan<byte> rest)
    {
        if (Words.Same(word, "AUTHENTICATE"u8))
            return SaslMechanisms.Contain(first) ? LineWeight.Proof : LineWeight.Foreign;
        if (Words.Same(word, "ID"u8))
            return first[0] == '(' || (Words.Same(first, "NIL"u8) && rest.IsEmpty)
                ? LineWeight.Proof
                : LineWeight.Foreign;
        if (Words.Same(word, "COMPRESS"u8))
            return Words.Same(first, "DEFLATE"u8) && rest.IsEmpty ? LineWeight.Proof : LineWeight.Foreign;
        if (Words.Same(word, "STATUS"u8))
            return rest.IndexOf((byte)'(') >= 0 || IsLiteral(first) ? LineWeight.Proof : LineWeight.Foreign;
        if (Words.Same(word, "APPEND"u8))
            return IsLiteral(first) || IsLiteral(rest) ? LineWeight.Proof : LineWeight.Foreign;
        if (Words.Same(word, "ENABLE"u8))
            return LineWeight.Possible;
        return rest.IsEmpty || IsQuoted(first) ? LineWeight.Proof : LineWeight.Foreign; // GETQUOTA, GETQUOTAROOT
    }

    /// <summary>One mailbox, followed only by parameters in brackets (RFC 4466 §2.1).</summary>
    private static LineWeight WeighMailbox(ReadOnlySpan<byte> first, ReadOnlySpan<byte> rest)
    {
        if (IsQuoted(first) || IsLiteral(first))
            return LineWeight.Proof;
        if (!rest.IsEmpty)
            return rest[0] == '(' ? LineWeight.Proof : LineWeight.Foreign;
        return Words.Same(first, "INBOX"u8) || first.ContainsAny("/&"u8) ? LineWeight.Proof : LineWeight.Possible;
    }

    private static LineWeight WeighTwo(ReadOnlySpan<byte> word, ReadOnlySpan<byte> first, ReadOnlySpan<byte> rest)
    {
        if (IsQuoted(first) || IsLiteral(first) || (!rest.IsEmpty && (IsQuoted(rest) || IsLiteral(rest))))
            return LineWeight.Proof;
        if (rest.IsEmpty || rest.Contains((byte)' '))
            return LineWeight.Foreign;
        return IsInCapitals(word) ? LineWeight.Proof : LineWeight.Possible;
    }

    /// <summary>A reference and a pattern (RFC 9051 §6.3.9), optionally preceded by options in brackets.</summary>
    private static LineWeight WeighList(ReadOnlySpan<byte> first, ReadOnlySpan<byte> rest)
    {
        if (IsQuoted(first) || IsLiteral(first) || first[0] == '(')
            return LineWeight.Proof;
        if (rest.IsEmpty)
            return LineWeight.Foreign;
        if (IsQuoted(rest) || IsLiteral(rest) || rest[0] == '(' || rest.ContainsAny("*%"u8))
            return LineWeight.Proof;
        return rest.Contains((byte)' ') ? LineWeight.Foreign : LineWeight.Possible;
    }

    /// <summary>Commands on numbered messages (RFC 9051 §6.4), and the three search commands.</summary>
    private static LineWeight WeighNumbered(ReadOnlySpan<byte> word, ReadOnlySpan<byte> arguments)
    {
        var rest = arguments;
        var first = Words.Take(ref rest);
        if (first.IsEmpty)
            return LineWeight.Foreign;
        if (Words.Same(word, "SEARCH"u8))
            return WeighSearch(first);
        if (Words.Same(word, "SORT"u8))
            return first[0] == '(' || Words.Same(first, "RETURN"u8) ? LineWeight.Proof : LineWeight.Foreign;
        if (Words.Same(word, "THREAD"u8))
            return Words.Holds("REFERENCES REFS ORDEREDSUBJECT"u8, first) && !rest.IsEmpty
                ? LineWeight.Proof
                : LineWeight.Foreign;
        if (!IsSet(first))
            return LineWeight.Foreign;
        if (Words.Same(word, "EXPUNGE"u8))
            return rest.IsEmpty ? LineWeight.Proof : LineWeight.Foreign;
        if (rest.IsEmpty)
            return LineWeight.Foreign;
        if (Words.Same(word, "COPY"u8) || Words.Same(word, "MOVE"u8))
            return IsQuoted(rest) || IsLiteral(rest) ? LineWeight.Proof : rest.Contains((byte)' ')
                ? LineWeight.Foreign
                : Words.IsNumber(first) ? LineWeight.Possible : LineWeight.Proof;
        var item = rest[..ItemLength(rest)];
        var items = Words.Same(word, "STORE"u8) ? StoreItems : FetchItems;
        return rest[0] == '(' || Words.Holds(items, item) ? LineWeight.Proof : LineWeight.Foreign;
    }

    private static LineWeight WeighSearch(ReadOnlySpan<byte> first)
    {
        if (first[0] == '(' || first.ContainsAny(":,"u8) && IsSet(first))
            return LineWeight.Proof;
        if (!Words.Holds(SearchKeys, first))
            return IsSet(first) ? LineWeight.Possible : LineWeight.Foreign;
        return IsInCapitals(first) ? LineWeight.Proof : LineWeight.Possible;
    }

    /// <summary>Length of a FETCH item up to its section (RFC 9051 §6.4.5).</summary>
    private static int ItemLength(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny(" [<("u8);
        return end < 0 ? rest.Length : end;
    }

    /// <summary>Numbers, ranges and <c>*</c>, or <c>$</c> for the latest search result (RFC 9051 §9,
    /// <c>sequence-set</c>).</summary>
    private static bool IsSet(ReadOnlySpan<byte> word) => !word.IsEmpty && !word.ContainsAnyExcept(SetCharacters);

    private static bool IsQuoted(ReadOnlySpan<byte> text) => !text.IsEmpty && text[0] == '"';

    /// <summary>True for text ending in the length of a literal, which follows on the next line (RFC 9051
    /// §4.3).</summary>
    private static bool IsLiteral(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[^1] == '}' && text.Contains((byte)'{');

    private static bool IsInCapitals(ReadOnlySpan<byte> word) => !word.ContainsAnyInRange((byte)'a', (byte)'z');
}
