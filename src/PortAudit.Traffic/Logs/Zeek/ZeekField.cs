using System.Collections.Immutable;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>The fields of Zeek's logs that are read, of all streams together. Values index
/// <see cref="ZeekFields.Names"/>.</summary>
internal enum ZeekField : byte
{
    Path, Timestamp, Uid, OriginatorAddress, OriginatorPort, ResponderAddress, ResponderPort, Proto, IpProto,
    Service, Duration, OriginatorBytes, ResponderBytes, ConnState, MissedBytes, History, OriginatorPackets,
    OriginatorIpBytes, ResponderPackets, ResponderIpBytes, TunnelParents, Vlan, InnerVlan,
    Endpoint, Operation, NamedPipe,
    Version, Cipher, ServerName, Resumed, NextProtocol, CertChain, CertChainFuids, ClientCertChain,
    ClientCertChainFuids, SslHistory, Ja3, Ja3S, Ja4, Subject, Issuer,
    Id, Fingerprint, CertSerial, CertSubject, CertIssuer, NotBefore, NotAfter, SanDns, SanIp,
    Query, Answers, RcodeName, Client, RequestType, Success, HostName, ServerNetBiosName, ServerDnsName,
    SharePath, ShareType, TunnelType, TunnelAction,
    PacketsDropped, PacketsProcessed,
    Method, Uri, UserAgent, StatusCode, UserName, TransactionDepth, RequestLength, CallId,
}

/// <summary>Names of the fields, as <c>zeek -NN</c> documents their records (<c>Conn::Info</c>, <c>SSL::Info</c>
/// …).</summary>
internal static class ZeekFields
{
    /// <summary>The names, indexed by <see cref="ZeekField"/>.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        "_path", "ts", "uid", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "proto", "ip_proto",
        "service", "duration", "orig_bytes", "resp_bytes", "conn_state", "missed_bytes", "history", "orig_pkts",
        "orig_ip_bytes", "resp_pkts", "resp_ip_bytes", "tunnel_parents", "vlan", "inner_vlan",
        "endpoint", "operation", "named_pipe",
        "version", "cipher", "server_name", "resumed", "next_protocol", "cert_chain_fps", "cert_chain_fuids",
        "client_cert_chain_fps",
        "client_cert_chain_fuids", "ssl_history", "ja3", "ja3s", "ja4", "subject", "issuer",
        "id", "fingerprint", "certificate.serial", "certificate.subject", "certificate.issuer",
        "certificate.not_valid_before", "certificate.not_valid_after", "san.dns", "san.ip",
        "query", "answers", "rcode_name", "client", "request_type", "success", "hostname", "server_nb_computer_name",
        "server_dns_computer_name",
        "path", "share_type", "tunnel_type", "action",
        "pkts_dropped", "pkts_proc",
        "method", "uri", "user_agent", "status_code", "username", "trans_depth", "request_body_len", "call_id",
    ];

    /// <summary>The field of a name; null when it is not read. Some shippers of logs replace dots by underscores and
    /// call the stream <c>@stream</c>.</summary>
    public static ZeekField? Find(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("@stream"u8))
            return ZeekField.Path;
        for (var index = 0; index < Names.Length; index++)
        {
            if (Matches(Names[index], name))
                return (ZeekField)index;
        }

        return null;
    }

    private static bool Matches(string known, ReadOnlySpan<byte> name)
    {
        if (known.Length != name.Length)
            return false;
        for (var index = 0; index < name.Length; index++)
        {
            if (known[index] != name[index] && !(known[index] == '.' && name[index] == (byte)'_'))
                return false;
        }

        return true;
    }
}
