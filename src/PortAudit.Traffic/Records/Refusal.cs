using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Records;

/// <summary>An answer by which a conversation that came about was refused all the same: the first final one, or a later
/// one where a proxy first asked for credentials.</summary>
/// <param name="Protocol"><c>HTTP</c> or <c>SIP</c>.</param>
/// <param name="Code">Its code, 300 to 699.</param>
/// <param name="Reason">What the code means.</param>
/// <param name="Ground">What tells that an intermediary gave it.</param>
/// <param name="Frame">The frame with which its head was complete.</param>
public sealed record Refusal(string Protocol, int Code, RefusalReason Reason, RefusalGround Ground,
    FrameReference Frame);

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

    /// <summary>400, with the page of a server that speaks TLS on the port.</summary>
    NeedsTls,
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
        RefusalReason.NeedsTls => "the port wants TLS",
    };
}

/// <summary>What tells that an intermediary gave an answer, and not the server that was asked. The later one of these
/// is the stronger.</summary>
public enum RefusalGround : byte
{
    /// <summary>Nothing: the server may have said it, or something in its place.</summary>
    None,

    /// <summary>A <c>Via</c> field: the answer passed a proxy (RFC 9110 §7.6.3), which may or may not have made
    /// it.</summary>
    Via,

    /// <summary>Only who asks another server in turn has reason for the code: 502 and 504 (RFC 9110 §15.6.3, §15.6.5;
    /// RFC 3261 §21.5.3, §21.5.5).</summary>
    GatewayStatus,

    /// <summary>The request was made to a proxy: <c>CONNECT</c>, or a target with the host in it (RFC 9112 §3.2.2,
    /// §3.2.3).</summary>
    AskedProxy,

    /// <summary>It asks for the proxy's credentials: 407, or a <c>Proxy-Authenticate</c> field (RFC 9110 §11.7.1,
    /// §15.5.8; RFC 3261 §21.4.8).</summary>
    ProxyAuthentication,

    /// <summary>A <c>Proxy-Status</c> field, in which intermediaries tell what they did (RFC 9209).</summary>
    ProxyStatus,
}
