using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tpkt;

/// <summary>A TPKT packet (RFC 1006 §6, RFC 2126 §4.3), viewed in place: the TCP framing of ISO transport (RDP, X.400),
/// H.225.0 and H.245.</summary>
internal readonly ref struct TpktPacket
{
    /// <summary>Length of the header, in bytes. A packet with only a header is an H.323 keep-alive.</summary>
    public const int HeaderLength = 4;

    private const byte Version = 3;

    private readonly ReadOnlySpan<byte> _bytes;

    private TpktPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a header: version 3, reserved byte 0, a length that includes
    /// the header. The payload may be cut; excludes what follows. Bytes that agree so far are
    /// <see cref="ParseError.Incomplete"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TpktPacket packet, out ParseError error)
    {
        packet = default;
        error = ParseError.BadVersion;
        if (bytes.Length > 0 && bytes[0] != Version)
            return false;
        error = ParseError.BadValue;
        if (bytes.Length > 1 && bytes[1] != 0)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        error = ParseError.BadLength;
        if (length < HeaderLength)
            return false;
        packet = new TpktPacket(bytes[..Math.Min(bytes.Length, length)]);
        error = ParseError.None;
        return true;
    }

    /// <summary>Length of the packet including its header, in bytes.</summary>
    public int TotalLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The payload present.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    public bool IsCut => _bytes.Length < TotalLength;
}
