using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Sip;

/// <summary>Reads whether a final SIP response refuses (RFC 3261 §21). Phones and proxies often use the same codes:
/// only a few identify a proxy. <c>Via</c> does not help, as a response returns those of the request.</summary>
internal static class SipRefusal
{
    private const int FirstFinal = 200;
    private const int Unauthorized = 401;
    private const int ProxyCredentials = 407;

    /// <summary>True for a final response to a call or registration.</summary>
    public static bool IsFinal(int statusCode, ReadOnlySpan<byte> method) =>
        statusCode >= FirstFinal && Words.Holds("INVITE REGISTER SUBSCRIBE MESSAGE PUBLISH REFER"u8, method);

    /// <summary>True for an authentication challenge: the request is repeated with credentials (§22).</summary>
    public static bool AsksForCredentials(in SipMessage sip) => AsksForCredentials(sip.StatusCode);

    /// <summary>True for the status of an authentication challenge.</summary>
    public static bool AsksForCredentials(int statusCode) => statusCode is Unauthorized or ProxyCredentials;

    /// <summary>The refusal in a response; null without one.</summary>
    public static RefusalDraft? Of(in SipMessage sip) => Of(sip.StatusCode, sip.AsksForProxyCredentials);

    /// <summary>The refusal in a response; null without one.</summary>
    /// <param name="statusCode">Its status code.</param>
    /// <param name="asksForProxyCredentials">True when a field of it asks for credentials of a proxy.</param>
    public static RefusalDraft? Of(int statusCode, bool asksForProxyCredentials)
    {
        RefusalReason? reason = statusCode switch
        {
            403 => RefusalReason.Forbidden,
            ProxyCredentials => RefusalReason.ProxyCredentials,
            480 or 503 => RefusalReason.Unavailable,
            488 or 606 => RefusalReason.NotAcceptable,
            502 => RefusalReason.BadGateway,
            504 => RefusalReason.GatewayTimeout,
            >= 600 => RefusalReason.Declined,
            _ => null,
        };
        var basis = statusCode == ProxyCredentials || asksForProxyCredentials ? RefusalBasis.ProxyAuthentication
            : statusCode is 502 or 504 ? RefusalBasis.GatewayStatus
            : RefusalBasis.None;
        return reason is { } known ? new RefusalDraft("SIP", statusCode, known, basis) : null;
    }
}
