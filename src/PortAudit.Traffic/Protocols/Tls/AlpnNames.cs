namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>The list of names in an ALPN extension (RFC 7301 §3.1), walked in place with <c>foreach</c>.</summary>
internal ref struct AlpnNames
{
    private ReadOnlySpan<byte> _rest;

    private AlpnNames(ReadOnlySpan<byte> names) => _rest = names;

    /// <summary>The names in an extension's content, behind two bytes of length; none in one that is too
    /// short.</summary>
    public static AlpnNames Of(ReadOnlySpan<byte> content) =>
        new(content.Length > sizeof(ushort) ? content[sizeof(ushort)..] : default);

    /// <summary>The name that the walk is at.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>The walk itself.</summary>
    public readonly AlpnNames GetEnumerator() => this;

    /// <summary>Goes to the next name. False at the end or at a name that is empty or cut; each step takes at least two
    /// bytes.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty || _rest[0] == 0 || _rest.Length <= _rest[0])
            return false;
        Current = _rest.Slice(1, _rest[0]);
        _rest = _rest[(1 + Current.Length)..];
        return true;
    }

    /// <summary>True for the names that RFC 8701 §3.1 sets apart to be ignored: twice the same byte
    /// <c>0x?A</c>.</summary>
    public static bool IsGrease(ReadOnlySpan<byte> name) =>
        name.Length == 2 && name[0] == name[1] && (name[0] & 0x0F) == 0x0A;
}
