namespace PortAudit.Traffic.Protocols.Xmpp;

/// <summary>Enumerates the attributes of an XML start tag (XML 1.0 §3.1) in place. Values are raw, without expanded
/// references.</summary>
internal ref struct XmlAttributes
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Begins after the element's name.</summary>
    public XmlAttributes(ReadOnlySpan<byte> rest) => _rest = rest;

    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Value of the current attribute, without quotes.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True at the tag's end.</summary>
    public bool SawEnd { get; private set; }

    public bool IsMalformed { get; private set; }

    /// <summary>Moves to the next attribute. False at the tag's end, at malformed text, or at the end of the bytes.
    /// Each step takes at least four bytes.</summary>
    public bool MoveNext()
    {
        var start = _rest.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0 || SawEnd)
            return false;
        if (_rest[start] == '>')
        {
            SawEnd = true;
            return false;
        }

        IsMalformed |= start == 0;
        var attribute = _rest[start..];
        var nameLength = attribute.IndexOfAny("=<>"u8);
        if (nameLength < 0 || IsMalformed)
            return false;
        IsMalformed = nameLength == 0 || attribute[nameLength] != '='
            || (attribute.Length > nameLength + 1 && attribute[nameLength + 1] is not ((byte)'\'' or (byte)'"'));
        if (IsMalformed || attribute.Length == nameLength + 1)
            return false;
        var value = attribute[(nameLength + 2)..];
        var valueLength = value.IndexOf(attribute[nameLength + 1]);
        if (valueLength < 0)
            return false;
        Name = attribute[..nameLength].TrimEnd((byte)' ');
        Value = value[..valueLength];
        _rest = value[(valueLength + 1)..];
        return true;
    }
}
