namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>What a line of a server says to a client's command.</summary>
internal enum ServerAnswer
{
    /// <summary>It answers no command: a greeting, or something that nobody asked for.</summary>
    None,

    /// <summary>It is a line of a greeting or answer that has more.</summary>
    Part,

    /// <summary>It does, or goes on with, what was asked.</summary>
    Consent,

    /// <summary>It refuses.</summary>
    Refusal,
}
