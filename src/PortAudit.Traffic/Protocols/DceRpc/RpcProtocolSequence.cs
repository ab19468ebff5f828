namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Protocol sequence of an interface, if it has a port ([MS-RPCE] 2.1).</summary>
internal enum RpcProtocolSequence : byte
{
    /// <summary>Any without a port: pipes, local calls, obsolete networks.</summary>
    WithoutPort,

    /// <summary>ncacn_ip_tcp: connections over TCP.</summary>
    Tcp,

    /// <summary>ncadg_ip_udp: datagrams over UDP.</summary>
    Udp,

    /// <summary>ncacn_http: connections over TCP that begin with the banner of RPC over HTTP ([MS-RPCH]).</summary>
    Http,
}
