using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A radiotap header before an IEEE 802.11 frame (LINKTYPE_IEEE802_11_RADIOTAP; radiotap.org), viewed in
/// place. Its fields are little-endian and aligned from the header's start.</summary>
internal readonly ref struct RadiotapHeader : IWireHeader<RadiotapHeader>
{
    /// <summary>Words of the presence bitmap that are followed at most: drivers write one for each antenna; the bound
    /// keeps a hostile header cheap.</summary>
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

    /// <summary>
    /// True when <paramref name="bytes"/> hold a whole header of version 0. A length that its own presence bitmap does
    /// not fit in is <see cref="ParseError.BadLength"/>, a longer bitmap than <see cref="MaximumPresenceWords"/>
    /// <see cref="ParseError.BadValue"/>.
    /// </summary>
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

    /// <summary>True when the frame check sequence was captured at the frame's end.</summary>
    public bool HasFrameCheckSequence => (Flags & FrameCheckSequence) != 0;

    /// <summary>True when bytes fill the space between the 802.11 header and its payload, to a multiple of
    /// four.</summary>
    public bool IsPadded => (Flags & Padded) != 0;

    /// <summary>True when the receiver found the frame check sequence wrong: the frame's bytes are not those that were
    /// sent.</summary>
    public bool IsDamaged => (Flags & FailedCheck) != 0;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <summary>The field of that name; 0 when it is not there.</summary>
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

    /// <summary>Words of the presence bitmap; 0 when it does not end within the header, more than the bound when it
    /// goes on behind that.</summary>
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
