namespace PortAudit.Traffic.Wire;

/// <summary>Why bytes cannot be read as the expected structure.</summary>
public enum ParseError
{
    /// <summary>No error.</summary>
    None,

    /// <summary>The bytes end before the header. Only the decoder, which knows the captured length, can distinguish a
    /// cut frame from a false length.</summary>
    Incomplete,

    /// <summary>An impossible length field.</summary>
    BadLength,

    /// <summary>A version field names another structure.</summary>
    BadVersion,

    /// <summary>A field has a value that the specification forbids.</summary>
    BadValue,
}
