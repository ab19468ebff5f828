using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A radiotap header before an IEEE 802.11 frame (LINKTYPE_IEEE802_11_RADIOTAP; radiotap.org), viewed in
/// place. Little-endian, with fields aligned from the header's start.</summary>
internal readonly ref struct RadiotapHeader : IWireHeader<RadiotapHeader>
{
    /// <summary>Presence bitmap words followed: drivers write one per antenna; the bound keeps a hostile header
    /// cheap.</summary>
    public const int MaximumPresenceWords = 32;

    private const int FixedLength = 4;
    private const int WordLength = 4;
    private const byte Version = 0;
    private const uint TimerIsPresent = 1 << 0;
    private const uint FlagsArePresent = 1 << 1;
    private const uint AnotherWordFollows = 1u << 31;
    private const int TimerLength = 8;
    private const byte FrameCheckSequence = 0x10;
    private const byte Padded = 0x20;
    private const byte FailedCheck = 0x40;

    private readonly ReadOnlySpan<byte> _bytes;

    private RadiotapHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of version 0. A length too short for the
    /// presence bitmap is <see cref="ParseError.BadLength"/>, a bitmap longer than <see cref="MaximumPresenceWords"/>
    /// <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RadiotapHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new RadiotapHeader(bytes);
        return true;
    }

    /// <inheritdoc/>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>True when the frame ends with its check sequence.</summary>
    public bool HasFrameCheckSequence => (Flags & FrameCheckSequence) != 0;

    /// <summary>True when padding to a multiple of four precedes the 802.11 payload.</summary>
    public bool IsPadded => (Flags & Padded) != 0;

    /// <summary>True when the receiver reported a wrong frame check sequence: bytes were damaged.</summary>
    public bool IsDamaged => (Flags & FailedCheck) != 0;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <summary>The flags field; 0 without it.</summary>
    private byte Flags
    {
        get
        {
            var present = PresenceAt(_bytes, 0);
            if ((present & FlagsArePresent) == 0)
                return 0;
            var offset = FixedLength + (WordsOf(_bytes[..HeaderLength]) * WordLength);
            if ((present & TimerIsPresent) != 0)
                offset = AlignUp(offset) + TimerLength;
            return offset < HeaderLength ? _bytes[offset] : (byte)0;
        }
    }

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [not Version, ..])
            return ParseError.BadVersion;
        if (bytes.Length < FixedLength)
            return ParseError.Incomplete;
        var length = LengthOf(bytes);
        if (length < FixedLength + WordLength)
            return ParseError.BadLength;
        if (bytes.Length < length)
            return ParseError.Incomplete;
        return WordsOf(bytes[..length]) switch
        {
            0 => ParseError.BadLength,
            > MaximumPresenceWords => ParseError.BadValue,
            _ => ParseError.None,
        };
    }

    /// <summary>Words of the presence bitmap; 0 when it is cut by the header's end, above the bound when it is too
    /// long.</summary>
    private static int WordsOf(ReadOnlySpan<byte> header)
    {
        for (var word = 0; word < MaximumPresenceWords; word++)
        {
            if (FixedLength + ((word + 1) * WordLength) > header.Length)
                return 0;
            if ((PresenceAt(header, word) & AnotherWordFollows) == 0)
                return word + 1;
        }

        return MaximumPresenceWords + 1;
    }

    private static uint PresenceAt(ReadOnlySpan<byte> bytes, int word) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[(FixedLength + (word * WordLength))..]);

    private static int LengthOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);

    private static int AlignUp(int offset) => (offset + TimerLength - 1) & -TimerLength;
}
