namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A server line's answer to a client command.</summary>
internal enum ServerAnswer
{
    /// <summary>None: a greeting, or an unsolicited line.</summary>
    None,

    /// <summary>Part of a greeting or answer.</summary>
    Part,

    /// <summary>The command was accepted.</summary>
    Consent,

    /// <summary>The command was refused.</summary>
    Refusal,
}
