using System.Collections.Frozen;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>Tables of a configuration by what they are about.</summary>
internal static class FortiSections
{
    /// <summary>Tables that rules name and that are read where they do.</summary>
    private static readonly FrozenSet<string> Policy = FrozenSet.ToFrozenSet(
    [
        "firewall address", "firewall address6", "firewall addrgrp", "firewall addrgrp6", "firewall vipgrp",
        "firewall vipgrp6", "firewall service custom", "firewall service group", "firewall policy", "system settings",
        "system zone", "firewall ippool", "firewall ippool6", "firewall central-snat-map",
    ]);

    /// <summary>Tables that may change what passes, with why they are not evaluated.</summary>
    private static readonly FrozenDictionary<string, string> Unevaluated = new Dictionary<string, string>
    {
        ["firewall proxy-policy"] = "policies of the proxy are not evaluated",
        ["firewall explicit-proxy-policy"] = "policies of the proxy are not evaluated",
        ["firewall interface-policy"] = "policies of an interface may drop what others permit",
        ["firewall interface-policy6"] = "policies of an interface may drop what others permit",
        ["firewall DoS-policy"] = "protection against floods may drop what policies permit",
        ["firewall DoS-policy6"] = "protection against floods may drop what policies permit",
        ["firewall ttl-policy"] = "policies of the time to live are not evaluated",
        ["firewall multicast-policy"] = "policies of multicast are not evaluated",
        ["firewall multicast-policy6"] = "policies of multicast are not evaluated",
        ["firewall policy46"] = "policies between IPv4 and IPv6 are not evaluated",
        ["firewall policy64"] = "policies between IPv4 and IPv6 are not evaluated",
        ["firewall vip46"] = "policies between IPv4 and IPv6 are not evaluated",
        ["firewall vip64"] = "policies between IPv4 and IPv6 are not evaluated",
        ["firewall access-proxy"] = "what the proxy of applications takes is not evaluated",
        ["firewall consolidated policy"] = "consolidated policies are not evaluated",
        ["firewall security-policy"] = "without 'ngfw-mode policy-based' these do not decide",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Says of each table of a file what its lines are. Sections that are no tables of the firewall are about
    /// something else.</summary>
    public static void Mark(FortiBlock root)
    {
        root.Mark(FortiUse.NotEvaluable, "not in a section");
        foreach (var block in root.Blocks)
        {
            if (block.Name is not ("global" or "vdom"))
            {
                MarkTable(block);
                continue;
            }

            block.Mark(FortiUse.Understood);
            var holders = block.Name == "global" ? [block] : block.Blocks;
            foreach (var table in holders.SelectMany(holder => holder.Blocks))
                MarkTable(table);
        }
    }

    private static void MarkTable(FortiBlock table)
    {
        if (table.Use != FortiUse.Inherited)
            return;
        if (Policy.Contains(table.Name))
            table.Mark(FortiUse.Understood);
        else if (Unevaluated.TryGetValue(table.Name, out var reason))
            table.Mark(FortiUse.NotEvaluable, reason);
        else if (IsPolicy(table.Name))
            table.Mark(FortiUse.NotEvaluable, "policies of this kind are not evaluated");
        else
            table.Mark(FortiUse.Other);
    }

    private static bool IsPolicy(string name) => name.StartsWith("firewall ", StringComparison.Ordinal)
        && name.Contains("policy", StringComparison.Ordinal)
        && name is not ("firewall shaping-policy" or "firewall sniffer-policy" or "firewall identity-based-route"
            or "firewall decrypted-traffic-mirror" or "firewall policy6" or "firewall local-in-policy"
            or "firewall local-in-policy6");
}
