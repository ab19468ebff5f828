namespace PortAudit.Traffic.Wire;

/// <summary>Why bytes are not the structure that a view expects.</summary>
public enum ParseError
{
    /// <summary>They are.</summary>
    None,

    /// <summary>The bytes end before the header does. Only the decoder, which knows the captured length, can tell a
    /// snapped frame from a lying header.</summary>
    Incomplete,

    /// <summary>A length field is impossible in itself.</summary>
    BadLength,

    /// <summary>A version field names another structure.</summary>
    BadVersion,

    /// <summary>A field has a value that the specification forbids.</summary>
    BadValue,
}
