namespace PortAudit.Traffic.Records;

/// <summary>Whether a TLS handshake resumed an earlier session, and by what.</summary>
public enum TlsResumption : byte
{
    /// <summary>Cannot be seen: the handshake was not captured whole.</summary>
    Unknown,

    /// <summary>A full handshake.</summary>
    None,

    /// <summary>By the server's memory of a session id (RFC 5246 §7.3).</summary>
    SessionId,

    /// <summary>By a ticket that the client kept (RFC 5077).</summary>
    Ticket,

    /// <summary>By a pre-shared key, in TLS 1.3 mostly out of a ticket (RFC 8446 §2.2).</summary>
    PreSharedKey,
}

/// <summary>The names of <see cref="TlsResumption"/> in output.</summary>
public static class TlsResumptionText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this TlsResumption resumption) => resumption switch
    {
        TlsResumption.None => "none",
        TlsResumption.SessionId => "session-id",
        TlsResumption.Ticket => "ticket",
        TlsResumption.PreSharedKey => "psk",
        TlsResumption.Unknown => "unknown",
    };
}
