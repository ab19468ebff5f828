using System.Collections.Immutable;
using System.Text;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>A stream of Zeek's logs that is read: a row of <see cref="All"/>.</summary>
/// <param name="Path">Its name: <c>#path</c>, <c>_path</c>.</param>
/// <param name="Signs">Fields that only its rows have: any of them tells it where JSON does not name it.</param>
internal sealed record ZeekStream(string Path, params ImmutableArray<ZeekField> Signs)
{
    /// <summary>Connections: the one stream that makes flows.</summary>
    public static readonly ZeekStream Connections =
        new("conn", ZeekField.ConnState, ZeekField.OriginatorPackets, ZeekField.OriginatorIpBytes);

    public static readonly ZeekStream Rpc = new("dce_rpc", ZeekField.Endpoint, ZeekField.NamedPipe);

    public static readonly ZeekStream Tls = new("ssl", ZeekField.NextProtocol, ZeekField.CertChainFuids,
        ZeekField.CertChain, ZeekField.SslHistory, ZeekField.Ja3, ZeekField.Ja3S, ZeekField.Resumed);

    public static readonly ZeekStream Certificates = new("x509", ZeekField.CertSerial, ZeekField.CertSubject);

    public static readonly ZeekStream Dns = new("dns", ZeekField.Query, ZeekField.RcodeName);

    public static readonly ZeekStream Kerberos = new("kerberos", ZeekField.RequestType);

    public static readonly ZeekStream Ntlm =
        new("ntlm", ZeekField.ServerNetBiosName, ZeekField.ServerDnsName, ZeekField.HostName);

    public static readonly ZeekStream Shares = new("smb_mapping", ZeekField.ShareType);

    public static readonly ZeekStream Tunnels = new("tunnel", ZeekField.TunnelType);

    public static readonly ZeekStream Sip = new("sip", ZeekField.CallId);

    /// <summary>HTTP. Behind <see cref="Sip"/>, which shares its fields.</summary>
    public static readonly ZeekStream Http = new("http", ZeekField.RequestLength);

    /// <summary>Counters of Zeek itself, each since the row before.</summary>
    public static readonly ZeekStream Stats =
        new("stats", ZeekField.PacketsProcessed, ZeekField.PacketsDropped);

    /// <summary>The streams that are read.</summary>
    public static readonly ImmutableArray<ZeekStream> All =
        [Connections, Rpc, Tls, Certificates, Dns, Kerberos, Ntlm, Shares, Tunnels, Stats, Sip, Http];

    /// <summary>The stream of a name; null for one that is not read.</summary>
    public static ZeekStream? Find(ReadOnlySpan<byte> path)
    {
        foreach (var stream in All)
        {
            if (Ascii.Equals(path, stream.Path))
                return stream;
        }

        return null;
    }

    /// <summary>The stream that the fields of a row of JSON tell; null for one that is not read.</summary>
    public static ZeekStream? Of(ZeekRow row)
    {
        if (row.Has(ZeekField.Path))
            return Find(row[ZeekField.Path]);
        foreach (var stream in All)
        {
            foreach (var sign in stream.Signs)
            {
                if (row.Has(sign))
                    return stream;
            }
        }

        return null;
    }
}
