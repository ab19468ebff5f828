using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>Multicast groups that distinguish the dialects.</summary>
internal static class DnsGroups
{
    /// <summary>224.0.0.251, multicast DNS (RFC 6762 §3).</summary>
    public static readonly IpAddress MulticastIpv4 = IpAddress.FromIpv4(0xE000_00FB);

    /// <summary>ff02::fb, multicast DNS (RFC 6762 §3).</summary>
    public static readonly IpAddress MulticastIpv6 = new(0xFF02_0000_0000_0000, 0xFB);

    /// <summary>224.0.0.252, LLMNR (RFC 4795 §2).</summary>
    public static readonly IpAddress LinkLocalIpv4 = IpAddress.FromIpv4(0xE000_00FC);

    /// <summary>ff02::1:3, LLMNR (RFC 4795 §2).</summary>
    public static readonly IpAddress LinkLocalIpv6 = new(0xFF02_0000_0000_0000, 0x1_0003);
}
