using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Site;

/// <summary>What stands for the segments of a site that names none: the /24 (IPv4) or /64 (IPv6) of each listed address
/// that is not public. There are no more than the site lists hosts and networks, whatever the traffic.</summary>
internal sealed class ShownNetworks
{
    /// <summary>Public addresses.</summary>
    public const string Internet = "Internet";

    /// <summary>Private addresses in networks where the site lists nothing.</summary>
    public const string Unlisted = "(unlisted)";

    /// <summary>Multicast, broadcast and addresses of a link.</summary>
    public const string Link = "(link)";

    private const int Ipv4Length = 24;
    private const int Ipv6Length = 64; // a link has one, RFC 4291 §2.5.1

    private readonly HashSet<Prefix> _listed;

    /// <summary>Takes the networks of the hosts and networks of a site.</summary>
    public ShownNetworks(SiteFile site) => _listed = [.. site.Hosts.SelectMany(host => host.Addresses)
        .Concat(site.Networks.Select(network => network.Prefix.Address)).Select(NetworkOf)];

    /// <summary>The name for an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="isListed">True when a host or a network of the site has it.</param>
    public string Of(IpAddress address, bool isListed)
    {
        if (AddressScope.StaysOnLink(address))
            return Link;
        if (!AddressScope.IsInternal(address))
            return Internet;
        var network = NetworkOf(address);
        return isListed || _listed.Contains(network) ? network.ToString() : Unlisted;
    }

    /// <summary>The /24 or /64 of an address.</summary>
    public static Prefix NetworkOf(IpAddress address) => address.IsIpv4
        ? new Prefix(IpAddress.FromIpv4(address.Ipv4Value & ~0xFFu), Ipv4Length)
        : new Prefix(new IpAddress(address.High, 0), Ipv6Length);
}
