using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>A response that refused an established conversation: the first final one, or a later one where a proxy
/// first requested credentials.</summary>
/// <param name="Protocol"><c>HTTP</c> or <c>SIP</c>.</param>
/// <param name="Code">Status code, 300 to 699.</param>
/// <param name="Reason">Meaning of the code.</param>
/// <param name="Basis">Evidence that an intermediary sent it.</param>
/// <param name="Frame">The frame that completed its head.</param>
public sealed record Refusal(string Protocol, int Code, RefusalReason Reason, RefusalBasis Basis,
    FrameReference Frame);

/// <summary>Why a request was refused, by status code (RFC 9110 §15, RFC 3261 §21).</summary>
public enum RefusalReason : byte
{
    /// <summary>403.</summary>
    Forbidden,

    /// <summary>407: a proxy requires credentials, and no accepted ones were seen.</summary>
    ProxyCredentials,

    /// <summary>502: no valid response from the upstream server.</summary>
    BadGateway,

    /// <summary>503, and 480 of SIP.</summary>
    Unavailable,

    /// <summary>504: no response in time from the upstream server.</summary>
    GatewayTimeout,

    /// <summary>488 and 606 of SIP: the offered media are not acceptable.</summary>
    NotAcceptable,

    /// <summary>600 and above of SIP, except 606: declined everywhere.</summary>
    Declined,

    /// <summary>Any other refusal of <c>CONNECT</c>: no tunnel.</summary>
    NoTunnel,

    /// <summary>400, with the page of a server that expects TLS on the port.</summary>
    NeedsTls,
}

/// <summary>Texts of <see cref="RefusalReason"/>.</summary>
public static class RefusalReasonText
{
    /// <summary>The text in output.</summary>
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
        RefusalReason.NeedsTls => "the port wants TLS",
    };
}

/// <summary>Evidence that an intermediary, not the requested server, sent a response. Later values are
/// stronger.</summary>
public enum RefusalBasis : byte
{
    /// <summary>None: sent by the server, or by something on its behalf.</summary>
    None,

    /// <summary>A <c>Via</c> field: the response passed a proxy (RFC 9110 §7.6.3), which may or may not have made
    /// it.</summary>
    Via,

    /// <summary>A code that only intermediaries use: 502 and 504 (RFC 9110 §15.6.3, §15.6.5; RFC 3261 §21.5.3,
    /// §21.5.5).</summary>
    GatewayStatus,

    /// <summary>The request went to a proxy: <c>CONNECT</c>, or a target with a host (RFC 9112 §3.2.2,
    /// §3.2.3).</summary>
    AskedProxy,

    /// <summary>It requires the proxy's credentials: 407, or a <c>Proxy-Authenticate</c> field (RFC 9110 §11.7.1,
    /// §15.5.8; RFC 3261 §21.4.8).</summary>
    ProxyAuthentication,

    /// <summary>A <c>Proxy-Status</c> field, written by intermediaries (RFC 9209).</summary>
    ProxyStatus,
}
