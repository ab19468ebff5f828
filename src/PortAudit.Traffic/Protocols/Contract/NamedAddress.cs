using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Which addresses can be named, and in which order.</summary>
internal static class NamedAddress
{
    /// <summary>Addresses of private use before all others: where there are too many, the site's own hosts shall keep
    /// their names.</summary>
    public static Comparer<IpAddress> Order { get; } = Comparer<IpAddress>.Create((a, b) =>
    {
        var order = b.IsPrivate.CompareTo(a.IsPrivate);
        return order != 0 ? order : a.CompareTo(b);
    });

    /// <summary>False for what no single host has as its address in the network: multicast, broadcast, loopback (RFC
    /// 1122 §3.2.1.3, RFC 4291 §2.5.3) and unspecified addresses.</summary>
    public static bool IsOfHost(IpAddress address)
    {
        if (address.IsIpv4)
            return address.IsUnicast && (address.Ipv4Value >> 24) is not (0 or 127);
        return address.IsUnicast && (address.High != 0 || address.Low > 1);
    }
}
