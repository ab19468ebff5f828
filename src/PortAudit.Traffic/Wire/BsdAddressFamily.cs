namespace PortAudit.Traffic.Wire;

/// <summary>BSD address families before a packet. The number of IPv6 differs between systems, and some writers use an
/// EtherType instead, or the four bytes of Cisco HDLC, which end with one.</summary>
internal static class BsdAddressFamily
{
    private const uint Inet = 2;
    private const uint Inet6NetBsd = 24;
    private const uint Inet6FreeBsd = 28;
    private const uint Inet6Darwin = 30;

    /// <summary>The EtherType of a packet of this family; <see cref="EtherType.None"/> when it is not IP.</summary>
    public static ushort ToEtherType(uint family) => family switch
    {
        Inet => EtherType.Ipv4,
        Inet6NetBsd or Inet6FreeBsd or Inet6Darwin => EtherType.Ipv6,
        _ when (ushort)family is EtherType.Ipv4 or EtherType.Ipv6 => (ushort)family,
        _ => EtherType.None,
    };
}
