using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Asn1;

/// <summary>A DER element (X.690 §8.1, §10.1), viewed in place: tag, length, content. Certificates have one-byte tags
/// only.</summary>
internal readonly ref struct DerElement
{
    /// <summary>SEQUENCE.</summary>
    public const byte Sequence = 0x30;

    /// <summary>SET.</summary>
    public const byte Set = 0x31;

    /// <summary>BOOLEAN.</summary>
    public const byte Boolean = 0x01;

    /// <summary>OCTET STRING.</summary>
    public const byte OctetString = 0x04;

    /// <summary>OBJECT IDENTIFIER.</summary>
    public const byte ObjectIdentifier = 0x06;

    /// <summary>Tag, first length byte and three more: certificates in TLS are shorter than 2^24 bytes (RFC 5246
    /// §7.4.2).</summary>
    private const int MaximumHeaderLength = 5;

    private DerElement(byte tag, ReadOnlySpan<byte> encoding, int headerLength)
    {
        Tag = tag;
        Encoding = encoding;
        Content = encoding[headerLength..];
    }

    /// <summary>Class, form and number.</summary>
    public byte Tag { get; }

    /// <summary>The element including its header.</summary>
    public ReadOnlySpan<byte> Encoding { get; }

    public ReadOnlySpan<byte> Content { get; }

    /// <summary>True when <paramref name="bytes"/> begin with a whole element.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out DerElement element, out ParseError error)
    {
        element = default;
        if (!BerHeader.TryParse(bytes, out var header, out error))
            return false;
        error = header.HeaderLength > MaximumHeaderLength ? ParseError.BadLength : ParseError.Incomplete;
        if (error == ParseError.BadLength || header.ContentLength > bytes.Length - header.HeaderLength)
            return false;
        element = new DerElement(header.Tag, bytes[..header.TotalLength], header.HeaderLength);
        error = ParseError.None;
        return true;
    }

    /// <summary>Removes an element from the front of <paramref name="bytes"/>.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> bytes, out DerElement element)
    {
        if (!TryParse(bytes, out element, out _))
            return false;
        bytes = bytes[element.Encoding.Length..];
        return true;
    }

    /// <summary>Removes an element with this tag from the front of <paramref name="bytes"/>; leaves one with another
    /// tag.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> bytes, byte tag, out DerElement element)
    {
        if (!TryParse(bytes, out element, out _) || element.Tag != tag)
            return false;
        bytes = bytes[element.Encoding.Length..];
        return true;
    }
}
