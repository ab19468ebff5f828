using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Site;

/// <summary>Distinguishes addresses that never cross the public Internet.</summary>
internal static class AddressScope
{
    private static readonly Prefix[] OnHost =
    [
        new(IpAddress.FromIpv4(0x0000_0000), 8), // "this network", RFC 1122 §3.2.1.3
        new(IpAddress.FromIpv4(0x7F00_0000), 8), // loopback, RFC 1122 §3.2.1.3
        new(new IpAddress(0, 0), 127), // unspecified and loopback, RFC 4291 §2.5.2 and §2.5.3
    ];

    private static readonly Prefix[] OnLink =
    [
        .. OnHost,
        new(IpAddress.FromIpv4(0xA9FE_0000), 16), // link-local, RFC 3927 §2.1
        new(new IpAddress(0xFE80_0000_0000_0000, 0), 10), // link-local, RFC 4291 §2.5.6
    ];

    private static readonly Prefix[] Private =
    [
        .. OnLink,
        new(IpAddress.FromIpv4(0x0A00_0000), 8), // 10/8, RFC 1918 §3
        new(IpAddress.FromIpv4(0x6440_0000), 10), // 100.64/10, RFC 6598 §7
        new(IpAddress.FromIpv4(0xAC10_0000), 12), // 172.16/12, RFC 1918 §3
        new(IpAddress.FromIpv4(0xC0A8_0000), 16), // 192.168/16, RFC 1918 §3
        new(new IpAddress(0xFC00_0000_0000_0000, 0), 7), // unique local, RFC 4193 §3.1
    ];

    /// <summary>True for loopback, unspecified and other "this network" addresses, which never leave a host.</summary>
    public static bool StaysOnHost(IpAddress address) => Holds(OnHost, address);

    /// <summary>True for an address valid only on its link or host: link-local (RFC 3927, RFC 4291 §2.5.6), loopback,
    /// "this network" and non-unicast. It is in no segment unless the site lists it there.</summary>
    public static bool StaysOnLink(IpAddress address) =>
        !address.IsUnicast || Holds(OnLink, address);

    /// <summary>True for an address of private use, link-local, loopback or unspecified, and for one that no single
    /// host can hold.</summary>
    public static bool IsInternal(IpAddress address) => !address.IsUnicast || Holds(Private, address);

    /// <summary>The prefixes of all addresses that are internal (<see cref="IsInternal"/>).</summary>
    public static IEnumerable<Prefix> InternalPrefixes =>
    [
        .. Private,
        new(IpAddress.FromIpv4(0xE000_0000), 4), // multicast, RFC 5771
        new(IpAddress.FromIpv4(uint.MaxValue), 32), // limited broadcast, RFC 919 §7
        new(new IpAddress(0xFF00_0000_0000_0000, 0), 8), // multicast, RFC 4291 §2.7
    ];

    private static bool Holds(Prefix[] prefixes, IpAddress address)
    {
        foreach (var prefix in prefixes)
        {
            if (prefix.Contains(address))
                return true;
        }

        return false;
    }
}
