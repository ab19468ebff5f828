using System.Collections.Frozen;
using System.Globalization;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>Ports by the names of <c>/etc/services</c>, as people write them and as nft before 0.9.1 printed them
/// (IANA "Service Name and Transport Protocol Port Number Registry").</summary>
internal static class ServiceNames
{
    private static readonly FrozenDictionary<string, ushort> Ports = new Dictionary<string, ushort>
    {
        ["echo"] = 7,
        ["discard"] = 9,
        ["daytime"] = 13,
        ["chargen"] = 19,
        ["ftp-data"] = 20,
        ["ftp"] = 21,
        ["ssh"] = 22,
        ["telnet"] = 23,
        ["smtp"] = 25,
        ["time"] = 37,
        ["whois"] = 43,
        ["tacacs"] = 49,
        ["domain"] = 53,
        ["bootps"] = 67,
        ["bootpc"] = 68,
        ["tftp"] = 69,
        ["finger"] = 79,
        ["http"] = 80,
        ["www"] = 80,
        ["kerberos"] = 88,
        ["kerberos-sec"] = 88,
        ["iso-tsap"] = 102,
        ["pop3"] = 110,
        ["sunrpc"] = 111,
        ["portmapper"] = 111,
        ["auth"] = 113,
        ["nntp"] = 119,
        ["ntp"] = 123,
        ["epmap"] = 135,
        ["netbios-ns"] = 137,
        ["netbios-dgm"] = 138,
        ["netbios-ssn"] = 139,
        ["imap"] = 143,
        ["imap2"] = 143,
        ["snmp"] = 161,
        ["snmp-trap"] = 162,
        ["snmptrap"] = 162,
        ["xdmcp"] = 177,
        ["bgp"] = 179,
        ["irc"] = 194,
        ["ldap"] = 389,
        ["https"] = 443,
        ["microsoft-ds"] = 445,
        ["kpasswd"] = 464,
        ["submissions"] = 465,
        ["isakmp"] = 500,
        ["exec"] = 512,
        ["login"] = 513,
        ["shell"] = 514,
        ["syslog"] = 514,
        ["printer"] = 515,
        ["router"] = 520,
        ["rip"] = 520,
        ["dhcpv6-client"] = 546,
        ["dhcpv6-server"] = 547,
        ["rtsp"] = 554,
        ["submission"] = 587,
        ["ipp"] = 631,
        ["ldaps"] = 636,
        ["ldp"] = 646,
        ["domain-s"] = 853,
        ["rsync"] = 873,
        ["ftps-data"] = 989,
        ["ftps"] = 990,
        ["telnets"] = 992,
        ["imaps"] = 993,
        ["pop3s"] = 995,
        ["socks"] = 1080,
        ["openvpn"] = 1194,
        ["ms-sql-s"] = 1433,
        ["ms-sql-m"] = 1434,
        ["l2f"] = 1701,
        ["l2tp"] = 1701,
        ["radius"] = 1812,
        ["radius-acct"] = 1813,
        ["nfs"] = 2049,
        ["mysql"] = 3306,
        ["ms-wbt-server"] = 3389,
        ["nut"] = 3493,
        ["ipsec-nat-t"] = 4500,
        ["sip"] = 5060,
        ["sip-tls"] = 5061,
        ["xmpp-client"] = 5222,
        ["xmpp-server"] = 5269,
        ["mdns"] = 5353,
        ["postgresql"] = 5432,
        ["amqp"] = 5672,
        ["x11"] = 6000,
        ["http-alt"] = 8080,
        ["webcache"] = 8080,
        ["git"] = 9418,
        ["zabbix-agent"] = 10050,
        ["zabbix-trapper"] = 10051,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>A port by its number or name; null for another word.</summary>
    public static ushort? Port(string word) =>
        ushort.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : Ports.TryGetValue(word, out var known) ? known
        : null;

    /// <summary>A port or a range of ports; null when it is none. A missing end is the lowest or highest
    /// port.</summary>
    /// <param name="text">The port or range.</param>
    /// <param name="separator">What stands between the ends: a colon for iptables, a hyphen for nft.</param>
    public static IntervalSet<ushort>? Range(string text, char separator)
    {
        // A name may have the separator in it: netbios-ns.
        if (Port(text) is { } single)
            return IntervalSet.Of(single);
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var (first, last) = (text[..at], text[(at + 1)..]);
        ushort? low = first.Length == 0 ? ushort.MinValue : Port(first);
        ushort? high = last.Length == 0 ? ushort.MaxValue : Port(last);
        return low is { } from && high is { } to && from <= to ? IntervalSet.Of(from, to) : null;
    }
}
