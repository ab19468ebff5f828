using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using static PortAudit.Audit.Findings.Severity;

namespace PortAudit.Audit.Obsolete;

/// <summary>What should not be used any more, one row each (docs/decisions/017-obsolete-services.md). Recognised by
/// bytes, never by port.</summary>
internal static class ObsoleteServices
{
    private const string CurrentTls = "Turn on TLS 1.2 or later on both sides, and turn the older versions off.";
    private const string CurrentSuites =
        "Leave only cipher suites with authenticated encryption and forward secrecy turned on (RFC 9325 §4.2).";
    private const string Known = "anyone who recorded these packets knows the password";
    private const string Change = "Change the password: anyone who recorded the packets knows it.";

    /// <summary>Microsoft, "Audit use of NTLMv1 on a Windows Server-based domain controller" (KB 4090105) and "Network
    /// security: LAN Manager authentication level"; anonymous logons are always logged as version 1.</summary>
    private const string WithoutNtlm1 =
        "First find out who still uses it: audit successful logons on the domain controllers and servers, and look for "
        + "event 4624 with the package name NTLM V1, but not for ANONYMOUS LOGON. Then set 'Network security: LAN "
        + "Manager authentication level' to 'Send NTLMv2 response only' (level 3) on the clients. When no such event "
        + "is left, set it to 'Send NTLMv2 response only. Refuse LM & NTLM' (level 5) on the domain controllers and "
        + "servers.";
    private const string Encrypted = "Anyone who sees the packets can read and use it.";

