using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>
/// Default ports of well-known applications, after Palo Alto Networks' Applipedia
/// (https://applipedia.paloaltonetworks.com) and the IANA registrations of their protocols. They change with content
/// releases, so a row also has the ports of the encrypted or older form: a packet to a port outside of a row is
/// surely not the application on its default port.
/// </summary>
internal static class PanOsKnownApplications
{
    private static readonly FrozenDictionary<string, ImmutableArray<ServiceMatch>> Ports = Rows(
        ("bgp", "tcp/179"),
        ("dhcp", "udp/67,68"),
        ("dns", "tcp/53,853 udp/53,853,5353"),
        ("dns-base", "tcp/53,853 udp/53,853,5353"),
        ("ftp", "tcp/20,21,990"),
        ("ike", "udp/500,4500"),
        ("imap", "tcp/143,993"),
        ("ipsec-esp-udp", "udp/4500"),
        ("kerberos", "tcp/88,464 udp/88,464"),
        ("ldap", "tcp/389,636,3268,3269 udp/389,3268"),
        ("ms-ds-smb", "tcp/139,445 udp/137,138,445"),
        ("ms-ds-smb-base", "tcp/139,445 udp/137,138,445"),
        ("ms-ds-smbv1", "tcp/139,445 udp/137,138,445"),
        ("ms-ds-smbv2", "tcp/139,445 udp/137,138,445"),
        ("ms-ds-smbv3", "tcp/139,445 udp/137,138,445"),
        ("ms-rdp", "tcp/3389 udp/3389"),
        ("mssql-mon", "tcp/1434 udp/1434"),
        ("mysql", "tcp/3306"),
        ("netbios-dg", "tcp/138 udp/138"),
        ("netbios-ns", "tcp/137 udp/137"),
        ("netbios-ss", "tcp/139 udp/139"),
        ("ntp", "tcp/123 udp/123"),
        ("ntp-base", "tcp/123 udp/123"),
        ("pop3", "tcp/110,995"),
        ("postgres", "tcp/5432"),
        ("smtp", "tcp/25,465,587"),
        ("snmp", "tcp/161,162 udp/161,162"),
        ("snmp-base", "tcp/161,162 udp/161,162"),
        ("snmp-trap", "tcp/161,162 udp/161,162"),
        ("ssh", "tcp/22"),
        ("ssl", "tcp/443"),
        ("syslog", "tcp/514,601,1468,6514 udp/514,6514"),
        ("tacacs-plus", "tcp/49 udp/49"),
        ("telnet", "tcp/23,992"),
        ("tftp", "udp/69"),
        ("web-browsing", "tcp/80,443,8080"),

        // Types that have an application of their own (ping) may or may not be these.
        ("icmp", "icmp/8"),
        ("ipv6-icmp", "icmp6/128"));

    private static readonly FrozenDictionary<string, ImmutableArray<ServiceMatch>> ByHeader = Rows(
        ("eigrp", "ip/88"),
        ("gre", "ip/47"),
        ("icmp", "icmp/0-7 icmp/9-255"),
        ("igmp", "ip/2"),
        ("ipsec-ah", "ip/51"),
        ("ipsec-esp", "ip/50"),
        ("ipv6-icmp", "icmp6/0-127 icmp6/129-255"),
        ("ospfigp", "ip/89"),
        ("pim", "ip/103"),
        ("ping", "icmp/8"),
        ("ping6", "icmp6/128"),
        ("vrrp", "ip/112"));

    /// <summary>Default ports of an application that the device recognises by more than headers; empty when it is not
    /// known.</summary>
    public static ImmutableArray<ServiceMatch> DefaultPorts(string name) => Ports.GetValueOrDefault(name, []);

    /// <summary>What headers show of an application that is a protocol of its own; empty for others.</summary>
    public static ImmutableArray<ServiceMatch> Headers(string name) => ByHeader.GetValueOrDefault(name, []);

    /// <summary>Reads <c>tcp/80,443</c>, <c>ip/47</c>, <c>icmp/8</c> or <c>icmp/0-7</c>. Null for others, such as
    /// <c>tcp/dynamic</c>.</summary>
    public static ServiceMatch? Read(string text)
    {
        if (text.Split('/') is not [var protocol, var numbers] || !PortWords.TryParse(numbers, out var set))
            return null;
        return protocol switch
        {
            "tcp" => ServiceMatch.Of(IpProtocol.Tcp, set),
            "udp" => ServiceMatch.Of(IpProtocol.Udp, set),
            "sctp" => ServiceMatch.Of(IpProtocol.Sctp, set),
            "icmp" => ServiceMatch.Of(IpProtocol.Icmp) with { IcmpTypes = Bytes(set) },
            "icmp6" => ServiceMatch.Of(IpProtocol.IcmpV6) with { IcmpTypes = Bytes(set) },
            "ip" => ServiceMatch.OfProtocols(Bytes(set)),
            _ => null,
        };
    }

    private static IntervalSet<byte> Bytes(IntervalSet<ushort> set) => IntervalSet.Of(set.Ranges
        .Where(range => range.First <= byte.MaxValue)
        .Select(range => new Interval<byte>((byte)range.First, (byte)Math.Min(range.Last, byte.MaxValue))));

    private static FrozenDictionary<string, ImmutableArray<ServiceMatch>> Rows(
        params ReadOnlySpan<(string Name, string Ports)> rows)
    {
        var read = new Dictionary<string, ImmutableArray<ServiceMatch>>(StringComparer.Ordinal);
        foreach (var (name, ports) in rows)
            read.Add(name, [.. ports.Split(' ').Select(Read).OfType<ServiceMatch>()]);
        return read.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
