using System.Collections.Immutable;
using System.Text;

namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>A field of EVE events that is read, in the order of <see cref="EveFields.Paths"/>.</summary>
internal enum EveField
{
    EventType, Timestamp, FlowId, ParentId, SourceAddress, SourcePort, TargetAddress, TargetPort, Proto, Vlan,
    IcmpType, IcmpCode, AppProto, AppProtoToServer, AppProtoToClient, AppProtoOriginal,
    PacketsToServer, PacketsToClient, BytesToServer, BytesToClient, Start, End, State, Action,
    TcpFlags, TcpFlagsToServer, TcpFlagsToClient, GapToServer, GapToClient,
    NetflowPackets, NetflowBytes, NetflowStart, NetflowEnd,
    TlsVersion, Sni, Subject, Issuer, Serial, NotBefore, NotAfter, AlternativeNames, SessionResumed, Ja3, Ja3S,
    Ja3SText, Ja4, ServerAlpn, ClientAlpn,
    ClientSubject, ClientIssuer, ClientSerial, ClientNotBefore, ClientNotAfter,
    QuicSni, QuicJa3,
    Dialect, SmbStatus, Share, NamedPipe, ShareType, ShareService, NtlmHost,
    RpcRequest, RpcResponse, RpcInterfaces, RpcOperation,
    DnsType, DnsName, DnsAnswers,
    ClientName, KerberosError,
    DhcpType, DhcpHost, DhcpAssigned, DhcpClient,
    Uptime, KernelDrops, InterfaceDrops,
}

/// <summary>Where the fields stand in an event (Suricata user guide, "Eve JSON Format").</summary>
internal static class EveFields
{
    /// <summary>Longest path read, in bytes.</summary>
    public const int MaximumPath = 64;

    private const int Buckets = 1024;

    /// <summary>The paths, indexed by <see cref="EveField"/>, names parted by dots; several where versions
    /// differ.</summary>
    public static readonly ImmutableArray<string> Paths =
    [
        "event_type", "timestamp", "flow_id", "parent_id", "src_ip", "src_port", "dest_ip", "dest_port", "proto",
        "vlan", "icmp_type", "icmp_code", "app_proto", "app_proto_ts", "app_proto_tc", "app_proto_orig",
        "flow.pkts_toserver", "flow.pkts_toclient", "flow.bytes_toserver", "flow.bytes_toclient", "flow.start",
        "flow.end", "flow.state", "flow.action",
        "tcp.tcp_flags", "tcp.tcp_flags_ts", "tcp.tcp_flags_tc", "tcp.ts_gap", "tcp.tc_gap",
        "netflow.pkts", "netflow.bytes", "netflow.start", "netflow.end",
        "tls.version", "tls.sni", "tls.subject", "tls.issuerdn", "tls.serial", "tls.notbefore", "tls.notafter",
        "tls.subjectaltname", "tls.session_resumed", "tls.ja3.hash", "tls.ja3s.hash", "tls.ja3s.string", "tls.ja4",
        "tls.server_alpns", "tls.client_alpns",
        "tls.client.subject", "tls.client.issuerdn", "tls.client.serial", "tls.client.notbefore",
        "tls.client.notafter",
        "quic.sni", "quic.ja3.hash",
        "smb.dialect", "smb.status_code", "smb.share", "smb.named_pipe", "smb.share_type", "smb.service.response",
        "smb.ntlmssp.host",
        "dcerpc.request smb.dcerpc.request", "dcerpc.response smb.dcerpc.response",
        "dcerpc.interfaces smb.dcerpc.interfaces", "dcerpc.req.opnum smb.dcerpc.opnum",
        "dns.type", "dns.rrname dns.queries.rrname",
        "dns.rdata dns.answers.rdata dns.grouped.A dns.grouped.AAAA",
        "krb5.cname", "krb5.error_code",
        "dhcp.type", "dhcp.hostname", "dhcp.assigned_ip", "dhcp.client_ip",
        "stats.uptime", "stats.capture.kernel_drops", "stats.capture.kernel_ifdrops",
    ];

    private static readonly Entry?[] Table = MakeTable();

    /// <summary>Finds a path. True when it is a field, or an object with fields inside: then the field is
    /// null.</summary>
    public static bool TryFind(ReadOnlySpan<byte> path, out EveField? field)
    {
        for (var bucket = BucketOf(path); Table[bucket] is { } entry; bucket = (bucket + 1) % Buckets)
        {
            if (path.SequenceEqual(entry.Path))
            {
                field = entry.Field;
                return true;
            }
        }

        field = null;
        return false;
    }

    private static Entry?[] MakeTable()
    {
        var table = new Entry?[Buckets];
        for (var index = 0; index < Paths.Length; index++)
        {
            foreach (var path in Paths[index].Split(' '))
            {
                Add(table, path, (EveField)index);
                for (var dot = path.IndexOf('.'); dot >= 0; dot = path.IndexOf('.', dot + 1))
                    Add(table, path[..dot], null);
            }
        }

        return table;
    }

    private static void Add(Entry?[] table, string path, EveField? field)
    {
        var bytes = Encoding.ASCII.GetBytes(path);
        var bucket = BucketOf(bytes);
        while (table[bucket] is { } other)
        {
            if (bytes.AsSpan().SequenceEqual(other.Path))
                return;
            bucket = (bucket + 1) % Buckets;
        }

        table[bucket] = new Entry(bytes, field);
    }

    private static int BucketOf(ReadOnlySpan<byte> path)
    {
        var hash = 0u;
        foreach (var octet in path)
            hash = (hash * 31) + octet;
        return (int)(hash % Buckets);
    }

    private sealed record Entry(byte[] Path, EveField? Field);
}
