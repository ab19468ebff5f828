using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>Decoded EtherType numbers (IEEE Registration Authority).</summary>
internal static class EtherType
{
    /// <summary>The smallest EtherType; smaller values are an IEEE 802.3 length (IEEE 802.3 §3.2.6).</summary>
    public const ushort Minimum = 0x0600;

    /// <summary>IPv4 (RFC 894).</summary>
    public const ushort Ipv4 = 0x0800;

    /// <summary>An Ethernet frame inside another header (RFC 1701; RFC 8926 §3.4).</summary>
    public const ushort TransparentEthernet = 0x6558;

    /// <summary>TRILL (RFC 6325 §3).</summary>
    public const ushort Trill = 0x22F3;

    /// <summary>IPv6 (RFC 2464 §3).</summary>
    public const ushort Ipv6 = 0x86DD;

    /// <summary>MPLS label stack (RFC 3032 §5; RFC 5332 §3).</summary>
    public const ushort Mpls = 0x8847;

    /// <summary>MPLS label stack; multicast only, until RFC 5332.</summary>
    public const ushort MplsMulticast = 0x8848;

    /// <summary>PPPoE of the session stage (RFC 2516 §4).</summary>
    public const ushort PppoeSession = 0x8864;

    /// <summary>Logical link control, in frames too long for an IEEE 802.3 length (IEEE 802.1AC §12).</summary>
    public const ushort Llc = 0x8870;

    /// <summary>MACsec (IEEE 802.1AE §9.8).</summary>
    public const ushort Macsec = 0x88E5;

    /// <summary>Service instance tag of a provider backbone bridge (IEEE 802.1Q table 9-1).</summary>
    public const ushort ServiceInstance = 0x88E7;

    /// <summary>Cisco FabricPath, of Data Center Ethernet.</summary>
    public const ushort FabricPath = 0x8903;

    /// <summary>Cisco MetaData, with the security group of the sender (TrustSec).</summary>
    public const ushort CiscoMetadata = 0x8909;

    /// <summary>High-availability Seamless Redundancy (IEC 62439-3).</summary>
    public const ushort Hsr = 0x892F;

    /// <summary>VN-Tag of Cisco.</summary>
    public const ushort VnTag = 0x8926;

    /// <summary>E-TAG of a port extender (IEEE 802.1BR §7.5).</summary>
    public const ushort Extension = 0x893F;

    /// <summary>Network Service Header (RFC 8300 §11.1).</summary>
    public const ushort Nsh = 0x894F;

    /// <summary>R-TAG of frame replication and elimination (IEEE 802.1CB §7.8).</summary>
    public const ushort RedundancyTag = 0xF1C1;

    /// <summary>A reserved number, for a payload without a supported EtherType.</summary>
    public const ushort None = 0xFFFF;

    private const ushort MaximumLength = 1500;
    private const ushort CustomerTag = 0x8100;
    private const ushort ServiceTag = 0x88A8;
    private const ushort EarlyServiceTag = 0x9100;

    /// <summary>True when the field is the length of an IEEE 802.3 frame, and logical link control follows (IEEE 802.3
    /// §3.2.6).</summary>
    public static bool IsLength(ushort etherType) => etherType <= MaximumLength;

    /// <summary>True when a VLAN tag follows: IEEE 802.1Q table 9-1, and 0x9100 of equipment before 802.1ad.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsVlanTag(ushort etherType) => etherType is CustomerTag or ServiceTag or EarlyServiceTag;
}
