using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using PacketDotNet;
using PacketDotNet.Utils;
using PortAudit.Traffic.Wire;
using ProtocolType = PacketDotNet.ProtocolType;

namespace PortAudit.Tests.Flows;

/// <summary>Ethernet frames that PacketDotNet builds, with what a test needs to vary. Checksums are 0: nobody reads
/// them here.</summary>
internal static class FrameBuilder
{
    private const int EthernetLength = 14;

    private static readonly PhysicalAddress NoAddress = new(new byte[6]);

    public static byte[] Tcp(string from, ushort fromPort, string to, ushort toPort, TcpFlags flags, uint sequence = 0,
        uint acknowledgment = 0, byte[]? payload = null, ushort? vlan = null) =>
        Ip(from, to, IpProtocol.Tcp, new TcpPacket(fromPort, toPort)
        {
            SequenceNumber = sequence,
            AcknowledgmentNumber = acknowledgment,
            Flags = (byte)flags,
            WindowSize = 8192,
            PayloadData = payload ?? [],
        }.Bytes, vlan);

    public static byte[] Udp(string from, ushort fromPort, string to, ushort toPort, byte[] payload,
        ushort? vlan = null) =>
        Ip(from, to, IpProtocol.Udp, new UdpPacket(fromPort, toPort) { PayloadData = payload }.Bytes, vlan);

    /// <summary>An ICMP message of the family of its addresses; a quote is the frame whose IP packet it
    /// carries.</summary>
    public static byte[] Icmp(string from, string to, byte type, byte code, byte[]? quote = null)
    {
        var quoted = quote is null ? [] : quote[EthernetLength..];
        var message = new byte[8 + quoted.Length];
        message[0] = type;
        message[1] = code;
        quoted.CopyTo(message, 8);
        return Ip(from, to, from.Contains(':', StringComparison.Ordinal)
            ? IpProtocol.IcmpV6
            : IpProtocol.Icmp, message, null);
    }

    /// <summary>An echo request or reply of the family of its addresses; its checksum, which is never verified, is
    /// 0.</summary>
    public static byte[] Echo(string from, string to, bool isReply, ushort sequence, byte[] data)
    {
        var isIpv6 = from.Contains(':', StringComparison.Ordinal);
        var type = isIpv6 ? (isReply ? 129 : 128) : isReply ? 0 : 8;
        byte[] message = [(byte)type, 0, 0, 0, 0x12, 0x34, (byte)(sequence >> 8), (byte)sequence, .. data];
        return Ip(from, to, isIpv6 ? IpProtocol.IcmpV6 : IpProtocol.Icmp, message, null);
    }

    /// <summary>The frame with another time to live or hop limit; it has no VLAN tag.</summary>
    public static byte[] From(this byte[] frame, byte hopLimit)
    {
        byte[] other = [.. frame];
        other[EthernetLength + (frame[EthernetLength] >> 4 == 4 ? 8 : 7)] = hopLimit;
        return other;
    }

    public static byte[] Ip(string from, string to, IpProtocol protocol, byte[] content, ushort? vlan)
    {
        var (source, destination) = (IPAddress.Parse(from), IPAddress.Parse(to));
        IPPacket packet = source.AddressFamily == AddressFamily.InterNetwork
            ? new IPv4Packet(source, destination)
            : new IPv6Packet(source, destination);
        (packet.Protocol, packet.TimeToLive) = ((ProtocolType)protocol.Value, 64);
        packet.PayloadData = content;
        if (packet is IPv6Packet six)
            six.PayloadLength = (ushort)content.Length;
        var type = packet is IPv4Packet ? EthernetType.IPv4 : EthernetType.IPv6;
        var frame = new EthernetPacket(NoAddress, NoAddress, type) { PayloadPacket = packet };
        if (vlan is not { } identifier)
            return frame.Bytes;
        var tag = new Ieee8021QPacket(new ByteArraySegment(new byte[Ieee8021QFields.HeaderLength]))
        {
            PayloadPacket = packet,
            VlanIdentifier = identifier,
            Type = type,
        };
        (frame.Type, frame.PayloadPacket) = (EthernetType.VLanTaggedFrame, tag);
        return frame.Bytes;
    }
}
