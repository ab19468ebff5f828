namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Login commands of text protocols that show a password.</summary>
internal enum LoginDialect
{
    /// <summary><c>PASS</c> after <c>USER</c> (RFC 959 §4.1.1), except for anonymous users (RFC 1635).</summary>
    Ftp,

    /// <summary><c>PASS</c> (RFC 1939 §7), <c>AUTH PLAIN</c> (RFC 5034).</summary>
    Pop,

    /// <summary><c>LOGIN</c> and <c>AUTHENTICATE</c> after a tag (RFC 3501 §6.2).</summary>
    Imap,

    /// <summary><c>AUTH PLAIN</c> and <c>AUTH LOGIN</c> (RFC 4954 §4).</summary>
    Smtp,
}
