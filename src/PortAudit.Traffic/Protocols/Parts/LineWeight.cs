namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>What one line says of a text protocol.</summary>
internal enum LineWeight
{
    /// <summary>Nobody who speaks it says this.</summary>
    Foreign,

    /// <summary>It is said in this protocol and in others.</summary>
    Possible,

    /// <summary>It is said in this protocol, and hardly in others, but a line of text may say anything.</summary>
    Likely,

    /// <summary>It is said in this protocol alone.</summary>
    Proof,
}
