using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A TZSP header, with which routers and access points stream frames to a capturing host (Network Chemistry,
/// "TZSP"; sent by MikroTik's packet sniffer), viewed in place: version, type, encapsulated protocol, and tagged
/// fields.</summary>
internal readonly ref struct TzspHeader
{
    /// <summary><see cref="Encapsulated"/> of an Ethernet frame.</summary>
    public const ushort EthernetFrame = 0x01;

    /// <summary><see cref="Encapsulated"/> of an IEEE 802.11 frame.</summary>
    public const ushort Ieee80211Frame = 0x12;

    /// <summary><see cref="Encapsulated"/> of an IEEE 802.11 frame after a Prism header.</summary>
    public const ushort PrismFrame = 0x77;

    /// <summary><see cref="Encapsulated"/> of an IEEE 802.11 frame after an AVS header.</summary>
    public const ushort AvsFrame = 0x7F;

    /// <summary>Tagged fields skipped: senders write up to a dozen.</summary>
    public const int MaximumFields = 64;

    private const int FixedLength = 4;
    public const byte Version = 1;
    private const byte LastTypeWithFrame = 1;
    private const byte Padding = 0;
    private const byte End = 1;

    private readonly ReadOnlySpan<byte> _bytes;

    private TzspHeader(ReadOnlySpan<byte> bytes, int headerLength)
    {
        _bytes = bytes;
        HeaderLength = headerLength;
    }

    /// <summary>True when <paramref name="bytes"/> hold a whole header before a frame. Another version is
    /// <see cref="ParseError.BadVersion"/>; a type without a frame (such as keep-alive), or more fields than
    /// <see cref="MaximumFields"/>, is <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TzspHeader header, out ParseError error)
    {
        header = default;
        error = Measure(bytes, out var length);
        if (error != ParseError.None)
            return false;
        header = new TzspHeader(bytes, length);
        return true;
    }

    /// <summary>Length including tagged fields, in bytes.</summary>
    public int HeaderLength { get; }

    /// <summary>Type of the frame.</summary>
    public ushort Encapsulated => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The frame as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Measure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = FixedLength;
        if (bytes is [not Version, ..])
            return ParseError.BadVersion;
        if (bytes is [_, > LastTypeWithFrame, ..])
            return ParseError.BadValue;
        for (var field = 0; field < MaximumFields; field++)
        {
            if (bytes.Length <= length)
                return ParseError.Incomplete;
            var tag = bytes[length++];
            if (tag == End)
                return ParseError.None;
            if (tag == Padding)
                continue;
            if (bytes.Length <= length)
                return ParseError.Incomplete;
            length += 1 + bytes[length];
        }

        return ParseError.BadValue;
    }
}
