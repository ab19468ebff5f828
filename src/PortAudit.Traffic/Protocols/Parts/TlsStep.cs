namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>What a client's command means for going over to TLS within a text protocol.</summary>
internal enum TlsStep
{
    /// <summary>STARTTLS may still come.</summary>
    Hope,

    /// <summary>It asks for it.</summary>
    Ask,

    /// <summary>Login or work: STARTTLS will not come any more, unless the server refuses it.</summary>
    Work,

    /// <summary>It will not come any more.</summary>
    RuledOut,
}
