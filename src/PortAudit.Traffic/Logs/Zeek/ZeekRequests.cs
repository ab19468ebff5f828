using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Http;
using PortAudit.Traffic.Protocols.Sip;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>What http.log and sip.log show of one connection: a refusal by its first final response, a service of HTTP,
/// and a password in clear. Names of users, hosts and targets are not kept.</summary>
internal sealed class ZeekRequests
{
    private Refusal? _refusal;
    private bool _isAnswered;
    private string? _service;
    private CredentialSighting? _credentials;

    /// <summary>True for a row of http.log that shows something: others need not be kept.</summary>
    public static bool IsTelling(ZeekRow row) => row.Has(ZeekField.UserName) || ServiceOf(row) is not null
        || (IsFirst(row) && ReasonOf(row) is not null);

    /// <summary>Adds a row of http.log. As for packets, the first final response counts, or a later one where a proxy
    /// first asked for credentials.</summary>
    public void AddHttp(ZeekRow row, FrameReference line)
    {
        _service ??= ServiceOf(row);

        // Zeek names the user of Basic authentication only (RFC 7617).
        if (row.Has(ZeekField.UserName))
            _credentials ??= new CredentialSighting(CredentialUse.Password, line);
        var isRepeated = _refusal?.Reason == RefusalReason.ProxyCredentials;
        if (_isAnswered || !(IsFirst(row) || isRepeated) || StatusOf(row) is not { } status
            || !HttpRefusal.IsFinal(status))
            return;
        Keep(ReasonOf(row) is { } reason ? new RefusalDraft("HTTP", status, reason, BasisOf(row, status)) : null, line);
        _isAnswered = status != HttpRefusal.ProxyCredentials;
    }

    /// <summary>Adds a row of sip.log: the first final response counts that does not ask for credentials.</summary>
    public void AddSip(ZeekRow row, FrameReference line)
    {
        if (_isAnswered || StatusOf(row) is not { } status || !SipRefusal.IsFinal(status, row[ZeekField.Method]))
            return;
        Keep(SipRefusal.Of(status, asksForProxyCredentials: false), line);
        _isAnswered = !SipRefusal.AsksForCredentials(status);
    }

    /// <summary>The flow with what is known of its requests.</summary>
    public FlowRecord AddTo(FlowRecord flow)
    {
        flow = flow with { Refusal = _refusal, Credentials = _credentials };
        return _service is null || flow.Protocol != "http" || flow.ProtocolBasis != IdentificationBasis.Payload
            ? flow
            : flow with { Service = _service, ServiceBasis = IdentificationBasis.Payload };
    }

    private static bool IsFirst(ZeekRow row) => row.Count(ZeekField.TransactionDepth) is null or <= 1;

    private static int? StatusOf(ZeekRow row) =>
        row.Count(ZeekField.StatusCode) is { } status and <= 999 ? (int)status : null;

    private static bool IsConnect(ZeekRow row) => row[ZeekField.Method].SequenceEqual("CONNECT"u8);

    private static RefusalReason? ReasonOf(ZeekRow row) =>
        StatusOf(row) is { } status ? HttpRefusal.ReasonOf(status, IsConnect(row)) : null;

    private static RefusalBasis BasisOf(ZeekRow row, int status) => status switch
    {
        HttpRefusal.ProxyCredentials => RefusalBasis.ProxyAuthentication,
        _ when IsConnect(row) || row[ZeekField.Uri].IndexOf("://"u8) > 0 => RefusalBasis.AskedProxy,
        502 or 504 => RefusalBasis.GatewayStatus,
        _ => RefusalBasis.None,
    };

    private static string? ServiceOf(ZeekRow row) => RpcOverHttp.IsMethod(row[ZeekField.Method]) ? RpcOverHttp.Service
        : WsManagement.IsTarget(row[ZeekField.Uri]) || WsManagement.IsClient(row[ZeekField.UserAgent])
            ? WsManagement.Service
        : null;

    private void Keep(RefusalDraft? latest, FrameReference line)
    {
        if (latest is not { } draft)
            _refusal = null;
        else if (_refusal?.Code != draft.Code)
            _refusal = new Refusal(draft.Protocol, draft.Code, draft.Reason, draft.Basis, line);
    }
}
