namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>How strongly a line indicates a text protocol.</summary>
internal enum LineWeight
{
    /// <summary>Not of this protocol.</summary>
    Foreign,

    /// <summary>Of this protocol and others.</summary>
    Possible,

    /// <summary>Likely of this protocol, though free text may match.</summary>
    Likely,

    /// <summary>Of this protocol only.</summary>
    Proof,
}
