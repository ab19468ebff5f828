using System.Collections.Frozen;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Fields by their keywords (nft(8), "Payload expressions", "Meta expressions", "Conntrack
/// expressions").</summary>
internal static class NftFields
{
    private static readonly FrozenSet<string> Headers = new[]
    {
        "ip", "ip6", "tcp", "udp", "udplite", "sctp", "dccp", "th", "icmp", "icmpv6", "igmp", "ether", "vlan", "arp",
            "ah",
        "esp", "comp", "frag", "hbh", "mh", "dst", "rt0", "rt2", "srh", "gre", "geneve", "gretap", "vxlan",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Metas = new[]
    {
        "iifname", "oifname", "iif", "oif", "iiftype", "oiftype", "iifkind", "oifkind", "iifgroup", "oifgroup", "mark",
        "skuid", "skgid", "protocol", "length", "nfproto", "l4proto", "priority", "cpu", "rtclassid", "pkttype",
            "cgroup",
        "day", "hour", "time", "ibrname", "obrname", "ibriport", "obriport", "ibrpvid", "ibrvproto", "nftrace",
            "random",
        "secpath", "sdif", "sdifname", "broute",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a header of a packet.</summary>
    public static bool IsHeader(string word) => Headers.Contains(word);

    /// <summary>True for what the kernel knows of a packet besides its bytes.</summary>
    public static bool IsMeta(string word) => Metas.Contains(word);

    /// <summary>What a field depends on that is not evaluated, and why.</summary>
    public static (ConditionKind Kind, string Why) Condition(string field)
    {
        var (first, last) = (field.Split(' ')[0], field[(field.LastIndexOf(' ') + 1)..]);
        return first switch
        {
            "meta" => Meta(last),
            "ct" => Connection(last),
            "fib" => (ConditionKind.Other, "depends on the routing or the addresses of the device"),
            "socket" => (ConditionKind.Program, "depends on a socket of the host"),
            "rt" or "ipsec" => last == "ipsec" || first == "ipsec"
                ? (ConditionKind.Ipsec, "depends on IPsec")
                : (ConditionKind.Other, "depends on the routing or the addresses of the device"),
            "numgen" or "jhash" or "symhash" => (ConditionKind.Rate, "depends on chance"),
            _ => (ConditionKind.Header, $"'{Import.ConfigurationText.Shown(field)}' is not evaluated"),
        };
    }

    private static (ConditionKind Kind, string Why) Meta(string key) => key switch
    {
        "mark" or "nftrace" => (ConditionKind.Mark, "depends on a mark of an earlier rule"),
        "skuid" or "skgid" => (ConditionKind.User, "depends on a user of the host"),
        "cgroup" => (ConditionKind.Program, "depends on a program of the host"),
        "day" or "hour" or "time" => (ConditionKind.Schedule, "depends on the time"),
        "secpath" or "ipsec" => (ConditionKind.Ipsec, "depends on IPsec"),
        "length" or "pkttype" => (ConditionKind.Header, $"'meta {key}' is not evaluated"),
        "random" => (ConditionKind.Rate, "depends on chance"),
        _ => (ConditionKind.Other, $"'meta {Import.ConfigurationText.Shown(key)}' is not evaluated"),
    };

    private static (ConditionKind Kind, string Why) Connection(string key) => key switch
    {
        "mark" or "label" => (ConditionKind.Mark, "depends on a mark of an earlier rule"),
        "bytes" or "packets" or "avgpkt" or "count" or "expiration" =>
            (ConditionKind.Rate, "depends on a rate or number of connections"),
        "helper" => (ConditionKind.Application, "depends on a connection-tracking helper"),
        _ => (ConditionKind.Other, $"'ct {Import.ConfigurationText.Shown(key)}' is not evaluated"),
    };
}
