namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>Enumerates the fields of an instance list ([MC-SQLR] 2.2.5): alternating keys and values, each followed by
/// a semicolon; an empty key ends an instance. Ignores a cut field.</summary>
internal ref struct SsrpFields
{
    /// <summary>Values after the key <c>bv</c> of Banyan VINES: item, group, item, group, organisation.</summary>
    private const int VinesValues = 5;

    private ReadOnlySpan<byte> _rest;

    public SsrpFields(ReadOnlySpan<byte> text) => _rest = text;

    /// <summary>Key of the field; empty at the end of an instance.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>Value of the field, the last of several; empty at the end of an instance.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Moves to the next field, or to the end of an instance.</summary>
    public bool MoveNext()
    {
        Value = default;
        if (!TryTake(out var key))
            return false;
        Key = key;
        var values = key.IsEmpty ? 0 : key.SequenceEqual("bv"u8) ? VinesValues : 1;
        for (var i = 0; i < values; i++)
        {
            if (!TryTake(out var value))
                return false;
            Value = value;
        }

        return true;
    }

    private bool TryTake(out ReadOnlySpan<byte> field)
    {
        field = default;
        var end = _rest.IndexOf((byte)';');
        if (end < 0)
            return false;
        field = _rest[..end];
        _rest = _rest[(end + 1)..];
        return true;
    }
}
