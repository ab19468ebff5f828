using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Megaco;

/// <summary>Enumerates the items of a text Megaco message (RFC 3525 annex B.2) in place, ignoring nesting:
/// <c>C=191</c>, <c>A=RTP/1727</c>, and the SDP descriptions of <c>L{…}</c> and <c>R{…}</c> as a whole. Treats long and
/// short tokens alike.</summary>
internal ref struct MegacoText
{
    /// <summary>Items read at most; an audit of a termination has some dozens.</summary>
    public const int MaximumItems = 2048;

    private ReadOnlySpan<byte> _rest;
    private int _count;

    public MegacoText(ReadOnlySpan<byte> text) => _rest = text;

    /// <summary>The token before <c>=</c> or a bracket, without prefixes of optional commands and wildcards.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value after <c>=</c>; empty without one.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The SDP description in a <c>Local</c> or <c>Remote</c> item.</summary>
    public ReadOnlySpan<byte> Description { get; private set; }

    /// <summary>True for the local endpoint of a termination's stream (§7.1.8).</summary>
    public readonly bool IsLocal => Words.Holds("Local L"u8, Name);

    /// <summary>True for the remote endpoint.</summary>
    public readonly bool IsRemote => Words.Holds("Remote R"u8, Name);

    public bool MoveNext()
    {
        if (_rest.IsEmpty || _count++ == MaximumItems)
            return false;
        var end = IndexOfMark(_rest);
        var item = (end < 0 ? _rest : _rest[..end]).Trim(" \t\r\n"u8);
        var opens = end >= 0 && _rest[end] == '{';
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        var equals = item.IndexOf((byte)'=');
        Name = NameOf((equals < 0 ? item : item[..equals]).TrimEnd(" \t\r\n"u8));
        Value = equals < 0 ? [] : item[(equals + 1)..].TrimStart(" \t\r\n"u8);
        Description = opens && (IsLocal || IsRemote) ? TakeDescription() : [];
        return true;
    }

    /// <summary>A bracket within a description is escaped by a backslash (annex B.2, <c>octetString</c>).</summary>
    private ReadOnlySpan<byte> TakeDescription()
    {
        var length = 0;
        while (length < _rest.Length && _rest[length] != '}')
            length += _rest[length] == '\\' ? 2 : 1;
        length = Math.Min(length, _rest.Length);
        var description = _rest[..length];
        _rest = _rest[length..];
        return description;
    }

    /// <summary>Index of the next unquoted bracket or comma.</summary>
    private static int IndexOfMark(ReadOnlySpan<byte> text)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && text[i] is (byte)'{' or (byte)'}' or (byte)',')
                return i;
        }

        return -1;
    }

    /// <summary>The last word (the start of the message precedes the first item), without <c>O-</c> and
    /// <c>W-</c>.</summary>
    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> text)
    {
        var name = text[(text.LastIndexOfAny(" \t\r\n"u8) + 1)..];
        while (name.Length > 2 && name[1] == '-' && "OoWw"u8.Contains(name[0]))
            name = name[2..];
        return name;
    }
}
