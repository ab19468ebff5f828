using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>Insecure authentication seen in a flow.</summary>
/// <param name="Use">The methods.</param>
/// <param name="Frame">The frame with the first of them; null where the connection ended before its bytes were
/// reassembled.</param>
public sealed record CredentialSighting(CredentialUse Use, FrameReference? Frame);

/// <summary>Methods of authentication that should no longer be used. Names and passwords themselves are never
/// kept.</summary>
[Flags]
public enum CredentialUse : byte
{
    /// <summary>None seen.</summary>
    None = 0,

    /// <summary>A password in clear: a simple bind of LDAP (RFC 4513 §5.1.3), <c>PASS</c> of FTP and POP, <c>LOGIN</c>
    /// and <c>PLAIN</c> of mail and XMPP, registration with XMPP (XEP-0077), <c>Basic</c> of HTTP (RFC 7617)
    /// and its forms, PAP within L2TP (RFC 1334 §2).</summary>
    Password = 1 << 0,

    /// <summary>A community of SNMP 1 or 2c (RFC 1157 §4, RFC 1901 §3), used as a password.</summary>
    Community = 1 << 1,

    /// <summary>An NTLMv1 response ([MS-NLMP] 3.3.1): 24 bytes made with DES.</summary>
    NtlmV1 = 1 << 2,

    /// <summary>An NTLMv1 response with extended session security ([MS-NLMP] 3.3.1), also known as NTLM2 session
    /// response.</summary>
    Ntlm2Session = 1 << 3,
}
