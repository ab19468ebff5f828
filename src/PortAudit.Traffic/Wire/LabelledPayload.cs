using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>Determines the payload of an MPLS label stack, which does not name it. IP is recognised by version (RFC
/// 4928 §3) and by a fitting length, because a frame in a pseudowire without control word may begin with a similar
/// address (RFC 8469 §1). A frame, with or without control word, is recognised by its content.</summary>
internal static class LabelledPayload
{
    /// <summary>Length to which a frame may be padded, in bytes: the smallest Ethernet frame with its check sequence
    /// (IEEE 802.3 §4.4.2).</summary>
    private const int LongestPaddedFrame = 64;

    private const byte PppoeVersionAndType = 0x11;

    /// <summary>The payload: IPv4, IPv6, <see cref="EtherType.TransparentEthernet"/>, or <see cref="EtherType.None"/>
    /// when unknown.</summary>
    /// <param name="layer">The bytes after the last label; moved past a frame's control word.</param>
    public static ushort TypeOf(ref LayerBytes layer)
    {
        var version = IpVersion.ToEtherType(layer.Bytes);
        var length = LengthOf(version, layer.Bytes);
        if (length == layer.WireLength
            || (length < layer.WireLength && layer.Offset + layer.WireLength <= LongestPaddedFrame))
            return version;
        if (IsFrame(layer.Bytes))
            return EtherType.TransparentEthernet;
        if (PseudowireControlWord.TryParse(layer.Bytes, out var word, out _) && IsFrame(word.Payload))
        {
            layer = layer.Inner(word.Payload, PseudowireControlWord.HeaderLength);
            return EtherType.TransparentEthernet;
        }

        // A capture device may append a trailer, and a cut header is judged by what there is. A longer packet needs a
        // valid checksum.
        return length <= layer.WireLength || (version == EtherType.Ipv4 && HasGoodChecksum(layer.Bytes))
            ? version
            : EtherType.None;
    }

    /// <summary>Length of the packet by its header, in bytes; 0 when left to offload or cut; larger than possible for
    /// anything else.</summary>
    private static int LengthOf(ushort version, ReadOnlySpan<byte> bytes)
    {
        if (version == EtherType.Ipv4)
            return Ipv4Packet.TryParse(bytes, out var ipv4, out var error)
                ? ipv4.TotalLength
                : error == ParseError.Incomplete ? 0 : int.MaxValue;
        if (version == EtherType.Ipv6 && Ipv6Packet.TryParse(bytes, out var ipv6, out _))
            return ipv6.PayloadLength == 0 ? 0 : Ipv6Packet.HeaderLength + ipv6.PayloadLength;
        return version == EtherType.Ipv6 ? 0 : int.MaxValue;
    }

    /// <summary>True for an Ethernet frame with IP, behind VLAN tags if any, or with PPPoE.</summary>
    private static bool IsFrame(ReadOnlySpan<byte> bytes)
    {
        if (!EthernetFrame.TryParse(bytes, out var frame, out _))
            return false;
        var etherType = frame.EtherType;
        var payload = frame.Payload;
        for (var tag = 0; tag < PacketDecoder.MaximumNesting && EtherType.IsVlanTag(etherType)
            && VlanTag.TryParse(payload, out var vlan, out _); tag++)
        {
            etherType = vlan.EtherType;
            payload = vlan.Payload;
        }

        return etherType switch
        {
            EtherType.Ipv4 or EtherType.Ipv6 => etherType == IpVersion.ToEtherType(payload),
            EtherType.PppoeSession => payload is [PppoeVersionAndType, ..],
            _ => false,
        };
    }

    /// <summary>True when the checksum of a whole IPv4 header is right (RFC 791 §3.1).</summary>
    private static bool HasGoodChecksum(ReadOnlySpan<byte> bytes)
    {
        if (!Ipv4Packet.TryParse(bytes, out var packet, out _))
            return false;
        var sum = 0u;
        for (var rest = bytes[..packet.HeaderLength]; !rest.IsEmpty; rest = rest[sizeof(ushort)..])
            sum += BinaryPrimitives.ReadUInt16BigEndian(rest);
        return sum % ushort.MaxValue == 0;
    }
}
