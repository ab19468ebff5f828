using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Flows;

/// <summary>Ethernet frames made byte by byte, with what a test needs to vary.</summary>
internal static class FrameBuilder
{
    private const int EthernetLength = 14;

    public static byte[] Tcp(string from, ushort fromPort, string to, ushort toPort, TcpFlags flags, uint sequence = 0,
        uint acknowledgment = 0, byte[]? payload = null, ushort? vlan = null)
    {
        payload ??= [];
        var segment = new byte[20 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, fromPort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), toPort);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), acknowledgment);
        segment[12] = 5 << 4;
        segment[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), 8192);
        payload.CopyTo(segment, 20);
        return Ip(from, to, IpProtocol.Tcp, segment, vlan);
    }

    public static byte[] Udp(string from, ushort fromPort, string to, ushort toPort, byte[] payload,
        ushort? vlan = null)
    {
        var datagram = new byte[8 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, fromPort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), toPort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)datagram.Length);
        payload.CopyTo(datagram, 8);
        return Ip(from, to, IpProtocol.Udp, datagram, vlan);
    }

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
        Assert.True(IpAddress.TryParse(from, out var source));
        Assert.True(IpAddress.TryParse(to, out var destination));
        var header = source.IsIpv4
            ? Ipv4Header(source, destination, protocol, content.Length)
            : Ipv6Header(source, destination, protocol, content.Length);
        byte[] tag = vlan is { } identifier ? [0x81, 0x00, (byte)(identifier >> 8), (byte)identifier] : [];
        byte[] type = source.IsIpv4 ? [0x08, 0x00] : [0x86, 0xdd];
        return [.. new byte[12], .. tag, .. type, .. header, .. content];
    }

    private static byte[] Ipv4Header(IpAddress source, IpAddress destination, IpProtocol protocol, int length)
    {
        var header = new byte[20];
        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(20 + length));
        header[8] = 64;
        header[9] = protocol.Value;
        source.CopyTo(header.AsSpan(12, 4));
        destination.CopyTo(header.AsSpan(16, 4));
        return header;
    }

    private static byte[] Ipv6Header(IpAddress source, IpAddress destination, IpProtocol protocol, int length)
    {
        var header = new byte[40];
        header[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), (ushort)length);
        header[6] = protocol.Value;
        header[7] = 64;
        source.CopyTo(header.AsSpan(8, 16));
        destination.CopyTo(header.AsSpan(24, 16));
        return header;
    }
}
