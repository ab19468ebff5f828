using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Nntp;

/// <summary>Recognises NNTP (RFC 3977, RFC 4643 for <c>AUTHINFO</c>, RFC 4644 for streaming) by banner, unique commands
/// and replies with groups and articles, and follows STARTTLS (RFC 4642).</summary>
internal sealed class NntpRecogniser : CommandReplyRecogniser
{
    private static ReadOnlySpan<byte> Verbs =>
        "CAPABILITIES MODE QUIT GROUP LISTGROUP LAST NEXT ARTICLE HEAD BODY STAT POST IHAVE DATE HELP NEWGROUPS "u8
            + "NEWNEWS OVER XOVER HDR XHDR LIST AUTHINFO STARTTLS CHECK TAKETHIS COMPRESS XGTITLE XPAT SLAVE"u8;

    private static ReadOnlySpan<byte> Pairs =>
        "GROUP200 GROUP201 GROUP211 GROUP411 GROUP480 LISTGROUP211 ARTICLE220 HEAD221 BODY222 STAT223 NEXT223 "u8
            + "LAST223 ARTICLE430 POST340 POST200 POST440 DATE111 HELP100 LIST215 XOVER224 OVER224 XHDR221 HDR225 "u8
            + "STARTTLS382 STARTTLS580 STARTTLS200 STARTTLS201 MODE200 MODE201 MODE203 ARTICLE200 ARTICLE201 QUIT205 "u8
            + "AUTHINFO381 AUTHINFO281"u8;

    private static ReadOnlySpan<byte> ListKeywords => "ACTIVE ACTIVE.TIMES NEWSGROUPS OVERVIEW.FMT DISTRIB.PATS "u8
        + "DISTRIBUTIONS HEADERS COUNTS SUBSCRIPTIONS MODERATORS"u8;

