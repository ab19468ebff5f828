using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Site;

/// <summary>What stands for the segments of a site that names none. There are no more than the site lists hosts and
/// networks, whatever the traffic.</summary>
internal static class ShownNetwork
{
    /// <summary>Public addresses.</summary>
    public const string Internet = "Internet";

    /// <summary>Private addresses that the site does not list.</summary>
    public const string Unlisted = "(unlisted)";

    /// <summary>Multicast, broadcast and addresses of a link.</summary>
    public const string Link = "(link)";

    private const int Ipv4Length = 24;
    private const int Ipv6Length = 64;

    /// <summary>The name for an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="isListed">True when a host or a network of the site has it.</param>
    public static string Of(IpAddress address, bool isListed)
    {
        if (AddressScope.StaysOnLink(address))
            return Link;
        if (!AddressScope.IsInternal(address))
            return Internet;
        if (!isListed)
            return Unlisted;
        return (address.IsIpv4
            ? new Prefix(IpAddress.FromIpv4(address.Ipv4Value & ~0xFFu), Ipv4Length)
            : new Prefix(new IpAddress(address.High, 0), Ipv6Length)).ToString();
    }
}
