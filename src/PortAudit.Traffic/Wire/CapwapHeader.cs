using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A header of CAPWAP's data channel (RFC 5415 §4.3), by which access points hand the frames of wireless
/// stations to their controller, viewed in place.</summary>
internal readonly ref struct CapwapHeader
{
    /// <summary>Length without radio address and wireless information, in bytes.</summary>
    public const int MinimumLength = 8;

    // The first four bytes: preamble, length in words of four bytes, radio, binding (RFC 5415 §4.3, RFC 5416 §5),
    // flags.
    private const uint PreambleMask = 0xFF00_0000;
    private const int VersionShift = 28;
    private const int LengthShift = 19;
    private const int LengthMask = 0x1F;
    private const int BindingShift = 9;
    private const int BindingMask = 0x1F;
    private const int Ieee80211Binding = 1;
    private const uint NativeFrame = 0x100;
    private const uint Fragment = 0x80;
    private const uint KeepAlive = 0x08;

    private const int FragmentOffsetAt = 6;
    private const ushort FragmentOffsetMask = 0xFFF8;

    private readonly ReadOnlySpan<byte> _bytes;

    private CapwapHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header. Another version is
    /// <see cref="ParseError.BadVersion"/>, a preamble of DTLS (RFC 5415 §4.2) <see cref="ParseError.BadValue"/>, a
    /// length below <see cref="MinimumLength"/> <see cref="ParseError.BadLength"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out CapwapHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new CapwapHeader(bytes);
        return true;
    }

    /// <summary>Length of the header, in bytes.</summary>
    public int HeaderLength => LengthOf(First(_bytes));

    /// <summary>True for an IEEE 802.11 frame; false for Ethernet converted by the access point, or another kind of
    /// radio.</summary>
    public bool IsIeee80211 => IsNative && (First(_bytes) >> BindingShift & BindingMask) == Ieee80211Binding;

    /// <summary>True for a frame as sent on the air.</summary>
    public bool IsNative => (First(_bytes) & NativeFrame) != 0;

    /// <summary>True for a keep-alive without a frame.</summary>
    public bool IsKeepAlive => (First(_bytes) & KeepAlive) != 0;

    /// <summary>True for a fragment other than the first.</summary>
    public bool IsLaterFragment => (First(_bytes) & Fragment) != 0
        && (BinaryPrimitives.ReadUInt16BigEndian(_bytes[FragmentOffsetAt..]) & FragmentOffsetMask) != 0;

    /// <summary>What follows the header as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MinimumLength)
            return ParseError.Incomplete;
        var first = First(bytes);
        if (first >> VersionShift != 0)
            return ParseError.BadVersion;
        if ((first & PreambleMask) != 0)
            return ParseError.BadValue;
        if (LengthOf(first) < MinimumLength)
            return ParseError.BadLength;
        return bytes.Length < LengthOf(first) ? ParseError.Incomplete : ParseError.None;
    }

    private static uint First(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static int LengthOf(uint first) => (int)(first >> LengthShift & LengthMask) * sizeof(uint);
}
