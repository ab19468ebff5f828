using PortAudit.Traffic.Protocols.Asn1;

namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>Text of a distinguished name (RFC 4514 §2): relative names from last to first,
/// <c>CN=www.example.com,O=Example</c>.</summary>
internal static class DistinguishedName
{
    /// <summary>Relative names written at most; omits the first, most general ones.</summary>
    public const int MaximumRelativeNames = 32;

    /// <summary>Attributes written per relative name.</summary>
    public const int MaximumAttributes = 8;

    /// <summary>Writes the name with this <c>RDNSequence</c> content, cut at the end of <paramref name="destination"/>.
    /// Returns the length in bytes.</summary>
    public static int Write(ReadOnlySpan<byte> relativeNames, Span<byte> destination)
    {
        var text = new BoundedText(destination);
        Span<int> starts = stackalloc int[MaximumRelativeNames];
        var count = 0;
        var rest = relativeNames;
        while (DerElement.TryTake(ref rest, DerElement.Set, out var element))
            starts[count++ % MaximumRelativeNames] = relativeNames.Length - rest.Length - element.Encoding.Length;
        var written = Math.Min(count, MaximumRelativeNames);
        for (var i = 0; i < written; i++)
        {
            if (i > 0)
                text.Append(","u8);
            if (DerElement.TryParse(relativeNames[starts[(count - 1 - i) % MaximumRelativeNames]..],
                out var relativeName, out _))
                WriteRelative(relativeName.Content, ref text);
        }

        return text.Length;
    }

    private static void WriteRelative(scoped ReadOnlySpan<byte> attributes, ref BoundedText text)
    {
        for (var i = 0; i < MaximumAttributes
            && DerElement.TryTake(ref attributes, DerElement.Sequence, out var attribute); i++)
        {
            if (i > 0)
                text.Append("+"u8);
            var parts = attribute.Content;
            if (!DerElement.TryTake(ref parts, DerElement.ObjectIdentifier, out var type)
                || !DerElement.TryTake(ref parts, out var value))
                continue;
            var keyword = AttributeKeyword.Of(type.Content);
            if (keyword.IsEmpty)
                ObjectIdentifierText.Write(type.Content, ref text);
            else
                text.Append(keyword);
            text.Append("="u8);
            var isText = !keyword.IsEmpty && DirectoryString.IsText(value.Tag);
            if (isText)
                WriteEscaped(new DirectoryString(value), ref text);
            else
                WriteEncoding(value.Encoding, ref text);
        }
    }

    /// <summary>A value without a text form: <c>#</c> and its encoding (RFC 4514 §2.4).</summary>
    private static void WriteEncoding(scoped ReadOnlySpan<byte> encoding, ref BoundedText text)
    {
        text.Append("#"u8);
        foreach (var part in encoding)
            text.AppendHex(part);
    }

    /// <summary>Escapes as in RFC 4514 §2.4; control characters, which it leaves open, as pairs of digits.</summary>
    private static void WriteEscaped(scoped DirectoryString value, ref BoundedText text)
    {
        var isFirst = true;
        while (value.TryTake(out var rune))
        {
            var isEdge = isFirst || value.IsEmpty;
            if (rune.Value is < 0x20 or 0x7F)
            {
                text.Append("\\"u8);
                text.AppendHex((byte)rune.Value);
            }
            else
            {
                var isSpecial = rune.Value is '"' or '+' or ',' or ';' or '<' or '>' or '\\';
                if (isSpecial || (rune.Value == ' ' && isEdge) || (rune.Value == '#' && isFirst))
                    text.Append("\\"u8);
                text.Append(rune);
            }

            isFirst = false;
        }
    }
}
