using System.Collections.Frozen;
using System.Globalization;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>Protocols by the names of <c>/etc/protocols</c> (IANA "Assigned Internet Protocol Numbers").</summary>
internal static class ProtocolNames
{
    private static readonly FrozenDictionary<string, byte> Numbers = new Dictionary<string, byte>
    {
        ["icmp"] = 1,
        ["igmp"] = 2,
        ["ggp"] = 3,
        ["ipencap"] = 4,
        ["ipip"] = 4,
        ["ipv4"] = 4,
        ["st"] = 5,
        ["tcp"] = 6,
        ["egp"] = 8,
        ["igp"] = 9,
        ["pup"] = 12,
        ["udp"] = 17,
        ["hmp"] = 20,
        ["xns-idp"] = 22,
        ["rdp"] = 27,
        ["iso-tp4"] = 29,
        ["dccp"] = 33,
        ["xtp"] = 36,
        ["ddp"] = 37,
        ["idpr-cmtp"] = 38,
        ["ipv6"] = 41,
        ["ipv6-route"] = 43,
        ["ipv6-frag"] = 44,
        ["idrp"] = 45,
        ["rsvp"] = 46,
        ["gre"] = 47,
        ["esp"] = 50,
        ["ipsec-esp"] = 50,
        ["ah"] = 51,
        ["ipsec-ah"] = 51,
        ["skip"] = 57,
        ["ipv6-icmp"] = 58,
        ["icmpv6"] = 58,
        ["icmp6"] = 58,
        ["ipv6-nonxt"] = 59,
        ["ipv6-opts"] = 60,
        ["rspf"] = 73,
        ["vmtp"] = 81,
        ["eigrp"] = 88,
        ["ospf"] = 89,
        ["ospfigp"] = 89,
        ["ax.25"] = 93,
        ["etherip"] = 97,
        ["encap"] = 98,
        ["pim"] = 103,
        ["comp"] = 108,
        ["ipcomp"] = 108,
        ["vrrp"] = 112,
        ["carp"] = 112,
        ["l2tp"] = 115,
        ["isis"] = 124,
        ["sctp"] = 132,
        ["fc"] = 133,
        ["mobility-header"] = 135,
        ["ipv6-mh"] = 135,
        ["mh"] = 135,
        ["udplite"] = 136,
        ["mpls-in-ip"] = 137,
        ["manet"] = 138,
        ["hip"] = 139,
        ["shim6"] = 140,
        ["wesp"] = 141,
        ["rohc"] = 142,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The number of a protocol by its name or number; null for another word.</summary>
    public static byte? Number(string word) =>
        byte.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : Numbers.TryGetValue(word, out var known) ? known
        : null;
}
