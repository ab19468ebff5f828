namespace PortAudit.Traffic.Wire;

/// <summary>EtherType numbers that are decoded here (IEEE Registration Authority).</summary>
internal static class EtherType
{
    /// <summary>The least EtherType; below it the field is an IEEE 802.3 length (IEEE 802.3 §3.2.6).</summary>
    public const ushort Minimum = 0x0600;

    /// <summary>IPv4 (RFC 894).</summary>
    public const ushort Ipv4 = 0x0800;

    /// <summary>IPv6 (RFC 2464 §3).</summary>
    public const ushort Ipv6 = 0x86DD;

    private const ushort CustomerTag = 0x8100;
    private const ushort ServiceTag = 0x88A8;
    private const ushort EarlyServiceTag = 0x9100;

    /// <summary>True when a VLAN tag follows: IEEE 802.1Q table 9-1, and 0x9100 of equipment older than 802.1ad.</summary>
    public static bool IsVlanTag(ushort etherType) => etherType is CustomerTag or ServiceTag or EarlyServiceTag;
}
