using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>Fast path for nearly all frames: complete Ethernet frames with at most one VLAN tag, IPv4 or IPv6 without
/// options, TCP or UDP. Same result as the layers of <see cref="PacketDecoder"/>, which decodes all others, in a
/// fraction of the time.</summary>
internal static class PlainFrame
{
    /// <summary>First byte of an IPv4 header without options: version 4, five words.</summary>
    private const byte Ipv4WithoutOptions = 0x45;

    private const byte Ipv6Version = 6;

    /// <summary>Fragment offset and more-fragments bits (RFC 791 §3.1).</summary>
    private const ushort FragmentBits = 0x3FFF;

    /// <summary>Decodes a frame. False, leaving the packet unchanged, for other frames.</summary>
    /// <param name="frame">The captured frame.</param>
    /// <param name="packet">A blank packet; receives the result.</param>
    public static bool TryDecode(ReadOnlySpan<byte> frame, ref DecodedPacket packet)
    {
        if (frame.Length < EthernetFrame.HeaderLength)
            return false;
        var etherType = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        if (etherType == EtherType.Ipv4)
            return TryDecodeIpv4(frame, EthernetFrame.HeaderLength, VlanTags.None, ref packet);
        if (etherType == EtherType.Ipv6)
            return TryDecodeIpv6(frame, EthernetFrame.HeaderLength, VlanTags.None, ref packet);
        return EtherType.IsVlanTag(etherType)
            && VlanTag.TryParse(frame[EthernetFrame.HeaderLength..], out var tag, out _)
            && TryDecodeTagged(frame, tag, ref packet);
    }

    private static bool TryDecodeTagged(ReadOnlySpan<byte> frame, VlanTag tag, ref DecodedPacket packet)
    {
        const int Offset = EthernetFrame.HeaderLength + VlanTag.HeaderLength;
        if (tag.Identifier == VlanTag.NullIdentifier)
            return false;
        var vlan = VlanTags.None.Push(tag.Identifier);
        return tag.EtherType switch
        {
            EtherType.Ipv4 => TryDecodeIpv4(frame, Offset, vlan, ref packet),
            EtherType.Ipv6 => TryDecodeIpv6(frame, Offset, vlan, ref packet),
            _ => false,
        };
    }

    private static bool TryDecodeIpv4(ReadOnlySpan<byte> frame, int offset, VlanTags vlan, ref DecodedPacket packet)
    {
        if (frame.Length - offset < Ipv4Packet.MinimumHeaderLength)
            return false;
        var header = frame.Slice(offset, Ipv4Packet.MinimumHeaderLength);
        var length = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        if (header[0] != Ipv4WithoutOptions || length < Ipv4Packet.MinimumHeaderLength || length > frame.Length - offset
            || (BinaryPrimitives.ReadUInt16BigEndian(header[6..]) & FragmentBits) != 0
            || !TryDecodeTransport(header[9], frame, offset + Ipv4Packet.MinimumHeaderLength,
                length - Ipv4Packet.MinimumHeaderLength, ref packet))
        {
            return false;
        }

        packet.Vlan = vlan;
        packet.Identification = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        packet.TimeToLive = header[8];
        packet.Source = IpAddress.FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(header[12..]));
        packet.Destination = IpAddress.FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(header[16..]));
        return true;
    }

    private static bool TryDecodeIpv6(ReadOnlySpan<byte> frame, int offset, VlanTags vlan, ref DecodedPacket packet)
    {
        if (frame.Length - offset < Ipv6Packet.HeaderLength)
            return false;
        var header = frame.Slice(offset, Ipv6Packet.HeaderLength);
        var length = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        if (header[0] >> 4 != Ipv6Version || length == 0 || length > frame.Length - offset - Ipv6Packet.HeaderLength
            || !TryDecodeTransport(header[6], frame, offset + Ipv6Packet.HeaderLength, length, ref packet))
        {
            return false;
        }

        packet.Vlan = vlan;
        packet.TimeToLive = header[7];
        packet.Source = IpAddress.FromIpv6Header(header[8..24]);
        packet.Destination = IpAddress.FromIpv6Header(header[24..40]);
        return true;
    }

    /// <summary>Decodes the content of an IP header, which lies within the frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeTransport(byte protocol, ReadOnlySpan<byte> frame, int offset, int length,
        ref DecodedPacket packet)
    {
        var isRead = protocol == IpProtocol.Tcp.Value
            ? TryDecodeTcp(frame, offset, length, ref packet)
            : protocol == IpProtocol.Udp.Value && TryDecodeUdp(frame, offset, length, ref packet);
        if (!isRead)
            return false;
        packet.HasNetwork = true;
        packet.HasTransport = true;
        packet.Protocol = new IpProtocol(protocol);
        PacketDecoder.Stop(ref packet, DecodeLayer.Payload, DecodeReason.Done);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeTcp(ReadOnlySpan<byte> frame, int offset, int length, ref DecodedPacket packet)
    {
        if (length < TcpSegment.MinimumHeaderLength)
            return false;
        var header = frame.Slice(offset, TcpSegment.MinimumHeaderLength);
        var headerLength = (header[12] >> 4) * 4;
        if (headerLength < TcpSegment.MinimumHeaderLength || headerLength > length)
            return false;
        packet.SourcePort = BinaryPrimitives.ReadUInt16BigEndian(header);
        packet.DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        packet.SequenceNumber = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        packet.AcknowledgmentNumber = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        packet.TcpFlags = (TcpFlags)header[13];
        packet.Window = BinaryPrimitives.ReadUInt16BigEndian(header[14..]);
        packet.TransportChecksum = BinaryPrimitives.ReadUInt16BigEndian(header[16..]);
        packet.TcpHeaderLength = (byte)headerLength;
        SetPayload(offset + headerLength, length - headerLength, ref packet);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeUdp(ReadOnlySpan<byte> frame, int offset, int length, ref DecodedPacket packet)
    {
        if (length < UdpDatagram.HeaderLength)
            return false;
        var header = frame.Slice(offset, UdpDatagram.HeaderLength);
        var (source, destination, datagram) = (BinaryPrimitives.ReadUInt16BigEndian(header),
            BinaryPrimitives.ReadUInt16BigEndian(header[2..]), BinaryPrimitives.ReadUInt16BigEndian(header[4..]));
        if (datagram < UdpDatagram.HeaderLength || datagram > length || DatagramTunnelDecoder.IsTunnelPort(source)
            || DatagramTunnelDecoder.IsTunnelPort(destination))
            return false;
        packet.SourcePort = source;
        packet.DestinationPort = destination;
        packet.TransportChecksum = BinaryPrimitives.ReadUInt16BigEndian(header[6..]);
        SetPayload(offset + UdpDatagram.HeaderLength, datagram - UdpDatagram.HeaderLength, ref packet);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetPayload(int offset, int length, ref DecodedPacket packet)
    {
        packet.PayloadOffset = offset;
        packet.PayloadLength = length;
        packet.OriginalPayloadLength = length;
    }
}
