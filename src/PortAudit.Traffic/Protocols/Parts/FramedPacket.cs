using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A packet of media, of DTLS or of STUN with the frame in which it goes over TCP (RFC 4571 §2, RFC 6544 §3),
/// viewed in place.</summary>
internal readonly ref struct FramedPacket
{
    /// <summary>Length of the frame's header, in bytes.</summary>
    public const int HeaderLength = 2;

    /// <summary>The shortest packets are those of RTCP.</summary>
    private const int LeastLength = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private FramedPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold the length of a packet that is not too short. The packet may be
    /// cut; what follows it is left out.</summary>
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

    /// <summary>Length of the packet with its frame, in bytes.</summary>
    public int TotalLength => HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>True when the frame announces more than is there.</summary>
    public bool IsCut => _bytes.Length < TotalLength;

    /// <summary>The packet, as far as it is there.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
