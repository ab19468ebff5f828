using System.Buffers.Binary;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

/// <summary>Builds frames layer by layer, innermost first. Checksums are 0: nobody reads them here.</summary>
internal static class Frames
{
    public static byte[] Ethernet(ushort etherType, params byte[][] payload) =>
        [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, .. U16(etherType), .. Join(payload)];

    public static byte[] Tag(ushort control, ushort etherType, params byte[][] payload) =>
        [.. U16(control), .. U16(etherType), .. Join(payload)];

    /// <summary>From 10.0.0.1 to 10.0.0.2, time to live 64.</summary>
    public static byte[] Ipv4(byte protocol, byte[] payload, ushort fragment = 0, ushort? totalLength = null) =>
        [0x45, 0, .. U16(totalLength ?? (ushort)(20 + payload.Length)), 0, 1, .. U16(fragment), 64, protocol, 0, 0, 10,
            0, 0, 1, 10, 0, 0, 2, .. payload];

    /// <summary>From 2001:db8::1 to 2001:db8::2, hop limit 63.</summary>
    public static byte[] Ipv6(byte nextHeader, byte[] payload, ushort? payloadLength = null) =>
    [
        0x60, 0, 0, 0, .. U16(payloadLength ?? (ushort)payload.Length), nextHeader, 63,
        0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
        0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2,
        .. payload,
    ];

    /// <summary>From port 49153 to 443, sequence 1000, acknowledgment 2000, window 64240.</summary>
    public static byte[] Tcp(TcpFlags flags, byte[] payload, byte dataOffset = 5) =>
        [.. U16(49153), .. U16(443), 0, 0, 3, 232, 0, 0, 7, 208, (byte)(dataOffset << 4), (byte)flags, 0xFA, 0xF0, 0, 0,
            0, 0, .. new byte[Math.Max(0, dataOffset - 5) * 4], .. payload];

    /// <summary>From port 49153 to 53.</summary>
    public static byte[] Udp(byte[] payload, ushort? length = null) =>
        [.. U16(49153), .. U16(53), .. U16(length ?? (ushort)(8 + payload.Length)), 0, 0, .. payload];

    public static byte[] Icmp(byte type, byte code, byte[] payload) => [type, code, 0, 0, 0, 0, 0, 0, .. payload];

    public static DecodedPacket Decode(ReadOnlySpan<byte> frame, int? originalLength = null, ushort linkType = 1)
    {
        PacketDecoder.Decode(frame, new LinkType(linkType), originalLength ?? frame.Length, out var packet);
        return packet;
    }

    private static byte[] Join(byte[][] parts) => [.. parts.SelectMany(part => part)];

    private static byte[] U16(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }
}
