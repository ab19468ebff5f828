using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Smtp;

/// <summary>Recognises SMTP (RFC 5321) and LMTP (RFC 2033) by greetings, mail commands, EHLO keywords and enhanced
/// status codes (RFC 3463), and follows STARTTLS (RFC 3207) and Exchange's equivalent <c>X-ANONYMOUSTLS</c> between its
/// servers. A banner <c>220</c> without "SMTP" may be FTP's.</summary>
internal sealed class SmtpRecogniser : CommandReplyRecogniser
{
    private static ReadOnlySpan<byte> Verbs =>
        "EHLO HELO LHLO MAIL RCPT DATA BDAT RSET VRFY EXPN HELP NOOP QUIT AUTH STARTTLS ETRN TURN BURL SAML SOML "u8
            + "SEND XCLIENT XFORWARD X-EXPS X-LINK2STATE XEXCH50 X-ANONYMOUSTLS"u8;

    private static ReadOnlySpan<byte> Pairs =>
        "EHLO220 HELO220 LHLO220 EHLO250 HELO250 LHLO250 DATA354 DATA503 RSET250 NOOP250 AUTH334 AUTH235 AUTH535 "u8
            + "AUTH504 STARTTLS220 STARTTLS454 VRFY220 VRFY250 VRFY252 EXPN220 EXPN250 ETRN250 X-EXPS334"u8;

    /// <summary>IANA "SMTP Service Extensions", and additions of Exchange and Postfix.</summary>
    private static ReadOnlySpan<byte> Keywords =>
        "PIPELINING 8BITMIME ENHANCEDSTATUSCODES STARTTLS DSN CHUNKING BINARYMIME SMTPUTF8 ETRN DELIVERBY CHECKPOINT "u8
            + "ATRN REQUIRETLS MT-PRIORITY FUTURERELEASE XEXCH50 X-EXPS X-LINK2STATE XCLIENT XFORWARD X-ANONYMOUSTLS "u8
            + "XSHADOW XRDST VRFY EXPN"u8;

    /// <inheritdoc />
    protected override LineWeight WeighCommand(ReadOnlySpan<byte> line)
    {
        var command = new CommandLine(line);
        if (!Words.Holds(Verbs, command.Verb))
            return LineWeight.Foreign;
        var argument = command.Argument;
        if (IsGreeting(command))
            return argument.IsEmpty || argument.Contains((byte)' ') ? LineWeight.Possible : LineWeight.Proof;
        if (command.Is("MAIL"u8))
            return Words.Begins(argument, "FROM:"u8) ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("RCPT"u8))
            return Words.Begins(argument, "TO:"u8) ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("BDAT"u8))
            return Words.IsNumber(Words.Take(ref argument)) ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("AUTH"u8))
            return SaslMechanisms.Contain(Words.Take(ref argument)) ? LineWeight.Possible : LineWeight.Foreign;
        return LineWeight.Possible;
    }

    /// <inheritdoc />
    protected override LineWeight WeighReply(ReadOnlySpan<byte> line)
    {
        if (!ReplyLine.TryParse(line, out var reply))
            return LineWeight.Foreign;
        if (HasEnhancedStatus(reply))
            return LineWeight.Proof;
        if (reply.Is("220"u8))
            return WeighBanner(reply.Text);
        if (reply.Is("250"u8))
            return HasKeyword(reply.Text) ? LineWeight.Proof : LineWeight.Possible;
        var asksForMail = reply.Is("354"u8) && (Words.Occurs(reply.Text, "<CRLF>.<CRLF>"u8)
            || Words.Occurs(reply.Text, "<CR><LF>"u8) || Words.Occurs(reply.Text, "mail input"u8));
        return asksForMail ? LineWeight.Proof : LineWeight.Possible;
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
    protected override void Describe(ReadOnlySpan<byte> command, ref Recognition recognition)
    {
        if (!new CommandLine(command).Is("LHLO"u8))
            return;
        recognition.Service = "lmtp";
        recognition.ServiceBasis = IdentificationBasis.Payload;
    }

    /// <inheritdoc />
    protected override TlsStep StepOf(ReadOnlySpan<byte> command)
    {
        var line = new CommandLine(command);
        if (line.IsBare("STARTTLS"u8) || line.IsBare("X-ANONYMOUSTLS"u8))
            return TlsStep.Ask;
        return Words.Holds("MAIL AUTH RCPT DATA BDAT ETRN X-EXPS"u8, line.Verb) ? TlsStep.Work : TlsStep.Hope;
    }

    /// <inheritdoc />
    protected override ServerAnswer AnswerOf(ReadOnlySpan<byte> reply, bool mayGreet) =>
        ReplyLine.AnswerOf(reply, mayGreet, hasPreliminary: false);

    /// <inheritdoc />
    protected override bool IsGoAhead(ReadOnlySpan<byte> reply) =>
        ReplyLine.TryParse(reply, out var line) && line.Is("220"u8) && !line.HasMore;

    private static bool IsGreeting(CommandLine command) =>
        command.Is("EHLO"u8) || command.Is("HELO"u8) || command.Is("LHLO"u8);

    private static LineWeight WeighBanner(ReadOnlySpan<byte> text)
    {
        if (Words.OccursAsWord(text, "ESMTP"u8) || Words.OccursAsWord(text, "SMTP"u8)
            || Words.OccursAsWord(text, "LMTP"u8))
            return LineWeight.Proof;
        return Words.OccursAsWord(text, "mail"u8) && !Words.Occurs(text, "ftp"u8)
            ? LineWeight.Likely
            : LineWeight.Possible;
    }

    private static bool HasKeyword(ReadOnlySpan<byte> text)
    {
        var rest = text;
        var word = Words.Take(ref rest);
        if (Words.Same(word, "SIZE"u8))
            return Words.IsNumber(rest);
        if (Words.Same(word, "AUTH"u8))
            return SaslMechanisms.Contain(Words.Take(ref rest));
        return rest.IsEmpty && Words.Holds(Keywords, word);
    }

    /// <summary>RFC 3463 §2: class, subject and detail, separated by dots; the class is the first digit of the
    /// code.</summary>
    private static bool HasEnhancedStatus(ReplyLine reply)
    {
        var rest = reply.Text;
        var status = Words.Take(ref rest);
        if (status.Length < 5 || status[0] is not ((byte)'2' or (byte)'4' or (byte)'5') || status[0] != reply.Code[0]
            || status[1] != '.')
            return false;
        var numbers = status[2..];
        var dot = numbers.IndexOf((byte)'.');
        return dot is >= 1 and <= 3 && Words.IsNumber(numbers[..dot]) && numbers.Length - dot <= 4
            && Words.IsNumber(numbers[(dot + 1)..]);
    }
}
