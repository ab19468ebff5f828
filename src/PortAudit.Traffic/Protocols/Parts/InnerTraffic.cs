using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Tests for packets inside a tunnel: headers must agree with each other and with the available
/// length.</summary>
internal static class InnerTraffic
{
    private const int EthernetHeaderLength = 14;

    /// <summary>Shortest frame without checksum (IEEE 802.3 §3.2.8); shorter packets are padded.</summary>
    private const int LeastFrame = 60;
    private const int VlanTagLength = 4;

    /// <summary>VLAN tags before the packet: a service tag and a customer tag.</summary>
    private const int MaximumTags = 2;

    private const ushort CustomerTag = 0x8100;
    private const ushort ServiceTag = 0x88A8;
    private const ushort Arp = 0x0806;
    private const int Ipv4HeaderLength = 20;
    private const int Ipv6HeaderLength = 40;

    /// <summary>Hardware Ethernet, protocol IPv4, and both address lengths (RFC 826).</summary>
    private static ReadOnlySpan<byte> ArpOfIpv4 => [0, 1, 8, 0, 6, 4, 0];

    /// <summary>True for valid content of an EtherType: an Ethernet frame, IPv4, IPv6 or ARP.</summary>
    public static bool Is(ushort etherType, ReadOnlySpan<byte> bytes, bool isWhole) => etherType switch
    {
        EtherType.TransparentEthernet => IsFrame(bytes, isWhole),
        EtherType.Ipv4 => IsIpv4(bytes, isWhole, mayBePadded: false),
        EtherType.Ipv6 => IsIpv6(bytes, isWhole, mayBePadded: false),
        Arp => bytes.StartsWith(ArpOfIpv4),
        _ => false,
    };

    /// <summary>True for an Ethernet frame, with or without VLAN tags, of IPv4, IPv6 or ARP.</summary>
    public static bool IsFrame(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        if (bytes.Length < EthernetHeaderLength)
            return false;
        var rest = bytes[(EthernetHeaderLength - 2)..];
        for (var i = 0; i < MaximumTags && rest.Length > VlanTagLength + 2
            && BinaryPrimitives.ReadUInt16BigEndian(rest) is CustomerTag or ServiceTag; i++)
            rest = rest[VlanTagLength..];
        var packet = rest[2..];
        return BinaryPrimitives.ReadUInt16BigEndian(rest) switch
        {
            EtherType.Ipv4 => IsIpv4(packet, isWhole, bytes.Length <= LeastFrame + VlanTagLength),
            EtherType.Ipv6 => IsIpv6(packet, isWhole, bytes.Length <= LeastFrame + VlanTagLength),
            Arp => packet.StartsWith(ArpOfIpv4),
            _ => false,
        };
    }

    /// <summary>True for IPv4 or IPv6 by version.</summary>
    public static bool IsIp(ReadOnlySpan<byte> bytes, bool isWhole) => Is(IpVersion.ToEtherType(bytes), bytes, isWhole);

    /// <summary>Length of an IPv4 packet by its header, in bytes; 0 for other bytes or a wrong checksum.</summary>
    public static int LengthOfIpv4(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Ipv4HeaderLength || bytes[0] >> 4 != 4)
            return 0;
        var headerLength = (bytes[0] & 0x0F) * 4;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return headerLength < Ipv4HeaderLength || length < headerLength || bytes.Length < headerLength
            || !HasRightSum(bytes[..headerLength]) ? 0 : length;
    }

    /// <summary>Length of an IPv6 packet by its header, in bytes; 0 for other bytes or an unknown next
    /// header.</summary>
    public static int LengthOfIpv6(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Ipv6HeaderLength || bytes[0] >> 4 != 6)
            return 0;
        return bytes[6] is 0 or 6 or 17 or 43 or 44 or 50 or 51 or 58 or 59 or 60 or 89 or 103 or 132
            ? Ipv6HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[4..])
            : 0;
    }

    private static bool IsIpv4(ReadOnlySpan<byte> bytes, bool isWhole, bool mayBePadded) =>
        LengthOfIpv4(bytes) is > 0 and var length && Fits(length, bytes.Length, isWhole, mayBePadded);

    private static bool IsIpv6(ReadOnlySpan<byte> bytes, bool isWhole, bool mayBePadded) =>
        LengthOfIpv6(bytes) is > 0 and var length && Fits(length, bytes.Length, isWhole, mayBePadded);

    private static bool Fits(int length, int present, bool isWhole, bool mayBePadded)
    {
        if (!isWhole)
            return true;
        return mayBePadded ? length <= present : length == present;
    }

    /// <summary>Checks the header checksum (RFC 1071 §1). A header has 60 bytes at most.</summary>
    private static bool HasRightSum(ReadOnlySpan<byte> header)
    {
        var sum = 0u;
        for (var at = 0; at < header.Length; at += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(header[at..]);
        return (ushort)(sum + (sum >> 16)) == ushort.MaxValue;
    }
}
