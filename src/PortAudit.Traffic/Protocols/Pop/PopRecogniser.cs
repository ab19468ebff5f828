using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Pop;

/// <summary>Recognises POP3 (RFC 1939, RFC 2449 for <c>CAPA</c>) and follows <c>STLS</c> (RFC 2595 §4). Redis also
/// replies <c>+OK</c>, and FTP begins with <c>USER</c>: these wait for the other side.</summary>
internal sealed class PopRecogniser : CommandReplyRecogniser
{
    /// <summary>Hexadecimal digits of an APOP digest (RFC 1939 §7).</summary>
    private const int DigestLength = 32;

    private static ReadOnlySpan<byte> Verbs =>
        "USER PASS APOP STAT LIST RETR DELE NOOP RSET QUIT TOP UIDL CAPA STLS AUTH UTF8 LANG XTND"u8;

    private static ReadOnlySpan<byte> Pairs => "USER+OK USER-ER PASS+OK PASS-ER APOP+OK STAT+OK LIST+OK RETR+OK "u8
        + "DELE+OK NOOP+OK RSET+OK TOP+OK AUTH+OK STAT-ER LIST-ER RETR-ER DELE-ER UTF8+OK"u8;

    /// <inheritdoc />
    protected override LineWeight WeighCommand(ReadOnlySpan<byte> line)
    {
        var command = new CommandLine(line);
        if (!Words.Holds(Verbs, command.Verb))
            return LineWeight.Foreign;
        if (command.IsBare("CAPA"u8) || command.IsBare("STLS"u8))
            return LineWeight.Proof;
        var argument = command.Argument;
        if (command.Is("APOP"u8))
            return IsDigest(argument[(argument.LastIndexOf((byte)' ') + 1)..]) ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("UIDL"u8))
            return !command.HasArgument || Words.IsNumber(argument) ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("TOP"u8))
            return Words.IsNumber(Words.Take(ref argument)) && Words.IsNumber(argument)
                ? LineWeight.Proof
                : LineWeight.Foreign;
        if (command.Is("AUTH"u8))
            return !command.HasArgument || SaslMechanisms.Contain(Words.Take(ref argument))
                ? LineWeight.Possible
                : LineWeight.Foreign;
        if (command.Is("RETR"u8) || command.Is("DELE"u8))
            return Words.IsNumber(argument) ? LineWeight.Possible : LineWeight.Foreign;
        return LineWeight.Possible;
    }

    /// <inheritdoc />
    protected override LineWeight WeighReply(ReadOnlySpan<byte> line)
    {
        var rest = line;
        var status = Words.Take(ref rest);
        if (status.SequenceEqual("-ERR"u8))
            return IsExtendedError(rest) ? LineWeight.Proof : LineWeight.Possible;
        if (!status.SequenceEqual("+OK"u8))
            return LineWeight.Foreign;
        if (rest.IsEmpty)
            return LineWeight.Possible;
        var speaksOfMail = Words.Occurs(rest, "POP"u8) || Words.Occurs(rest, "octets"u8)
            || Words.Occurs(rest, "message"u8) || Words.Occurs(rest, "mailbox"u8) || Words.Occurs(rest, "maildrop"u8);
        return speaksOfMail || HasTimestamp(rest) || IsTwoNumbers(rest) ? LineWeight.Proof : LineWeight.Likely;
    }

    /// <inheritdoc />
    protected override bool MayBegin(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] is (byte)'+' or (byte)'-')
            return Agrees(bytes, "+OK "u8) || Agrees(bytes, "-ERR "u8);
        var command = new CommandLine(bytes);
        return bytes.Contains((byte)' ') ? Words.Holds(Verbs, command.Verb) : Words.HoldsBeginning(Verbs, bytes);
    }

    /// <inheritdoc />
    protected override bool ProveTogether(ReadOnlySpan<byte> command, ReadOnlySpan<byte> reply) =>
        Words.HoldsPair(Pairs, new CommandLine(command).Verb, reply);

    /// <inheritdoc />
    protected override TlsStep StepOf(ReadOnlySpan<byte> command)
    {
        var line = new CommandLine(command);
        if (line.IsBare("STLS"u8))
            return TlsStep.Ask;
        return Words.Holds("USER PASS APOP STAT LIST RETR UIDL TOP"u8, line.Verb)
            || (line.HasArgument && line.Is("AUTH"u8)) ? TlsStep.Work : TlsStep.Hope;
    }

    /// <summary>A greeting is also <c>+OK</c> (RFC 1939 §4); a challenge (RFC 5034 §4) requests the next
    /// line.</summary>
    protected override ServerAnswer AnswerOf(ReadOnlySpan<byte> reply, bool mayGreet)
    {
        if (reply.StartsWith("-ERR"u8))
            return ServerAnswer.Refusal;
        return !mayGreet && !reply.IsEmpty && reply[0] == '+' ? ServerAnswer.Consent : ServerAnswer.None;
    }

    /// <inheritdoc />
    protected override bool IsGoAhead(ReadOnlySpan<byte> reply) => reply.StartsWith("+OK"u8);

    private static bool Agrees(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> status) =>
        bytes.CommonPrefixLength(status) == Math.Min(bytes.Length, status.Length);

    private static bool IsDigest(ReadOnlySpan<byte> word)
    {
        if (word.Length != DigestLength)
            return false;
        foreach (var digit in word)
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return false;
        }

        return true;
    }

    /// <summary>The banner of a server supporting APOP ends in a message id (RFC 1939 §7).</summary>
    private static bool HasTimestamp(ReadOnlySpan<byte> text)
    {
        var open = text.LastIndexOf((byte)'<');
        return open >= 0 && text[^1] == '>' && text[open..].Contains((byte)'@');
    }

    /// <summary>STAT's reply: messages and octets (RFC 1939 §5).</summary>
    private static bool IsTwoNumbers(ReadOnlySpan<byte> text) =>
        Words.IsNumber(Words.Take(ref text)) && Words.IsNumber(Words.Take(ref text));

    /// <summary>Codes of RFC 2449 §8 and RFC 3206.</summary>
    private static bool IsExtendedError(ReadOnlySpan<byte> text) =>
        Words.Begins(text, "[AUTH]"u8) || Words.Begins(text, "[SYS/"u8) || Words.Begins(text, "[IN-USE]"u8)
        || Words.Begins(text, "[LOGIN-DELAY]"u8);
}
