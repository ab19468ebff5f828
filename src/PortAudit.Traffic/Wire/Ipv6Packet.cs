using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>An IPv6 packet (RFC 8200 §3), viewed in place; its payload includes the extension headers.</summary>
internal readonly ref struct Ipv6Packet
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 40;

    private const int Version = 6;
    private const byte NoNextHeader = 59;

    private readonly ReadOnlySpan<byte> _bytes;

    private Ipv6Packet(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Ipv6Packet packet, out ParseError error)
    {
        packet = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        packet = new Ipv6Packet(bytes);
        return true;
    }

    /// <summary>Payload length as sent, in bytes: 0 in a jumbogram (RFC 2675 §3) and before segmentation
    /// offload.</summary>
    public ushort PayloadLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Number of the first extension header or of the protocol.</summary>
    public byte NextHeader => _bytes[6];

    /// <summary>Hop limit.</summary>
    public byte HopLimit => _bytes[7];

    /// <summary>Source address.</summary>
    public IpAddress Source => IpAddress.FromIpv6Header(_bytes[8..]);

    /// <summary>Destination address.</summary>
    public IpAddress Destination => IpAddress.FromIpv6Header(_bytes[24..]);

    /// <summary>Payload bytes announced; unlimited when the length is 0 although a payload must follow.</summary>
    public int AnnouncedPayloadLength =>
        PayloadLength == 0 && NextHeader != NoNextHeader ? int.MaxValue : PayloadLength;

    /// <summary>The captured extension headers and payload, without link padding.</summary>
    public ReadOnlySpan<byte> Payload =>
        _bytes.Slice(HeaderLength, Math.Min(AnnouncedPayloadLength, _bytes.Length - HeaderLength));

    /// <summary>True when the header announces more payload than was captured.</summary>
    public bool IsCut => PayloadLength > _bytes.Length - HeaderLength;

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return ParseError.Incomplete;
        if (bytes[0] >> 4 != Version)
            return ParseError.BadVersion;
        return bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
    }
}