    public static readonly ImmutableArray<ObsoleteService> Rows =
    [
        new("ssl-2", "SSL 2.0", High, "It protects nothing: its handshake can be tampered with.", CurrentTls,
            "RFC 6176 §3") { IsIn = flow => Chose(flow, 0x0200) },
        new("ssl-3", "SSL 3.0", Medium, "Its encryption is broken (POODLE).", CurrentTls,
            "RFC 7568 §3") { IsIn = flow => Chose(flow, 0x0300) },
        new("tls-1.0", "TLS 1.0", Low, "It rests on MD5 and SHA-1, and has been withdrawn.", CurrentTls,
            "RFC 8996 §4") { IsIn = flow => Chose(flow, 0x0301) },
        new("tls-1.1", "TLS 1.1", Low, "It rests on MD5 and SHA-1, and has been withdrawn.", CurrentTls,
            "RFC 8996 §5") { IsIn = flow => Chose(flow, 0x0302) },
        new("tls-null", "TLS without encryption", High,
            "The cipher suite does not encrypt, has weak export keys, or does not prove the server.",
            CurrentSuites, "RFC 9325 §4.1") { IsIn = flow => HasSuite(flow, "_NULL_", "EXPORT", "_anon_") },
        new("tls-rc4", "TLS with RC4", Medium, "RC4 reveals data that is sent repeatedly.", CurrentSuites,
            "RFC 7465 §2") { IsIn = flow => HasSuite(flow, "_RC4_128_") },
        new("tls-des", "TLS with DES", Medium, "56-bit keys can be brute-forced.", CurrentSuites,
            "RFC 5469 §4") { IsIn = flow => HasSuite(flow, "_WITH_DES_CBC_") },
        new("smb-1", "SMB 1", Medium, "It signs with MD5, does not encrypt, and worms have used its implementations.",
            "Turn SMB 1 off on both sides, unless something older than Windows Vista or Server 2008 needs it.",
            "[MS-CIFS] 1.1, [MS-SMB2] 1.1") { IsIn = IsForm("smb-1") },
        new("telnet", "Telnet", Medium, $"Everything typed is sent in clear, including passwords. {Encrypted}",
            "Use SSH, and change the passwords that were typed, if there were any.",
            "RFC 4251 §1") { IsIn = IsForm("telnet"), SeverityClause = "what is typed can be read on the path" },
        new("ldap-simple-bind", "An LDAP bind with a password in clear", High,
            $"It is the password of an account of the directory. {Encrypted}",
            $"{Change} Have clients bind within TLS or by Kerberos, and the servers refuse anything else; on a domain "
                + "controller, require signing.",
            "RFC 4513 §6.3.1") { IsIn = IsForm("ldap-simple-bind"), SeverityClause = Known },
        new("ftp-password", "FTP with a password in clear", Medium, Encrypted,
            $"{Change} Use FTP over TLS (RFC 4217) or SFTP.",
            "RFC 2577 §5") { IsIn = IsForm("ftp-password"), SeverityClause = Known },
        new("mail-password", "Mail with a password in clear", Medium, Encrypted,
            $"{Change} Require TLS before the login.",
            "RFC 8314 §4.1") { IsIn = IsForm("mail-password"), SeverityClause = Known },
        new("http-password", "HTTP with a password in clear", Medium,
            $"A form sends it as it was typed, and the scheme Basic only encodes it. {Encrypted}",
            $"{Change} Serve it over HTTPS.",
            "RFC 7617 §4, CWE-523") { IsIn = IsForm("http-password"), SeverityClause = Known },
        new("xmpp-password", "XMPP with a password in clear", Medium, Encrypted,
            $"{Change} Require TLS before the login and before registration.",
            "RFC 4616 §5") { IsIn = IsForm("xmpp-password"), SeverityClause = Known },
        new("x400-password", "X.400 with a password in clear", Medium,
            $"Message transfer agents authenticate with it. {Encrypted}",
            $"{Change} Carry the mail by SMTP over TLS, or protect the connection by IPsec.",
            "X.411 §12.1.1") { IsIn = IsForm("x400-password"), SeverityClause = Known },
        new("ppp-pap", "PPP with a password in clear (PAP)", Medium, Encrypted,
            $"{Change} Let PPP authenticate by EAP (RFC 3748), and protect the tunnel by IPsec (RFC 3193).",
            "RFC 1334 §2") { IsIn = IsForm("ppp-pap"), SeverityClause = Known },
        new("ntlm-1", "NTLM version 1", High,
            "Its response uses DES, so the password hash can be brute-forced.",
            WithoutNtlm1,
            "[MS-NLMP] 5.1") { IsIn = flow => Shows(flow, CredentialUse.NtlmV1) },
        new("ntlm-2-session", "NTLM version 1 with session security", Medium,
            "Nonces of both sides are mixed in, but the response still uses DES.",
            WithoutNtlm1,
            "[MS-NLMP] 5.1") { IsIn = flow => Shows(flow, CredentialUse.Ntlm2Session) },
        new("snmp-community", "SNMP 1 or 2c", Low, $"Its community is a password in clear. {Encrypted}",
            "Use SNMP 3 with authentication and encryption; until then allow only the management stations.",
            "RFC 3584 §1.1, RFC 3410 §8") { IsIn = flow => Shows(flow, CredentialUse.Community) },
    ];

    private static bool Chose(FlowRecord flow, ushort version) =>
        flow.Tls is { SawServerHello: true } tls && tls.Version == version;

    private static bool HasSuite(FlowRecord flow, params ReadOnlySpan<string> parts)
    {
        if (flow.Tls is not { SawServerHello: true, CipherSuiteText: { } suite })
            return false;
        foreach (var part in parts)
        {
            if (suite.Contains(part, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool Shows(FlowRecord flow, CredentialUse use) =>
        flow.Credentials is { } seen && (seen.Use & use) != 0;

    /// <summary>True for flows in a form that rows of the protocol registry have: of such a protocol by bytes, or with
    /// what a client shows in it.</summary>
    private static Func<FlowRecord, bool> IsForm(string id)
    {
        var forms = ProtocolRegistry.Rows
            .SelectMany(row => row.ObsoleteForms.Where(form => form.Id == id).Select(form => (row.Name, form.Use)))
            .ToArray();
        return flow =>
        {
            foreach (var (protocol, use) in forms)
            {
                if (use == CredentialUse.None
                    ? Proves(flow, protocol)
                    : Shows(flow, use) && (flow.StartedAs ?? flow.Protocol) == protocol)
                    return true;
            }

            return false;
        };
    }

    private static bool Proves(FlowRecord flow, string protocol) =>
        flow.Protocol == protocol && ProtocolComparison.IsProof(flow.ProtocolBasis);
}
