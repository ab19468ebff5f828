using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>A ZRTP packet (RFC 6189 §5), viewed in place: a header of RTP's size with a cookie, and the message's
/// preamble.</summary>
internal readonly ref struct ZrtpMessage
{
    /// <summary>Length examined, in bytes: packet header, then preamble, length and type of the message.</summary>
    public const int HeaderLength = 24;

    private const uint Cookie = 0x5A52_5450;
    private const ushort Preamble = 0x505A;

    private readonly ReadOnlySpan<byte> _bytes;

    private ZrtpMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>False when no such packet begins with this byte.</summary>
    public static bool MayBeginWith(byte first) => first >> 4 == 1;

    /// <summary>True for the start of a ZRTP packet.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ZrtpMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.BadVersion;
        if (bytes.Length > 0 && !MayBeginWith(bytes[0]))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) != Cookie
            || BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]) != Preamble)
            return false;
        message = new ZrtpMessage(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>Source identifier of the media stream.</summary>
    public uint Source => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>Type of the message, eight characters, padded with spaces.</summary>
    public ReadOnlySpan<byte> Type => _bytes[16..HeaderLength];
}
