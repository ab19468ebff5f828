using System.Collections.Frozen;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Iptables;

/// <summary>Match extensions (iptables-extensions(8)) that are conditions, and why they are not evaluated.</summary>
internal static class IptablesModules
{
    private const string Header = "depends on header fields that are not evaluated";
    private const string Rate = "depends on a rate or number of connections";
    private const string Mark = "depends on a mark of an earlier rule";
    private const string Host = "depends on the routing or the addresses of the device";

    /// <summary>Extensions of which the options are evaluated.</summary>
    public static readonly FrozenSet<string> Evaluated = new[]
    {
        "tcp", "udp", "udplite", "sctp", "dccp", "icmp", "icmp6", "icmpv6", "ipv6-icmp", "state", "conntrack",
        "multiport", "iprange", "comment", "mport",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The others, by name.</summary>
    private static readonly FrozenDictionary<string, (ConditionKind Kind, string Why)> Conditions =
        new Dictionary<string, (ConditionKind Kind, string Why)>
        {
            ["addrtype"] = (ConditionKind.Other, Host),
            ["ah"] = (ConditionKind.Header, Header),
            ["bpf"] = (ConditionKind.Header, Header),
            ["cgroup"] = (ConditionKind.Program, "depends on a program of the host"),
            ["cluster"] = (ConditionKind.Other, "depends on the node of a cluster"),
            ["connbytes"] = (ConditionKind.Rate, Rate),
            ["connlabel"] = (ConditionKind.Mark, Mark),
            ["connlimit"] = (ConditionKind.Rate, Rate),
            ["connmark"] = (ConditionKind.Mark, Mark),
            ["cpu"] = (ConditionKind.Other, "depends on the processor"),
            ["devgroup"] = (ConditionKind.Other, "depends on groups of interfaces"),
            ["dscp"] = (ConditionKind.Header, Header),
            ["dst"] = (ConditionKind.Header, Header),
            ["ecn"] = (ConditionKind.Header, Header),
            ["esp"] = (ConditionKind.Header, Header),
            ["eui64"] = (ConditionKind.Header, Header),
            ["frag"] = (ConditionKind.Header, Header),
            ["geoip"] = (ConditionKind.Other, "depends on a list of countries"),
            ["hashlimit"] = (ConditionKind.Rate, Rate),
            ["hbh"] = (ConditionKind.Header, Header),
            ["helper"] = (ConditionKind.Application, "depends on a connection-tracking helper"),
            ["hl"] = (ConditionKind.Header, Header),
            ["ipv6header"] = (ConditionKind.Header, Header),
            ["ipvs"] = (ConditionKind.Other, "depends on virtual servers"),
            ["length"] = (ConditionKind.Header, Header),
            ["limit"] = (ConditionKind.Rate, Rate),
            ["mac"] = (ConditionKind.Header, "depends on hardware addresses"),
            ["mark"] = (ConditionKind.Mark, Mark),
            ["mh"] = (ConditionKind.Header, Header),
            ["ndpi"] = (ConditionKind.Application, "depends on the application"),
            ["nfacct"] = (ConditionKind.Rate, Rate),
            ["osf"] = (ConditionKind.Header, Header),
            ["owner"] = (ConditionKind.User, "depends on a user of the host"),
            ["physdev"] = (ConditionKind.Other, "depends on the port of a bridge"),
            ["pkttype"] = (ConditionKind.Header, Header),
            ["policy"] = (ConditionKind.Ipsec, "depends on IPsec"),
            ["quota"] = (ConditionKind.Rate, Rate),
            ["random"] = (ConditionKind.Rate, "depends on chance"),
            ["rateest"] = (ConditionKind.Rate, Rate),
            ["realm"] = (ConditionKind.Other, Host),
            ["recent"] = (ConditionKind.Rate, "depends on a list that rules fill"),
            ["rpfilter"] = (ConditionKind.Other, Host),
            ["rt"] = (ConditionKind.Header, Header),
            ["set"] = (ConditionKind.Other, "the file does not hold the contents of sets"),
            ["socket"] = (ConditionKind.Program, "depends on a socket of the host"),
            ["statistic"] = (ConditionKind.Rate, "depends on chance"),
            ["string"] = (ConditionKind.Header, "depends on the payload"),
            ["tcpmss"] = (ConditionKind.Header, Header),
            ["time"] = (ConditionKind.Schedule, "depends on the time"),
            ["tos"] = (ConditionKind.Header, Header),
            ["ttl"] = (ConditionKind.Header, Header),
            ["u32"] = (ConditionKind.Header, Header),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What an extension depends on, and why it is not evaluated.</summary>
    public static (ConditionKind Kind, string Why) Condition(string module) =>
        Conditions.TryGetValue(module, out var known)
            ? known
            : (ConditionKind.Other, $"unknown match '{Import.ConfigurationText.Shown(module)}'");
}
