using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>One element of the distinguished encoding (X.690 §8.1, §10.1), viewed in place: tag, length, content. Only tags of one byte occur in certificates.</summary>
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

    private const int MultiByteTag = 0x1F;
    private const int LongForm = 0x80;

    /// <summary>A certificate in TLS is shorter than 2^24 bytes (RFC 5246 §7.4.2), so three length bytes are enough.</summary>
    private const int MaximumLengthBytes = 3;

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
        error = ParseError.Incomplete;
        if (bytes.Length < 2)
            return false;
        error = ParseError.BadValue;
        if ((bytes[0] & MultiByteTag) == MultiByteTag)
            return false;
        var lengthBytes = bytes[1] < LongForm ? 0 : bytes[1] - LongForm;
        error = ParseError.BadLength;
        if (lengthBytes > MaximumLengthBytes || bytes[1] == LongForm)
            return false;
        error = ParseError.Incomplete;
        var headerLength = 2 + lengthBytes;
        if (bytes.Length < headerLength)
            return false;
        var length = lengthBytes == 0 ? bytes[1] : 0;
        foreach (var part in bytes[2..headerLength])
            length = (length << 8) | part;
        if (bytes.Length - headerLength < length)
            return false;
        element = new DerElement(bytes[0], bytes[..(headerLength + length)], headerLength);
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

    /// <summary>Takes a whole element of one tag off the front of <paramref name="bytes"/>; an element of another tag is left there.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> bytes, byte tag, out DerElement element)
    {
        if (!TryParse(bytes, out element, out _) || element.Tag != tag)
            return false;
        bytes = bytes[element.Encoding.Length..];
        return true;
    }
}
