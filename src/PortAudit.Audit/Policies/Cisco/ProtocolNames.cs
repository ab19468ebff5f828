using System.Collections.Frozen;
using System.Globalization;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>Names of IP protocols that ASA and IOS write instead of numbers ("Addresses, Protocols, and Ports" in the
/// ASA General Operations configuration guide; "access-list (IP extended)" in the IOS security command
/// reference).</summary>
internal static class ProtocolNames
{
    private static readonly FrozenDictionary<string, byte> Numbers = new Dictionary<string, byte>
    {
        ["ah"] = 51,
        ["ahp"] = 51,
        ["eigrp"] = 88,
        ["esp"] = 50,
        ["gre"] = 47,
        ["icmp"] = 1,
        ["icmp6"] = 58,
        ["icmpv6"] = 58,
        ["igmp"] = 2,
        ["igrp"] = 9,
        ["ipinip"] = 4,
        ["ipsec"] = 50,
        ["nos"] = 94,
        ["ospf"] = 89,
        ["pcp"] = 108,
        ["pim"] = 103,
        ["pptp"] = 47,
        ["sctp"] = 132,
        ["snp"] = 109,
        ["tcp"] = 6,
        ["udp"] = 17,
        ["vrrp"] = 112,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>TCP and UDP.</summary>
    public static IntervalSet<byte> TcpAndUdp { get; } = IntervalSet.Of<byte>(6).Union(IntervalSet.Of<byte>(17));

    /// <summary>Reads a protocol: a name, a number, <c>ip</c> or <c>ipv6</c> for all, <c>tcp-udp</c> for
    /// both.</summary>
    public static bool TryParse(string text, out IntervalSet<byte> protocols)
    {
        protocols = text.ToLowerInvariant() switch
        {
            "ip" or "ipv4" or "ipv6" or "any" => IntervalSet.All<byte>(),
            "tcp-udp" => TcpAndUdp,
            _ => IntervalSet.Empty<byte>(),
        };
        if (protocols.IsEmpty && (byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || Numbers.TryGetValue(text, out number)))
            protocols = IntervalSet.Of(number);
        return !protocols.IsEmpty;
    }
}
