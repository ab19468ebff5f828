using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Ftp;

/// <summary>Recognises FTP control connections (RFC 959, RFC 2428, RFC 3659) by unique commands and replies, or by a
/// command with its reply, and follows <c>AUTH TLS</c> (RFC 4217). SMTP shares the banner <c>220</c>, POP the command
/// <c>USER</c>.</summary>
internal sealed class FtpRecogniser : CommandReplyRecogniser
{
    private static ReadOnlySpan<byte> Verbs =>
        "USER PASS ACCT CWD XCWD CDUP XCUP SMNT REIN QUIT PORT EPRT PASV EPSV LPRT LPSV TYPE STRU MODE RETR STOR "u8
            + "STOU APPE ALLO REST RNFR RNTO ABOR DELE RMD XRMD MKD XMKD PWD XPWD LIST NLST MLSD MLST SITE SYST STAT "u8
            + "HELP NOOP FEAT OPTS MDTM MFMT SIZE AUTH ADAT PBSZ PROT CCC MIC CONF ENC LANG CLNT HOST XCRC XMD5 "u8
            + "XSHA1 CSID"u8;

    private static ReadOnlySpan<byte> Pairs =>
        "USER220 USER120 USER331 USER332 USER230 USER530 USER421 PASS230 PASS202 PASS331 PASS332 PASS530 ACCT230 "u8
            + "CWD250 CWD550 CDUP250 CDUP200 PWD257 XPWD257 MKD257 TYPE200 STRU200 MODE200 REST350 RNFR350 RNTO250 "u8
            + "RETR150 RETR125 RETR550 STOR150 STOR125 STOR553 APPE150 LIST150 LIST125 LIST425 LIST226 NLST150 "u8
            + "NLST125 NLST550 MLSD150 SIZE213 SIZE550 MDTM213 DELE250 RMD250 SITE200 SYST215 STAT211 STAT213 "u8
            + "HELP214 FEAT211 FEAT220 FEAT500 OPTS200 ABOR226 AUTH234 AUTH220 HOST220 CLNT200 SYST220 PORT200 "u8
            + "PASV227 ALLO202"u8;

    /// <inheritdoc />
    protected override LineWeight WeighCommand(ReadOnlySpan<byte> line)
    {
        var command = new CommandLine(line);
        if (!Words.Holds(Verbs, command.Verb))
            return LineWeight.Foreign;
        var argument = command.Argument;
        if (!command.HasArgument)
            return Words.Holds("PASV EPSV LPSV FEAT SYST CDUP XPWD XCUP REIN CCC"u8, command.Verb)
                ? LineWeight.Proof
                : LineWeight.Possible;
        if (command.Is("PORT"u8))
            return FtpAddress.IsSixNumbers(argument) ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("EPRT"u8))
            return FtpAddress.IsExtended(argument) ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("EPSV"u8))
            return Words.Holds("1 2 ALL"u8, argument) ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("TYPE"u8))
            return IsType(argument) ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("AUTH"u8))
            return Words.Holds("TLS SSL TLS-C TLS-P"u8, argument) ? LineWeight.Proof : LineWeight.Possible;
        if (command.Is("PROT"u8))
            return Words.Holds("C P S E"u8, argument) ? LineWeight.Proof : LineWeight.Foreign;
        if (command.Is("MODE"u8) || command.Is("STRU"u8))
            return argument.Length == 1 ? LineWeight.Possible : LineWeight.Foreign;
        return Words.Holds("OPTS MLSD MLST NLST MDTM PBSZ RNFR RNTO STOR CWD XCWD APPE"u8, command.Verb)
            ? LineWeight.Proof
            : WeighName(command);
    }

    /// <inheritdoc />
    protected override LineWeight WeighReply(ReadOnlySpan<byte> line)
    {
        if (!ReplyLine.TryParse(line, out var reply))
            return LineWeight.Foreign;
        if (reply.Is("220"u8))
            return Words.Occurs(reply.Text, "FTP"u8) && !Words.OccursAsWord(reply.Text, "SMTP"u8)
                && !Words.OccursAsWord(reply.Text, "ESMTP"u8) ? LineWeight.Likely : LineWeight.Possible;
        return FtpReplies.AreItsOwn(reply) ? LineWeight.Proof : LineWeight.Possible;
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
        if (line.Is("AUTH"u8) && Words.Holds("TLS SSL TLS-C TLS-P"u8, line.Argument))
            return TlsStep.Ask;
        return Words.Holds("PASS PASV EPSV PORT EPRT TYPE CWD PWD LIST NLST RETR STOR ADAT"u8, line.Verb)
            ? TlsStep.Work
            : TlsStep.Hope;
    }

    /// <inheritdoc />
    protected override ServerAnswer AnswerOf(ReadOnlySpan<byte> reply, bool mayGreet) =>
        ReplyLine.AnswerOf(reply, mayGreet, hasPreliminary: true);

    /// <inheritdoc />
    protected override bool IsGoAhead(ReadOnlySpan<byte> reply) =>
        ReplyLine.TryParse(reply, out var line) && line.Is("234"u8) && !line.HasMore;

    /// <summary>Image; ASCII or EBCDIC with or without a line format; bytes of a length (RFC 959 §5.3.1 and
    /// §5.3.2).</summary>
    private static bool IsType(ReadOnlySpan<byte> argument)
    {
        var code = Words.Take(ref argument);
        if (Words.Same(code, "L"u8))
            return Words.IsNumber(argument);
        var mayHaveForm = Words.Same(code, "A"u8) || Words.Same(code, "E"u8);
        return argument.IsEmpty
            ? mayHaveForm || Words.Same(code, "I"u8)
            : mayHaveForm && Words.Holds("N T C"u8, argument);
    }

    /// <summary>The name after <c>USER</c> is one word: IRC has four.</summary>
    private static LineWeight WeighName(CommandLine command) =>
        command.Is("USER"u8) && command.Argument.Contains((byte)':') && command.Argument.Contains((byte)' ')
            ? LineWeight.Foreign
            : LineWeight.Possible;
}
