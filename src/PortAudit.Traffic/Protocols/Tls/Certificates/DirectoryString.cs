using System.Buffers.Binary;
using System.Text;
using PortAudit.Traffic.Protocols.Asn1;

namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>Enumerates the characters of a string type used in certificate names (RFC 5280 §4.1.2.4, X.690
/// §8.23).</summary>
internal ref struct DirectoryString
{
    private const byte Utf8Tag = 0x0C;
    private const byte NumericTag = 0x12;
    private const byte PrintableTag = 0x13;
    private const byte TeletexTag = 0x14;
    private const byte Ia5Tag = 0x16;
    private const byte VisibleTag = 0x1A;
    private const byte UniversalTag = 0x1C;
    private const byte BmpTag = 0x1E;

    private readonly byte _tag;
    private ReadOnlySpan<byte> _rest;

    /// <summary>Begins with the first character of a string accepted by <see cref="IsText"/>.</summary>
    public DirectoryString(DerElement element)
    {
        _tag = element.Tag;
        _rest = element.Content;
    }

    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>True for a tag of one of the string types.</summary>
    public static bool IsText(byte tag) =>
        tag is Utf8Tag or NumericTag or PrintableTag or TeletexTag or Ia5Tag or VisibleTag or UniversalTag or BmpTag;

    /// <summary>Reads a character; an invalid one becomes U+FFFD. Teletex strings are read as Latin-1, as used in
    /// practice.</summary>
    public bool TryTake(out Rune rune)
    {
        rune = Rune.ReplacementChar;
        if (_rest.IsEmpty)
            return false;
        var length = 1;
        switch (_tag)
        {
            case Utf8Tag:
                Rune.DecodeFromUtf8(_rest, out rune, out length);
                break;
            case BmpTag when _rest.Length >= 2:
                length = TakeUtf16(_rest, out rune);
                break;
            case UniversalTag when _rest.Length >= 4:
                length = 4;
                if (!Rune.TryCreate(BinaryPrimitives.ReadUInt32BigEndian(_rest), out rune))
                    rune = Rune.ReplacementChar;
                break;
            case BmpTag or UniversalTag:
                length = _rest.Length;
                break;
            default:
                rune = new Rune(_rest[0]);
                break;
        }

        _rest = _rest[length..];
        return true;
    }

    /// <summary>Reads one unit, or a surrogate pair, which the type excludes but some writers use.</summary>
    private static int TakeUtf16(ReadOnlySpan<byte> bytes, out Rune rune)
    {
        var unit = (char)BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if (Rune.TryCreate(unit, out rune))
            return 2;
        if (bytes.Length >= 4 && Rune.TryCreate(unit, (char)BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), out rune))
            return 4;
        rune = Rune.ReplacementChar;
        return 2;
    }
}
