namespace PortAudit.Traffic.Records;

/// <summary>What the name of a protocol or service rests on.</summary>
public enum IdentificationBasis : byte
{
    /// <summary>Unknown.</summary>
    None,

    /// <summary>Nothing but the port. Never proves compliance.</summary>
    Port,

    /// <summary>A learned model says so.</summary>
    Behaviour,

    /// <summary>A control channel announced this endpoint for this protocol.</summary>
    Announced,

    /// <summary>TLS metadata or a fixed handshake proved it.</summary>
    Handshake,

    /// <summary>Bytes proved it.</summary>
    Payload,
}

/// <summary>The names of <see cref="IdentificationBasis"/> in output.</summary>
public static class IdentificationBasisText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this IdentificationBasis basis) => basis switch
    {
        IdentificationBasis.Payload => "payload",
        IdentificationBasis.Handshake => "handshake",
        IdentificationBasis.Announced => "announced",
        IdentificationBasis.Behaviour => "behaviour",
        IdentificationBasis.Port => "port",
        IdentificationBasis.None => "none",
    };
}
