using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Asn1;

/// <summary>Tag and length of a BER element (X.690 §8.1); its content may be incomplete. Supports one-byte tags and
/// definite lengths, as used by directory, authentication and management protocols (RFC 4511 §5.1, RFC 3417
/// §8).</summary>
/// <param name="Tag">Class, form and number.</param>
/// <param name="HeaderLength">Length of tag and length, in bytes.</param>
/// <param name="ContentLength">Length of the content, in bytes.</param>
internal readonly record struct BerHeader(byte Tag, int HeaderLength, int ContentLength)
{
    /// <summary>Longest content, far beyond any message; keeps sums of lengths in range.</summary>
    public const int MaximumContentLength = 0x3FFF_FFFF;

    private const int MultiByteTag = 0x1F;
    private const int LongForm = 0x80;
    private const int MaximumLengthBytes = 4;

    /// <summary>Length of the element including its header, in bytes.</summary>
    public int TotalLength => HeaderLength + ContentLength;

    /// <summary>True when <paramref name="bytes"/> begin with a whole header. The long form may have leading zeros, as
    /// written by Microsoft's encoders.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out BerHeader header, out ParseError error)
    {
        header = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && (bytes[0] & MultiByteTag) == MultiByteTag)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < 2)
            return false;
        var lengthBytes = bytes[1] < LongForm ? 0 : bytes[1] - LongForm;
        error = ParseError.BadLength;
        if (lengthBytes > MaximumLengthBytes || bytes[1] == LongForm)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < 2 + lengthBytes)
            return false;
        var length = lengthBytes == 0 ? bytes[1] : 0u;
        foreach (var part in bytes.Slice(2, lengthBytes))
            length = (length << 8) | part;
        error = ParseError.BadLength;
        if (length > MaximumContentLength)
            return false;
        header = new BerHeader(bytes[0], 2 + lengthBytes, (int)length);
        error = ParseError.None;
        return true;
    }
}
