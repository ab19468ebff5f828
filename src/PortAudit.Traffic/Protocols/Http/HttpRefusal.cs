using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>Reads whether the first request of an HTTP connection was refused (RFC 9110 §15, RFC 9112 §4).</summary>
internal static class HttpRefusal
{
    /// <summary>Responses examined: interim ones and authentication challenges, two for NTLM and Negotiate.</summary>
    public const int MaximumAnswers = 6;

    private const int FirstFinal = 200;
    private const int SwitchingProtocols = 101;
    private const int FirstRedirection = 300;

    /// <summary>Status of a response that asks for credentials of a proxy: the request is repeated.</summary>
    public const int ProxyCredentials = 407;

    private static ReadOnlySpan<byte> Version => "HTTP/1."u8;

    /// <summary>Implements <see cref="RefusalReader"/>.</summary>
    public static bool Read(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, out RefusalDraft? refusal)
    {
        refusal = null;
        for (var i = 0; i < MaximumAnswers; i++)
        {
            if (!StartLine.TryParse(server, Version, out var line, out var error))
                return error != ParseError.Incomplete;
            if (line.IsRequest)
                return true;
            if (!HttpHead.TryParse(server, out var head))
                return server.Length >= HttpHead.MaximumLength;
            if (!IsFinal(line.StatusCode))
            {
                server = server[head.Length..];
                continue;
            }

            if (line.StatusCode == TlsPortPage.Status && !HttpChange.IsConnect(client))
                return ReadPage(server, head, out refusal);
            refusal = Of(client, line.StatusCode, head);
            if (line.StatusCode != ProxyCredentials)
                return true;
            if (!HttpChange.TryReadAnswer(server, out _, out var length))
                return false;
            server = server[length..];
        }

        return true;
    }

    /// <summary>True for the status of a response that others do not follow.</summary>
    public static bool IsFinal(int status) => status is >= FirstFinal or SwitchingProtocols;

    private static bool ReadPage(ReadOnlySpan<byte> answer, HttpHead head, out RefusalDraft? refusal)
    {
        refusal = TlsPortPage.IsIn(answer)
            ? new RefusalDraft("HTTP", TlsPortPage.Status, RefusalReason.NeedsTls, RefusalBasis.None)
            : null;
        return refusal is not null || TlsPortPage.IsOver(answer, head);
    }

    /// <summary>What a response refused, by its status; null when it did not.</summary>
    /// <param name="status">Status code.</param>
    /// <param name="isConnect">True when the request was <c>CONNECT</c>.</param>
    public static RefusalReason? ReasonOf(int status, bool isConnect) => status switch
    {
        403 => RefusalReason.Forbidden,
        ProxyCredentials => RefusalReason.ProxyCredentials,
        502 => RefusalReason.BadGateway,
        503 => RefusalReason.Unavailable,
        504 => RefusalReason.GatewayTimeout,
        >= FirstRedirection when isConnect => RefusalReason.NoTunnel,
        _ => null,
    };

    private static RefusalDraft? Of(ReadOnlySpan<byte> client, int status, HttpHead head)
    {
        return ReasonOf(status, HttpChange.IsConnect(client)) is { } known
            ? new RefusalDraft("HTTP", status, known, BasisOf(client, status, head))
            : null;
    }

    private static RefusalBasis BasisOf(ReadOnlySpan<byte> client, int status, HttpHead head)
    {
        if (!head.Field("Proxy-Status"u8).IsEmpty)
            return RefusalBasis.ProxyStatus;
        if (status == ProxyCredentials || !head.Field("Proxy-Authenticate"u8).IsEmpty)
            return RefusalBasis.ProxyAuthentication;
        if (HttpChange.IsToProxy(client))
            return RefusalBasis.AskedProxy;
        if (status is 502 or 504)
            return RefusalBasis.GatewayStatus;
        return head.Field("Via"u8).IsEmpty ? RefusalBasis.None : RefusalBasis.Via;
    }
}
