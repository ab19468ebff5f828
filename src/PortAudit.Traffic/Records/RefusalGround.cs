namespace PortAudit.Traffic.Records;

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
