namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>SASL mechanisms offered by mail and news servers (IANA "SASL Mechanisms", plus LOGIN, used but never
/// registered).</summary>
internal static class SaslMechanisms
{
    private static ReadOnlySpan<byte> Names =>
        "PLAIN LOGIN NTLM GSSAPI GSS-SPNEGO CRAM-MD5 DIGEST-MD5 EXTERNAL ANONYMOUS OTP SKEY SCRAM-SHA-1 "u8
            + "SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS XOAUTH XOAUTH2 OAUTHBEARER KERBEROS_V4 MSN SPA"u8;

    public static bool Contain(ReadOnlySpan<byte> word) => Words.Holds(Names, word);
}
