namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Names of SASL mechanisms that mail and news servers offer (IANA "SASL Mechanisms", and LOGIN, which was
/// never registered but is used).</summary>
internal static class SaslMechanisms
{
    private static ReadOnlySpan<byte> Names =>
        "PLAIN LOGIN NTLM GSSAPI GSS-SPNEGO CRAM-MD5 DIGEST-MD5 EXTERNAL ANONYMOUS OTP SKEY SCRAM-SHA-1 "u8
            + "SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS XOAUTH XOAUTH2 OAUTHBEARER KERBEROS_V4 MSN SPA"u8;

    /// <summary>True when a word is one of them.</summary>
    public static bool Contain(ReadOnlySpan<byte> word) => Words.Holds(Names, word);
}
