using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>That a client of a flow proved who it is in ways that should not be used any more.</summary>
/// <param name="Use">The ways.</param>
/// <param name="Frame">The frame with which the first was seen; null where the connection ended before its bytes were
/// put in order.</param>
public sealed record CredentialSighting(CredentialUse Use, FrameReference? Frame);

/// <summary>How a client proved who it is, where the way is one that should not be used any more. Names and passwords
/// themselves are never kept.</summary>
[Flags]
public enum CredentialUse : byte
{
    /// <summary>None of these was seen.</summary>
    None = 0,

    /// <summary>A password in clear: a simple bind of LDAP (RFC 4513 §5.1.3), <c>PASS</c> of FTP and POP, <c>LOGIN</c>
    /// and <c>PLAIN</c> of mail and XMPP, registration with XMPP (XEP-0077), <c>Basic</c> of HTTP (RFC 7617)
    /// and its forms, PAP within L2TP (RFC 1334 §2).</summary>
    Password = 1 << 0,

    /// <summary>A community of SNMP 1 or 2c (RFC 1157 §4, RFC 1901 §3), which is its password.</summary>
    Community = 1 << 1,

    /// <summary>An NTLMv1 response ([MS-NLMP] 3.3.1): 24 bytes made with DES.</summary>
    NtlmV1 = 1 << 2,

    /// <summary>An NTLMv1 response with extended session security ([MS-NLMP] 3.3.1), also known as NTLM2 session
    /// response.</summary>
    Ntlm2Session = 1 << 3,
}
