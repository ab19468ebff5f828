namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>
/// Walks the fields of a list of instances ([MC-SQLR] 2.2.5): key and value by turns, each with a semicolon behind it;
/// an empty key ends an instance. A field that the capture cut is left out.
/// </summary>
internal ref struct SsrpFields
{
    /// <summary>Values that stand behind the key <c>bv</c> of Banyan VINES: item, group, item, group,
    /// organisation.</summary>
    private const int VinesValues = 5;

    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts at the start of the text.</summary>
    public SsrpFields(ReadOnlySpan<byte> text) => _rest = text;

    /// <summary>Key of the field; empty where an instance ends.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>Value of the field; of several the last. Empty where an instance ends.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next field, or to the end of an instance.</summary>
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
