namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Enumerates the names in an ALPN extension (RFC 7301 §3.1) in place.</summary>
internal ref struct AlpnNames
{
    private ReadOnlySpan<byte> _rest;

    private AlpnNames(ReadOnlySpan<byte> names) => _rest = names;

    /// <summary>The names in an extension, after two bytes of length; none if it is too short.</summary>
    public static AlpnNames Of(ReadOnlySpan<byte> content) =>
        new(content.Length > sizeof(ushort) ? content[sizeof(ushort)..] : default);

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly AlpnNames GetEnumerator() => this;

    /// <summary>Moves to the next name. False at the end, or at an empty or cut name; each step takes at least two
    /// bytes.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty || _rest[0] == 0 || _rest.Length <= _rest[0])
            return false;
        Current = _rest.Slice(1, _rest[0]);
        _rest = _rest[(1 + Current.Length)..];
        return true;
    }

    /// <summary>True for GREASE names, to be ignored: twice the same byte <c>0x?A</c> (RFC 8701 §3.1).</summary>
    public static bool IsGrease(ReadOnlySpan<byte> name) =>
        name.Length == 2 && name[0] == name[1] && (name[0] & 0x0F) == 0x0A;
}
