using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Names;

/// <summary>Which addresses can be named, and in which order.</summary>
internal static class NamedAddress
{
    /// <summary>Addresses of private use (RFC 1918 §3, RFC 3927 §2.1, RFC 4193 §3.1, RFC 4291 §2.5.6) before all others: where there are too many, the site's own hosts shall keep their names.</summary>
    public static Comparer<IpAddress> Order { get; } = Comparer<IpAddress>.Create((a, b) =>
    {
        var order = IsPrivate(b).CompareTo(IsPrivate(a));
        return order != 0 ? order : a.CompareTo(b);
    });

    /// <summary>False for what no single host has as its address in the network: multicast, broadcast, loopback (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3) and unspecified addresses.</summary>
    public static bool IsOfHost(IpAddress address)
    {
        if (address.IsIpv4)
            return address.IsUnicast && (address.Ipv4Value >> 24) is not (0 or 127);
        return address.IsUnicast && (address.High != 0 || address.Low > 1);
    }

    private static bool IsPrivate(IpAddress address) => address.IsIpv4
        ? (address.Ipv4Value >> 24) == 10 || (address.Ipv4Value >> 20) == 0xAC1 || (address.Ipv4Value >> 16) is 0xC0A8 or 0xA9FE
        : (address.High >> 57) == 0x7E || (address.High >> 54) == 0x3FA;
}
