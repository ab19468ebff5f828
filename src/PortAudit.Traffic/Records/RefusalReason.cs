namespace PortAudit.Traffic.Records;

/// <summary>Why a request was refused, by the code of the answer (RFC 9110 §15, RFC 3261 §21).</summary>
public enum RefusalReason : byte
{
    /// <summary>403.</summary>
    Forbidden,

    /// <summary>407: a proxy wants credentials, and no accepted ones were seen.</summary>
    ProxyCredentials,

    /// <summary>502: the server behind gave no valid answer.</summary>
    BadGateway,

    /// <summary>503, and 480 of SIP.</summary>
    Unavailable,

    /// <summary>504: the server behind gave no answer in time.</summary>
    GatewayTimeout,

    /// <summary>488 and 606 of SIP: the media that were offered.</summary>
    NotAcceptable,

    /// <summary>600 and above of SIP, but for 606: nobody else need be asked.</summary>
    Declined,

    /// <summary>Any other refusal of <c>CONNECT</c>: no tunnel came about.</summary>
    NoTunnel,
}

/// <summary>The words of <see cref="RefusalReason"/>.</summary>
public static class RefusalReasonText
{
    /// <summary>In words.</summary>
    public static string ToText(this RefusalReason reason) => reason switch
    {
        RefusalReason.Forbidden => "forbidden",
        RefusalReason.ProxyCredentials => "proxy credentials required",
        RefusalReason.BadGateway => "bad gateway",
        RefusalReason.Unavailable => "unavailable",
        RefusalReason.GatewayTimeout => "gateway timeout",
        RefusalReason.NotAcceptable => "not acceptable",
        RefusalReason.Declined => "declined",
        RefusalReason.NoTunnel => "no tunnel",
    };
}
