using System.Collections.Immutable;
using System.Text;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>A protocol that Suricata detects, as <c>app_proto</c> names it (<c>app-layer-protos.c</c>): a row of
/// <see cref="All"/>.</summary>
/// <param name="Name">Suricata's name.</param>
/// <param name="Tcp">Name of our registry over TCP; null for none.</param>
/// <param name="Udp">The same over UDP.</param>
internal sealed record SuricataProtocol(string Name, string? Tcp, string? Udp)
{
    /// <summary>The rows.</summary>
    public static readonly ImmutableArray<SuricataProtocol> All =
    [
        new("http", "http", null),
        new("http1", "http", null),
        new("http2", "http2", null),
        new("http_any", "http", null),
        new("doh2", "http2", null),
        new("websocket", "http", null),
        new("ftp", "ftp", null),
        new(FtpData, "ftp-data", null),
        new("smtp", "smtp", null),
        new("tls", "tls", "dtls"),
        new("ssh", "ssh", null),
        new("imap", "imap", null),
        new("pop3", "pop", null),
        new("jabber", "xmpp", null),
        new("smb", "smb2", null),
        new("dcerpc", "dcerpc", "dcerpc"),
        new("irc", "irc", null),
        new("dns", "dns", "dns"),
        new("mdns", null, "mdns"),
        new("llmnr", null, "llmnr"),
        new("modbus", "modbus", null),
        new("enip", "ethernet-ip", "ethernet-ip"),
        new("dnp3", "dnp3", "dnp3"),
        new("nfs", "nfs", "nfs"),
        new("ntp", null, "ntp"),
        new("tftp", null, "tftp"),
        new("ike", null, "isakmp"),
        new("ikev2", null, "isakmp"),
        new("krb5", "kerberos", "kerberos"),
        new("quic", null, "quic"),
        new("dhcp", null, "dhcp"),
        new("sip", "sip", "sip"),
        new("rfb", "vnc", null),
        new("mqtt", "mqtt", null),
        new("pgsql", "pgsql", null),
        new("telnet", "telnet", null),
        new("ldap", "ldap", "cldap"),
        new("rdp", "rdp", null),
        new("snmp", "snmp", "snmp"),
        new("bittorrent-dht", null, "bt-dht"),
    ];

    /// <summary>Data of FTP: not detected, but expected where the control connection announced it.</summary>
    public const string FtpData = "ftp-data";

    /// <summary>The row of a name; null for none, and for <c>failed</c> and <c>unknown</c>.</summary>
    public static SuricataProtocol? Of(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[MaximumName];
        if (name.IsEmpty || name.Length > text.Length)
            return null;
        var length = Encoding.Latin1.GetChars(name, text);
        foreach (var row in All)
        {
            if (text[..length].SequenceEqual(row.Name))
                return row;
        }

        return null;
    }

    private const int MaximumName = 20;

    /// <summary>Its name in our registry; null for a transport that it does not use.</summary>
    public string? Over(IpProtocol transport) => transport == IpProtocol.Tcp ? Tcp : Udp;

    /// <summary>What was detected: of the flow, else of one direction; null for nothing, and when the other direction
    /// was something else (<c>failed</c>): then it is a guess.</summary>
    public static SuricataProtocol? Detected(EveEvent row)
    {
        var there = row[EveField.AppProtoToServer];
        var back = row[EveField.AppProtoToClient];
        return there.SequenceEqual("failed"u8) || back.SequenceEqual("failed"u8)
            ? null
            : Of(row[EveField.AppProto]) ?? Of(there) ?? Of(back);
    }

    /// <summary>Names the protocol of a flow: what was detected, else what the transport or the port says.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="detected">What was detected; null for nothing.</param>
    /// <param name="original">What was detected before; null for nothing.</param>
    public static FlowRecord AddTo(FlowRecord flow, SuricataProtocol? detected, SuricataProtocol? original)
    {
        if (detected?.Over(flow.Transport) is { } proved)
        {
            // One parser reads DNS and what is shaped like it.
            if (proved == "dns" && ProtocolRegistry.ByPort(flow.Transport, flow.Responder.Port)
                is { Name: "mdns" or "llmnr" or "nbns" } alike)
                proved = alike.Name;
            var began = original?.Over(flow.Transport);
            return flow with
            {
                Protocol = proved,
                ProtocolBasis = detected.Name == FtpData
                    ? IdentificationBasis.Announced
                    : IdentificationBasis.Payload,
                StartedAs = began == proved ? null : began,
            };
        }

        var (name, basis) = LogProtocol.Of(flow.Transport, flow.Responder.Port);
        return flow with { Protocol = name, ProtocolBasis = basis };
    }
}
