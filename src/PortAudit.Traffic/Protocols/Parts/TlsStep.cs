namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A client command's meaning for a switch to TLS.</summary>
internal enum TlsStep
{
    /// <summary>STARTTLS is still possible.</summary>
    Hope,

    /// <summary>STARTTLS requested.</summary>
    Ask,

    /// <summary>Login or work: no STARTTLS follows unless the server refuses this.</summary>
    Work,

    /// <summary>STARTTLS is ruled out.</summary>
    RuledOut,
}
