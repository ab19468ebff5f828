namespace PortAudit.Traffic.Wire;

/// <summary>A header of AYIYA, which brings IPv6 through address translators (draft-massar-v6ops-ayiya-02 §4), viewed
/// in place.</summary>
internal readonly ref struct AyiyaHeader
{
    /// <summary>Length of the fixed part, in bytes.</summary>
    public const int FixedLength = 8;

    private const int SignatureUnit = 4;
    private const int NibbleBits = 4;
    private const int LowNibble = 0x0F;

    /// <summary>Operation that carries a packet (§4.7).</summary>
    private const int Forward = 1;

    /// <summary>Kinds of identity, hash and authentication that are defined at most (§4.2, §4.4, §4.5).</summary>
    private const int LastIdentityType = 2;
    private const int LastMethod = 3;

    private readonly ReadOnlySpan<byte> _bytes;

    private AyiyaHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header, identity and signature included, of a packet
    /// that is forwarded.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out AyiyaHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new AyiyaHeader(bytes);
        return true;
    }

    /// <summary>Length of the header with identity and signature, in bytes.</summary>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>What follows the header as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedLength)
            return ParseError.Incomplete;
        var isSound = (bytes[0] & LowNibble) <= LastIdentityType && (bytes[1] & LowNibble) <= LastMethod
            && bytes[2] >> NibbleBits <= LastMethod && (bytes[2] & LowNibble) == Forward;
        if (!isSound)
            return ParseError.BadValue;
        return bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    /// <summary>The identity has two to the power of its field in bytes, the signature four times its field.</summary>
    private static int LengthOf(ReadOnlySpan<byte> bytes) =>
        FixedLength + (1 << (bytes[0] >> NibbleBits)) + (bytes[1] >> NibbleBits) * SignatureUnit;
}
