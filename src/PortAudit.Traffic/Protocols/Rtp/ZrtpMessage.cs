using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>A ZRTP packet (RFC 6189 §5), viewed in place: the header of RTP's size with its cookie, and the preamble of
/// the message in it.</summary>
internal readonly ref struct ZrtpMessage
{
    /// <summary>Length of what is looked at, in bytes: packet header, then preamble, length and type of the
    /// message.</summary>
    public const int HeaderLength = 24;

    private const uint Cookie = 0x5A52_5450;
    private const ushort Preamble = 0x505A;

    private readonly ReadOnlySpan<byte> _bytes;

    private ZrtpMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>False for a first byte that no such packet has.</summary>
    public static bool MayBeginWith(byte first) => first >> 4 == 1;

    /// <summary>True when <paramref name="bytes"/> begin as a ZRTP packet does.</summary>
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

    /// <summary>Type of the message, eight characters filled with spaces.</summary>
    public ReadOnlySpan<byte> Type => _bytes[16..HeaderLength];
}
