using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Finds login commands of a text protocol with a password in clear. Bytes after STARTTLS are not shown to
/// readers.</summary>
/// <param name="dialect">The protocol's commands.</param>
internal sealed class LoginReader(LoginDialect dialect) : ICredentialReader
{
    private static ReadOnlySpan<byte> PlainMechanisms => "PLAIN LOGIN"u8;

    private static ReadOnlySpan<byte> AnonymousUsers => "ANONYMOUS FTP"u8;

    /// <inheritdoc />
    public bool Read(in NamePayload payload, out CredentialUse use)
    {
        use = ShowsPassword(payload.FromOriginator) || ShowsPassword(payload.FromResponder)
            ? CredentialUse.Password
            : CredentialUse.None;
        return use != CredentialUse.None;
    }

    private bool ShowsPassword(ReadOnlySpan<byte> sent)
    {
        var lines = new TextLines(sent);
        var isAnonymous = false;
        while (lines.MoveNext())
        {
            var command = new CommandLine(lines.Line);
            if (command.Is("USER"u8))
                isAnonymous = dialect == LoginDialect.Ftp && Words.Holds(AnonymousUsers, command.Argument);
            if (!isAnonymous && IsPassword(command))
                return true;
        }

        return false;
    }

    private bool IsPassword(CommandLine command) => dialect switch
    {
        LoginDialect.Ftp => command.Is("PASS"u8) && command.HasArgument,
        LoginDialect.Pop => (command.Is("PASS"u8) && command.HasArgument) || IsPlain(command),
        LoginDialect.Smtp => IsPlain(command),
        LoginDialect.Imap => IsTagged(new CommandLine(command.Argument)),
    };

    private static bool IsPlain(CommandLine command) =>
        command.Is("AUTH"u8) && Words.Holds(PlainMechanisms, new CommandLine(command.Argument).Verb);

    private static bool IsTagged(CommandLine command) =>
        (command.Is("LOGIN"u8) && command.HasArgument)
        || (command.Is("AUTHENTICATE"u8) && Words.Holds(PlainMechanisms, new CommandLine(command.Argument).Verb));
}
