namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Over what an interface is reached, as far as it has a port ([MS-RPCE] 2.1).</summary>
internal enum RpcProtocolSequence : byte
{
    /// <summary>Any that has no port: pipes, local calls, networks of other times.</summary>
    WithoutPort,

    /// <summary>ncacn_ip_tcp: connections over TCP.</summary>
    Tcp,

    /// <summary>ncadg_ip_udp: datagrams over UDP.</summary>
    Udp,

    /// <summary>ncacn_http: connections over TCP that a banner of RPC over HTTP opens ([MS-RPCH]).</summary>
    Http,
}
