using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Asn1;

/// <summary>One element of the distinguished encoding (X.690 §8.1, §10.1), viewed in place: tag, length, content. Only
/// tags of one byte occur in certificates.</summary>
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

    /// <summary>Tag, first length byte and three more: a certificate in TLS is shorter than 2^24 bytes (RFC 5246
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

    /// <summary>The element with its header.</summary>
    public ReadOnlySpan<byte> Encoding { get; }

    /// <summary>The element without its header.</summary>
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

    /// <summary>Takes a whole element off the front of <paramref name="bytes"/>.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> bytes, out DerElement element)
    {
        if (!TryParse(bytes, out element, out _))
            return false;
        bytes = bytes[element.Encoding.Length..];
        return true;
    }

    /// <summary>Takes a whole element of one tag off the front of <paramref name="bytes"/>; an element of another tag
    /// is left there.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> bytes, byte tag, out DerElement element)
    {
        if (!TryParse(bytes, out element, out _) || element.Tag != tag)
            return false;
        bytes = bytes[element.Encoding.Length..];
        return true;
    }
}
