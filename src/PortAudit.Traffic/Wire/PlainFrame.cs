using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>
/// Decodes the frames that nearly all are: whole Ethernet frames, with at most one VLAN tag, of IPv4 or IPv6 without options, with TCP or UDP. It
/// says of them what the layers of <see cref="PacketDecoder"/> say, in half the time, as it carries nothing from layer to layer, and leaves all others to these.
/// </summary>
internal static class PlainFrame
{
    /// <summary>Decodes a frame. False, and the packet stays blank, when it is none of those.</summary>
    /// <param name="frame">The frame as far as it was captured.</param>
    /// <param name="packet">A blank packet; receives what could be read.</param>
    public static bool TryDecode(ReadOnlySpan<byte> frame, ref DecodedPacket packet)
    {
        if (!EthernetFrame.TryParse(frame, out var ethernet, out _))
            return false;
        var etherType = ethernet.EtherType;
        var payload = ethernet.Payload;
        var vlan = VlanTags.None;
        if (EtherType.IsVlanTag(etherType) && VlanTag.TryParse(payload, out var tag, out _) && tag.Identifier != VlanTag.NullIdentifier)
        {
            vlan = vlan.Push(tag.Identifier);
            etherType = tag.EtherType;
            payload = tag.Payload;
        }

        var isRead = etherType switch
        {
            EtherType.Ipv4 => TryDecodeIpv4(payload, frame.Length - payload.Length, ref packet),
            EtherType.Ipv6 => TryDecodeIpv6(payload, frame.Length - payload.Length, ref packet),
            _ => false,
        };
        if (isRead)
            packet.Vlan = vlan;
        return isRead;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeIpv4(ReadOnlySpan<byte> bytes, int offset, ref DecodedPacket packet)
    {
        if (!Ipv4Packet.TryParse(bytes, out var ip, out _) || ip.HeaderLength != Ipv4Packet.MinimumHeaderLength
            || ip.TotalLength == 0 || ip.IsCut || ip.IsFragment
            || !TryDecodeTransport(ip.Protocol, ip.Payload, offset + Ipv4Packet.MinimumHeaderLength, ref packet))
        {
            return false;
        }

        packet.Identification = ip.Identification;
        packet.TimeToLive = ip.TimeToLive;
        packet.Source = ip.Source;
        packet.Destination = ip.NextDestination;
        return true;
    }

    private static bool TryDecodeIpv6(ReadOnlySpan<byte> bytes, int offset, ref DecodedPacket packet)
    {
        if (!Ipv6Packet.TryParse(bytes, out var ip, out _) || ip.PayloadLength == 0 || ip.IsCut
            || !TryDecodeTransport(new IpProtocol(ip.NextHeader), ip.Payload, offset + Ipv6Packet.HeaderLength, ref packet))
        {
            return false;
        }

        packet.TimeToLive = ip.HopLimit;
        packet.Source = ip.Source;
        packet.Destination = ip.Destination;
        return true;
    }

    private static bool TryDecodeTransport(IpProtocol protocol, ReadOnlySpan<byte> bytes, int offset, ref DecodedPacket packet)
    {
        var isRead = protocol == IpProtocol.Tcp ? TryDecodeTcp(bytes, offset, ref packet) : protocol == IpProtocol.Udp && TryDecodeUdp(bytes, offset, ref packet);
        if (!isRead)
            return false;
        packet.HasNetwork = true;
        packet.HasTransport = true;
        packet.Protocol = protocol;
        PacketDecoder.Stop(ref packet, DecodeLayer.Payload, DecodeReason.Done);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeTcp(ReadOnlySpan<byte> bytes, int offset, ref DecodedPacket packet)
    {
        if (!TransportPorts.TryParse(bytes, out var ports, out _) || !TcpSegment.TryParse(bytes, out var segment, out _))
            return false;
        packet.SourcePort = ports.Source;
        packet.DestinationPort = ports.Destination;
        packet.SequenceNumber = segment.Control.SequenceNumber;
        packet.AcknowledgmentNumber = segment.Control.AcknowledgmentNumber;
        packet.TcpFlags = segment.Control.Flags;
        packet.Window = segment.Control.Window;
        packet.TransportChecksum = segment.Checksum;
        SetPayload(offset + segment.HeaderLength, bytes.Length - segment.HeaderLength, ref packet);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDecodeUdp(ReadOnlySpan<byte> bytes, int offset, ref DecodedPacket packet)
    {
        if (!TransportPorts.TryParse(bytes, out var ports, out _) || !UdpDatagram.TryParse(bytes, out var datagram, out _) || datagram.IsCut
            || DatagramTunnelDecoder.IsTunnelPort(ports.Source) || DatagramTunnelDecoder.IsTunnelPort(ports.Destination))
        {
            return false;
        }

        packet.SourcePort = ports.Source;
        packet.DestinationPort = ports.Destination;
        packet.TransportChecksum = datagram.Checksum;
        SetPayload(offset + UdpDatagram.HeaderLength, datagram.Length - UdpDatagram.HeaderLength, ref packet);
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
