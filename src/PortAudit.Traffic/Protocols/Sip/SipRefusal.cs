using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Sip;

/// <summary>
/// Reads whether a final answer of SIP refuses (RFC 3261 §21). What a phone says of itself and what a proxy says for it
/// are often the same codes: only a few tell a proxy for certain. <c>Via</c> fields tell nothing here, as an answer
/// goes back with those that the request has gathered before.
/// </summary>
internal static class SipRefusal
{
    private const int FirstFinal = 200;
    private const int Unauthorized = 401;
    private const int ProxyCredentials = 407;

    /// <summary>True for an answer that says what becomes of what was asked for, be it a call or a
    /// registration.</summary>
    public static bool IsFinal(int statusCode, ReadOnlySpan<byte> method) =>
        statusCode >= FirstFinal && Words.Holds("INVITE REGISTER SUBSCRIBE MESSAGE PUBLISH REFER"u8, method);

    /// <summary>True for an answer that asks for credentials: who has them sends the same again (§22).</summary>
    public static bool AsksForCredentials(in SipMessage sip) => sip.StatusCode is Unauthorized or ProxyCredentials;

    /// <summary>What an answer refuses; null when it does not.</summary>
    public static RefusalDraft? Of(in SipMessage sip)
    {
        RefusalReason? reason = sip.StatusCode switch
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
        return reason is { } known ? new RefusalDraft("SIP", sip.StatusCode, known, GroundOf(sip)) : null;
    }

    private static RefusalGround GroundOf(in SipMessage sip) => sip.StatusCode == ProxyCredentials
        || sip.AsksForProxyCredentials ? RefusalGround.ProxyAuthentication
        : sip.StatusCode is 502 or 504 ? RefusalGround.GatewayStatus
        : RefusalGround.None;
}
