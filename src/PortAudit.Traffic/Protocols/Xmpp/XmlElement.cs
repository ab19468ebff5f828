namespace PortAudit.Traffic.Protocols.Xmpp;

/// <summary>An XML element (XML 1.0 §3) found by its unprefixed name, viewed in place from its attributes. Text cannot
/// contain such a start tag, as its angle brackets are escaped (§2.4).</summary>
internal readonly ref struct XmlElement
{
    /// <summary>Other start tags skipped at most.</summary>
    private const int MaximumTags = 1024;

    private readonly ReadOnlySpan<byte> _attributes;
    private readonly ReadOnlySpan<byte> _content;

    private XmlElement(ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> content)
    {
        _attributes = attributes;
        _content = content;
    }

    /// <summary>The trimmed text between the start tag and the next tag; empty while that is incomplete.</summary>
    public ReadOnlySpan<byte> Text
    {
        get
        {
            var end = _content.IndexOf((byte)'<');
            return end < 0 ? [] : _content[..end].Trim(" \t\r\n"u8);
        }
    }

    /// <summary>Finds the next element with a complete start tag, and moves <paramref name="rest"/> after that
    /// tag.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> rest, scoped ReadOnlySpan<byte> name,
        out XmlElement element)
    {
        element = default;
        for (var i = 0; i < MaximumTags && rest.IndexOf((byte)'<') is >= 0 and var at; i++)
        {
            rest = rest[(at + 1)..];
            if (!rest.StartsWith(name) || rest.Length == name.Length || !EndsName(rest[name.Length]))
                continue;
            var attributes = rest[name.Length..];
            var end = attributes.IndexOf((byte)'>');
            if (end < 0)
                return false;
            rest = attributes[(end + 1)..];
            var isEmpty = end > 0 && attributes[end - 1] == '/';
            element = new XmlElement(attributes[..(end + 1)], isEmpty ? [] : rest);
            return true;
        }

        return false;
    }

    /// <summary>The raw value of an attribute; empty without one.</summary>
    public ReadOnlySpan<byte> Attribute(ReadOnlySpan<byte> name)
    {
        var attributes = new XmlAttributes(_attributes);
        while (attributes.MoveNext())
        {
            if (attributes.Name.SequenceEqual(name))
                return attributes.Value;
        }

        return [];
    }

    /// <summary>The content present between the start tag and the end tag of <paramref name="name"/>.</summary>
    public ReadOnlySpan<byte> Content(ReadOnlySpan<byte> name)
    {
        for (var from = 0; _content[from..].IndexOf("</"u8) is >= 0 and var at; from += at + 2)
        {
            if (_content[(from + at + 2)..].StartsWith(name))
                return _content[..(from + at)];
        }

        return _content;
    }

    private static bool EndsName(byte next) =>
        next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'/' or (byte)'>';
}
