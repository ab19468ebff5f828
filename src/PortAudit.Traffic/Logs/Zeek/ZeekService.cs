using System.Collections.Immutable;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>A protocol that a Zeek analyzer confirms, as conn.log names it in <c>service</c>: a row of
/// <see cref="All"/>.</summary>
/// <param name="Name">Zeek's name.</param>
/// <param name="Tcp">Name of our registry over TCP; null for none.</param>
/// <param name="Udp">The same over UDP.</param>
internal sealed record ZeekService(string Name, string? Tcp, string? Udp)
{
    /// <summary>The rows, the most telling first: of several names of one connection the first decides what it is. TLS
    /// comes first, as what else is named began in clear; what others carry (Kerberos in SMB, SMB's RPC) comes
    /// after its carrier.</summary>
    public static readonly ImmutableArray<ZeekService> All =
    [
        new("quic", null, "quic"),
        new("rdp", "rdp", null),
        new("rdpeudp", null, "rdpudp"),
        new("ssl", "tls", "dtls"),
        new("dtls", null, "dtls"),
        Same("ssh"),
        new("smb", "smb2", null),
        new("dce_rpc", "dcerpc", "dcerpc"),
        Same("http"),
        new("websocket", "http", null),
        new("ftp-data", "ftp-data", null),
        Same("ftp"),
        Same("smtp"),
        new("pop3", "pop", null),
        Same("imap"),
        Same("irc"),
        Same("xmpp"),
        new("ldap_tcp", "ldap", null),
        new("ldap_udp", null, "cldap"),
        new("ldap", "ldap", "cldap"),
        Same("mysql"),
        new("postgresql", "pgsql", null),
        new("redis", "resp", null),
        Same("mqtt"),
        new("rfb", "vnc", null),
        Same("socks"),
        new("sip", "sip", "sip"),
        new("rtsp", "rtsp", "rtsp"),
        new("dns", "dns", "dns"),
        new("krb_tcp", "kerberos", null),
        new("krb", "kerberos", "kerberos"),
        new("dhcp", null, "dhcp"),
        new("ntp", null, "ntp"),
        new("snmp", null, "snmp"),
        new("syslog", null, "syslog"),
        new("radius", null, "radius"),
        new("tftp", null, "tftp"),
        new("modbus", "modbus", null),
        new("dnp3_tcp", "dnp3", null),
        new("dnp3_udp", null, "dnp3"),
        new("dnp3", "dnp3", "dnp3"),
        new("finger", "finger", null),
        new("bittorrent", "bittorrent", null),
        new("teredo", null, "teredo"),
        new("vxlan", null, "vxlan"),
        new("geneve", null, "geneve"),
        new("gtpv1", null, "gtp"),
        new("ayiya", null, null),
        new("stun", "stun", "stun"),
        new("wireguard", null, "wg"),
        new("openvpn", "openvpn", "openvpn"),
        new("ipsec", null, "isakmp"),
        new("tds", "tds", null),
        new("bacnet", null, "bacnet"),
        new("s7comm", "s7comm", null),
        new("enip", "ethernet-ip", "ethernet-ip"),
        new("opcua_binary", "opcua", null),
    ];

    /// <summary>Protocols that may turn into TLS on the same connection.</summary>
    private static readonly ImmutableArray<string> Turning =
        ["smtp", "pop3", "imap", "ftp", "irc", "xmpp", "ldap_tcp", "ldap", "mysql", "postgresql", "http", "socks"];

    /// <summary>The most telling of a connection's services; null without a known one.</summary>
    /// <param name="names">The services, each once. A name after a hyphen is one that the connection violated.</param>
    public static ZeekService? Of(IReadOnlyCollection<string> names) =>
        All.FirstOrDefault(row => names.Contains(row.Name) && !names.Contains($"-{row.Name}"));

    /// <summary>The service that a TLS connection began as; null for none.</summary>
    public static ZeekService? StartedAs(IReadOnlyCollection<string> names) => All.FirstOrDefault(row =>
        Turning.Contains(row.Name) && names.Contains(row.Name) && !names.Contains($"-{row.Name}"));

    private static ZeekService Same(string name) => new(name, name, null);
}