    /// <inheritdoc />
    protected override LineWeight WeighCommand(ReadOnlySpan<byte> line)
    {
        var command = new CommandLine(line);
        if (!Words.Holds(Verbs, command.Verb))
            return LineWeight.Foreign;
        if (command.IsBare("CAPABILITIES"u8))
            return LineWeight.Proof;
        var argument = command.Argument;
        var first = Words.Take(ref argument);
        if (command.Is("MODE"u8))
            return Words.Holds("READER STREAM"u8, first) && argument.IsEmpty ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("AUTHINFO"u8))
            return Words.Holds("USER PASS SASL SIMPLE GENERIC"u8, first) ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("LIST"u8))
            return WeighList(command.Verb, first, argument);
        if (Words.Holds("XOVER OVER"u8, command.Verb))
            return WeighOverview(command, first, argument);
        if (Words.Holds("ARTICLE HEAD BODY STAT IHAVE CHECK TAKETHIS"u8, command.Verb))
            return IsMessageId(first) ? LineWeight.Proof : LineWeight.Possible;
        if (Words.Holds("NEWGROUPS NEWNEWS"u8, command.Verb))
            return command.HasArgument ? LineWeight.Proof : LineWeight.Possible;
        return LineWeight.Possible;
    }

    /// <inheritdoc />
    protected override LineWeight WeighReply(ReadOnlySpan<byte> line)
    {
        if (!ReplyLine.TryParse(line, out var reply))
            return LineWeight.Foreign;
        if (reply.HasMore)
            return LineWeight.Foreign;
        var text = reply.Text;
        if (reply.Is("200"u8) || reply.Is("201"u8))
            return WeighBanner(text);
        if (reply.Is("211"u8))
            return IsGroup(text) ? LineWeight.Proof : LineWeight.Possible;
        if (reply.Is("220"u8) || reply.Is("221"u8) || reply.Is("222"u8) || reply.Is("223"u8))
            return Words.IsNumber(Words.Take(ref text)) && IsMessageId(Words.Take(ref text))
                ? LineWeight.Proof
                : LineWeight.Possible;
        var isItsOwn = (reply.Is("215"u8) && Words.Occurs(text, "newsgroups"u8))
            || (reply.Is("101"u8) && Words.Occurs(text, "capability list"u8));
        return isItsOwn ? LineWeight.Proof : LineWeight.Possible;
    }

    /// <inheritdoc />
    protected override bool MayBegin(ReadOnlySpan<byte> bytes)
    {
        var command = new CommandLine(bytes);
        return ReplyLine.MayBegin(bytes)
            || (bytes.Contains((byte)' ') ? Words.Holds(Verbs, command.Verb) : Words.HoldsBeginning(Verbs, bytes));
    }

    /// <inheritdoc />
    protected override bool ProveTogether(ReadOnlySpan<byte> command, ReadOnlySpan<byte> reply) =>
        Words.HoldsPair(Pairs, new CommandLine(command).Verb, reply);

    /// <inheritdoc />
    protected override TlsStep StepOf(ReadOnlySpan<byte> command)
    {
        var line = new CommandLine(command);
        if (line.IsBare("STARTTLS"u8))
            return TlsStep.Ask;
        return Words.Holds("AUTHINFO GROUP LISTGROUP ARTICLE HEAD BODY POST IHAVE CHECK TAKETHIS XOVER OVER NEWNEWS"u8,
            line.Verb) ? TlsStep.Work : TlsStep.Hope;
    }

    /// <inheritdoc />
    protected override ServerAnswer AnswerOf(ReadOnlySpan<byte> reply, bool mayGreet) =>
        ReplyLine.AnswerOf(reply, mayGreet, hasPreliminary: false);

    /// <inheritdoc />
    protected override bool IsGoAhead(ReadOnlySpan<byte> reply) =>
        ReplyLine.TryParse(reply, out var line) && line.Is("382"u8);

    /// <summary>A keyword and at most one argument (RFC 3977 §7.6.1). Where the keyword may be any word, only capitals
    /// distinguish it from prose.</summary>
    private static LineWeight WeighList(ReadOnlySpan<byte> verb, ReadOnlySpan<byte> keyword,
        ReadOnlySpan<byte> argument)
    {
        if (argument.Contains((byte)' '))
            return LineWeight.Foreign;
        var isOwn = Words.Holds(ListKeywords, keyword)
            && (keyword.Contains((byte)'.') || !verb.ContainsAnyInRange((byte)'a', (byte)'z'));
        return isOwn ? LineWeight.Proof : LineWeight.Possible;
    }

    /// <summary>A range, a message id, or nothing (RFC 3977 §8.3.1, RFC 2980 §2.8). A bare number after <c>OVER</c> may
    /// be prose.</summary>
    private static LineWeight WeighOverview(CommandLine command, ReadOnlySpan<byte> first, ReadOnlySpan<byte> rest)
    {
        if (!command.HasArgument)
            return LineWeight.Possible;
        if (!rest.IsEmpty || !(IsRange(first) || IsMessageId(first)))
            return LineWeight.Foreign;
        return Words.IsNumber(first) && command.Is("OVER"u8) ? LineWeight.Possible : LineWeight.Proof;
    }

    private static LineWeight WeighBanner(ReadOnlySpan<byte> text)
    {
        if (Words.Occurs(text, "NNTP"u8) || Words.Occurs(text, "InterNetNews"u8)
            || Words.OccursAsWord(text, "posting"u8))
            return LineWeight.Proof;
        return Words.Occurs(text, "news"u8) ? LineWeight.Likely : LineWeight.Possible;
    }

    /// <summary>GROUP's reply: count, first, last and name (RFC 3977 §6.1.1).</summary>
    private static bool IsGroup(ReadOnlySpan<byte> text) =>
        Words.IsNumber(Words.Take(ref text)) && Words.IsNumber(Words.Take(ref text))
        && Words.IsNumber(Words.Take(ref text)) && !text.IsEmpty;

    private static bool IsMessageId(ReadOnlySpan<byte> word) => word.Length > 2 && word[0] == '<' && word[^1] == '>';

    private static bool IsRange(ReadOnlySpan<byte> word)
    {
        var hyphen = word.IndexOf((byte)'-');
        return hyphen > 0 ? Words.IsNumber(word[..hyphen]) : Words.IsNumber(word);
    }
}
