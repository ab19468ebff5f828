using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>
/// A header of the TaZmen Sniffer Protocol, in which routers and access points stream the frames that they see to
/// somebody who captures (Network Chemistry, "TZSP"; MikroTik's packet sniffer sends it), viewed in place: version,
/// type, what the frame is, and tagged fields.
/// </summary>
internal readonly ref struct TzspHeader
{
    /// <summary><see cref="Encapsulated"/> of an Ethernet frame.</summary>
    public const ushort EthernetFrame = 0x01;

    /// <summary><see cref="Encapsulated"/> of an IEEE 802.11 frame.</summary>
    public const ushort Ieee80211Frame = 0x12;

    /// <summary><see cref="Encapsulated"/> of an IEEE 802.11 frame behind a Prism header.</summary>
    public const ushort PrismFrame = 0x77;

    /// <summary><see cref="Encapsulated"/> of an IEEE 802.11 frame behind a header of AVS.</summary>
    public const ushort AvsFrame = 0x7F;

    /// <summary>Tagged fields that are passed at most: senders write up to a dozen.</summary>
    public const int MaximumFields = 64;

    private const int FixedLength = 4;
    /// <summary>Version of the protocol, the first byte.</summary>
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

    /// <summary>
    /// True when <paramref name="bytes"/> hold a whole header that a frame follows. Another version is
    /// <see cref="ParseError.BadVersion"/>; a type without a frame (keep-alive and the like), or more fields than
    /// <see cref="MaximumFields"/>, is <see cref="ParseError.BadValue"/>.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TzspHeader header, out ParseError error)
    {
        header = default;
        error = Measure(bytes, out var length);
        if (error != ParseError.None)
            return false;
        header = new TzspHeader(bytes, length);
        return true;
    }

    /// <summary>Length with all tagged fields, in bytes.</summary>
    public int HeaderLength { get; }

    /// <summary>What the frame is.</summary>
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
