using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Asn1;

/// <summary>Reads a possibly incomplete BER element (X.690) forward only: into an element or past it, never back out.
/// Each element must fit in its parent. After a failed step, <see cref="Error"/> distinguishes missing bytes from
/// invalid ones.</summary>
/// <param name="bytes">The bytes of the element present.</param>
internal ref struct BerReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>INTEGER.</summary>
    public const byte Integer = 0x02;

    /// <summary>OCTET STRING.</summary>
    public const byte OctetString = DerElement.OctetString;

    /// <summary>OBJECT IDENTIFIER.</summary>
    public const byte ObjectIdentifier = DerElement.ObjectIdentifier;

    /// <summary>ENUMERATED.</summary>
    public const byte Enumerated = 0x0A;

    /// <summary>SEQUENCE.</summary>
    public const byte Sequence = DerElement.Sequence;

    /// <summary>Integers of up to 32 bits have four content bytes; unsigned ones may have a leading zero.</summary>
    private const int MaximumIntegerBytes = 5;

    private ReadOnlySpan<byte> _seen = bytes;

    /// <summary>Unread bytes of the current element; may exceed those in <see cref="_seen"/>.</summary>
    private int _left = BerHeader.MaximumContentLength;

    /// <summary>Error of the latest step; <see cref="ParseError.None"/> on success.</summary>
    public ParseError Error { get; private set; } = ParseError.None;

    /// <summary>True at the end of the current element.</summary>
    public readonly bool IsAtEnd => _left == 0;

    /// <summary>Tag of the next element; 0 when there is none or it is missing.</summary>
    public readonly byte NextTag => _left == 0 || _seen.IsEmpty ? (byte)0 : _seen[0];

    /// <summary>The unread bytes present.</summary>
    public readonly ReadOnlySpan<byte> Rest => _seen[..Math.Min(_seen.Length, _left)];

    /// <summary>Enters the next element, which must have this tag.</summary>
    public bool TryEnter(byte tag)
    {
        if (!TryReadHeader(tag, out var header))
            return false;
        _seen = _seen[header.HeaderLength..];
        _left = header.ContentLength;
        return true;
    }

    /// <summary>Reads the whole content of the next element, which must have this tag.</summary>
    public bool TryTake(byte tag, out ReadOnlySpan<byte> content)
    {
        content = default;
        return TryReadHeader(tag, out var header) && TryTakeContent(header, out content);
    }

    /// <summary>Reads an INTEGER, or an element encoded like one. Beyond 32 bits it is
    /// <see cref="ParseError.BadValue"/>.</summary>
    public bool TryTakeInteger(out long value, byte tag = Integer)
    {
        value = 0;
        if (!TryReadHeader(tag, out var header))
            return false;
        if (header.ContentLength is 0 or > MaximumIntegerBytes)
            return Fail(ParseError.BadValue);
        if (!TryTakeContent(header, out var content))
            return false;
        value = (sbyte)content[0];
        foreach (var part in content[1..])
            value = (value << 8) | part;
        return value is >= int.MinValue and <= uint.MaxValue || Fail(ParseError.BadValue);
    }

    private bool TryTakeContent(BerHeader header, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (_seen.Length < header.TotalLength)
            return Fail(ParseError.Incomplete);
        content = _seen.Slice(header.HeaderLength, header.ContentLength);
        _seen = _seen[header.TotalLength..];
        _left -= header.TotalLength;
        return true;
    }

    private bool TryReadHeader(byte tag, out BerHeader header)
    {
        header = default;
        if (_left == 0 || (!_seen.IsEmpty && _seen[0] != tag))
            return Fail(ParseError.BadValue);
        if (!BerHeader.TryParse(_seen, out header, out var error))
            return Fail(error);
        Error = ParseError.None;
        return header.TotalLength <= _left || Fail(ParseError.BadLength);
    }

    private bool Fail(ParseError error)
    {
        Error = error;
        return false;
    }
}
