using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Irc;

/// <summary>Recognises IRC (RFC 1459, RFC 2812) by registration, messages and server lines with a source, and follows
/// IRCv3's STARTTLS.</summary>
internal sealed class IrcRecogniser : CommandReplyRecogniser
{
    private static ReadOnlySpan<byte> Verbs =>
        "NICK USER CAP PASS JOIN PRIVMSG NOTICE PING PONG QUIT PART MODE TOPIC WHO WHOIS WHOWAS LIST NAMES ISON "u8
            + "USERHOST AUTHENTICATE STARTTLS SERVER PROTOCTL OPER INVITE KICK AWAY MOTD LUSERS VERSION"u8;

    private static ReadOnlySpan<byte> Relayed => "PRIVMSG NOTICE JOIN PART QUIT NICK MODE TOPIC KICK INVITE PING "u8
        + "PONG CAP ERROR KILL WALLOPS ACCOUNT AWAY CHGHOST"u8;

    /// <inheritdoc />
    protected override CharacterClass Characters => Ascii.ChatCharacters;

    /// <inheritdoc />
    protected override LineWeight WeighCommand(ReadOnlySpan<byte> line)
    {
        var command = new CommandLine(line);
        if (!Words.Holds(Verbs, command.Verb))
            return LineWeight.Foreign;
        var rest = command.Argument;
        var first = Words.Take(ref rest);
        if (command.Is("NICK"u8))
            return WeighNick(line, first, rest);
        if (command.Is("USER"u8))
            // in lower case, which no client writes, it may be prose
            return line.StartsWith("USER"u8) && NamesUser(rest) ? LineWeight.Proof : LineWeight.Possible;
        if (command.Is("CAP"u8))
            return Words.Holds("LS LIST REQ END ACK"u8, first) ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("JOIN"u8))
            return !first.IsEmpty && first[0] is (byte)'#' or (byte)'&' or (byte)'+' or (byte)'!'
                ? LineWeight.Proof
                : LineWeight.Possible;
        if (command.Is("PRIVMSG"u8) || command.Is("NOTICE"u8))
            return !IsEverybody(first) && !rest.IsEmpty && rest[0] == ':' ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("PING"u8))
            return first.IsEmpty || first[0] == ':' ? LineWeight.Foreign : LineWeight.Possible;
        return command.Is("PONG"u8) ? LineWeight.Likely : LineWeight.Possible;
    }

    /// <inheritdoc />
    protected override LineWeight WeighReply(ReadOnlySpan<byte> line)
    {
        var rest = line;
        var first = Words.Take(ref rest);
        if (Words.Same(first, "NOTICE"u8))
            return IsEverybody(Words.Take(ref rest)) && !rest.IsEmpty && rest[0] == ':'
                ? LineWeight.Proof
                : LineWeight.Foreign;
        if (Words.Same(first, "PING"u8))
            return !rest.IsEmpty && rest[0] == ':' ? LineWeight.Likely : LineWeight.Foreign;
        if (Words.Same(first, "ERROR"u8))
            return Words.Begins(rest, ":Closing Link"u8) ? LineWeight.Proof : LineWeight.Foreign;
        if (first.Length < 2 || first[0] != ':')
            return LineWeight.Foreign;
        var word = Words.Take(ref rest);
        var isNumeric = word.Length == ReplyLine.CodeLength && Words.IsNumber(word);
        if (rest.IsEmpty || !(isNumeric || Words.Holds(Relayed, word)))
            return LineWeight.Foreign;
        return IsSource(first[1..]) ? LineWeight.Proof : LineWeight.Possible;
    }

    /// <summary>A nickname, and between servers the distance (RFC 2812 §3.1.2, RFC 1459 §4.1.2). In lower case, which
    /// no client writes, it may be prose.</summary>
    private static LineWeight WeighNick(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ReadOnlySpan<byte> rest)
    {
        if (name.IsEmpty || !(rest.IsEmpty || Words.IsNumber(rest)))
            return LineWeight.Foreign;
        return line.StartsWith("NICK"u8) ? LineWeight.Proof : LineWeight.Possible;
    }

    /// <summary>True for the parameters of USER: mode, an unused word, and the real name after a colon (RFC 2812
    /// §3.1.3).</summary>
    private static bool NamesUser(ReadOnlySpan<byte> rest)
    {
        var mode = Words.Take(ref rest);
        var unused = Words.Take(ref rest);
        return !mode.IsEmpty && !unused.IsEmpty && mode[0] != ':' && unused[0] != ':' && !rest.IsEmpty
            && rest[0] == ':';
    }

    /// <summary>True for a server's name, or a client's with user and host (RFC 2812 §2.3.1); a bare nickname or
    /// unqualified host may be any word.</summary>
    private static bool IsSource(ReadOnlySpan<byte> name) =>
        name.IndexOf((byte)'!') > 0 || (name.IndexOf((byte)'.') > 0 && name.ContainsAnyInRange((byte)'a', (byte)'z'));

    /// <inheritdoc />
    protected override bool MayBegin(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] == ':')
            return true;
        var command = new CommandLine(bytes);
        return bytes.Contains((byte)' ')
            ? Words.Holds(Verbs, command.Verb) || command.Is("ERROR"u8)
            : Words.HoldsBeginning(Verbs, bytes) || Words.Begins("ERROR"u8, bytes);
    }

    /// <inheritdoc />
    protected override bool ProveTogether(ReadOnlySpan<byte> command, ReadOnlySpan<byte> reply) =>
        new CommandLine(command).Is("PONG"u8) && Words.Begins(reply, "PING"u8);

    /// <inheritdoc />
    protected override TlsStep StepOf(ReadOnlySpan<byte> command)
    {
        var line = new CommandLine(command);
        if (line.IsBare("STARTTLS"u8))
            return TlsStep.Ask;
        return Words.Holds("USER JOIN PRIVMSG PONG AUTHENTICATE"u8, line.Verb) ? TlsStep.RuledOut : TlsStep.Hope;
    }

    /// <summary>RPL_STARTTLS of the IRCv3 extension <c>tls</c>.</summary>
    protected override bool IsGoAhead(ReadOnlySpan<byte> reply)
    {
        var name = Words.Take(ref reply);
        return !name.IsEmpty && name[0] == ':' && Words.Take(ref reply).SequenceEqual("670"u8);
    }

    /// <summary>A server's name for a client that has none yet.</summary>
    private static bool IsEverybody(ReadOnlySpan<byte> target) =>
        Words.Same(target, "AUTH"u8) || target.SequenceEqual("*"u8);
}
