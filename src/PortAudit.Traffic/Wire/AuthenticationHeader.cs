using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>An IP Authentication Header (RFC 4302 §2), viewed in place. What it protects follows in clear.</summary>
internal readonly ref struct AuthenticationHeader
{
    /// <summary>Length of a header without an integrity check value, in bytes.</summary>
    public const int MinimumLength = 12;

    // The length field counts words of four bytes, less two (RFC 4302 §2.2).
    private const int LengthUnit = 4;
    private const int UncountedWords = 2;

    private readonly ReadOnlySpan<byte> _bytes;

    private AuthenticationHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header. A length below 12 bytes is
    /// <see cref="ParseError.BadLength"/>; security parameters index 0, which is never sent (§2.4), is
    /// <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out AuthenticationHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new AuthenticationHeader(bytes);
        return true;
    }

    /// <summary>Number of the protocol behind this header.</summary>
    public byte NextHeader => _bytes[0];

    /// <summary>Length of the header with its integrity check value, in bytes: 12 to 1028.</summary>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>Security parameters index: the receiver's number of the association, 1 and above.</summary>
    public uint Spi => SpiOf(_bytes);

    /// <summary>Sequence number within the association.</summary>
    public uint SequenceNumber => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < MinimumLength)
            return ParseError.Incomplete;
        if (LengthOf(bytes) < MinimumLength)
            return ParseError.BadLength;
        if (SpiOf(bytes) == 0)
            return ParseError.BadValue;
        return bytes.Length < LengthOf(bytes) ? ParseError.Incomplete : ParseError.None;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) => (bytes[1] + UncountedWords) * LengthUnit;

    private static uint SpiOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
}
