namespace PortAudit.Traffic.Protocols;

/// <summary>What a client's command means for going over to TLS within a text protocol.</summary>
internal enum TlsStep
{
    /// <summary>STARTTLS may still come.</summary>
    Hope,

    /// <summary>It asks for it.</summary>
    Ask,

    /// <summary>Login or work has begun: it will not come any more.</summary>
    NoHope,
}
