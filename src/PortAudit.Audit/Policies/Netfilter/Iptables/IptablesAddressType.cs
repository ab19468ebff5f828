using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Netfilter.Iptables;

/// <summary>The match <c>addrtype</c>, as far as the address alone tells its type: multicast does, local and broadcast
/// depend on the device.</summary>
internal static class IptablesAddressType
{
    // RFC 5771 and RFC 4291 §2.7.
    private static readonly IntervalSet<UInt128> Multicast =
        AddressSet.Of(new Prefix(IpAddress.FromIpv4(0xE000_0000), 4)).Union(
            AddressSet.Of(new Prefix(new IpAddress(0xFF00_0000_0000_0000, 0), 8)));

    /// <summary>Reads <c>addrtype [!] --dst-type MULTICAST</c>; false for what it leaves open.</summary>
    public static bool Read(string module, string condition, RuleDraft rule)
    {
        if (module != "addrtype")
            return false;
        var isNegated = condition == "addrtype ! --dst-type MULTICAST";
        if (!isNegated && condition != "addrtype --dst-type MULTICAST")
            return false;
        rule.And(new PacketMatch { Destination = isNegated ? Multicast.Complement() : Multicast });
        return true;
    }
}
