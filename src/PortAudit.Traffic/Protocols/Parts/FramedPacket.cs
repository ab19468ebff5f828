using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A packet of media, DTLS or STUN with its TCP framing (RFC 4571 §2, RFC 6544 §3), viewed in place.</summary>
internal readonly ref struct FramedPacket
{
    /// <summary>Length of the framing, in bytes.</summary>
    public const int HeaderLength = 2;

    /// <summary>Length of the shortest packets, RTCP's.</summary>
    private const int LeastLength = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private FramedPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold the length of a packet that is not too short. The packet may be
    /// cut; excludes what follows it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out FramedPacket packet, out ParseError error)
    {
        packet = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        error = ParseError.BadLength;
        if (length < LeastLength)
            return false;
        packet = new FramedPacket(bytes[..Math.Min(bytes.Length, HeaderLength + length)]);
        error = ParseError.None;
        return true;
    }

    /// <summary>Length of packet and framing, in bytes.</summary>
    public int TotalLength => HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    public bool IsCut => _bytes.Length < TotalLength;

    /// <summary>The bytes of the packet that are present.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
