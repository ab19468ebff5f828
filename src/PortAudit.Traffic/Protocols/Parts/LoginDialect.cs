namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>How clients of a text protocol show a password.</summary>
internal enum LoginDialect
{
    /// <summary><c>PASS</c> behind <c>USER</c> (RFC 959 §4.1.1); that of an anonymous user is none (RFC
    /// 1635).</summary>
    Ftp,

    /// <summary><c>PASS</c> (RFC 1939 §7), <c>AUTH PLAIN</c> (RFC 5034).</summary>
    Pop,

    /// <summary><c>LOGIN</c> and <c>AUTHENTICATE</c> behind a tag (RFC 3501 §6.2).</summary>
    Imap,

    /// <summary><c>AUTH PLAIN</c> and <c>AUTH LOGIN</c> (RFC 4954 §4).</summary>
    Smtp,
}
