namespace PortAudit.Traffic.Records;

/// <summary>How a protocol or service was identified.</summary>
public enum IdentificationBasis : byte
{
    /// <summary>Unknown.</summary>
    None,

    /// <summary>The port only. Never proves compliance.</summary>
    Port,

    /// <summary>A learned model.</summary>
    Behaviour,

    /// <summary>A control channel announced this endpoint for this protocol.</summary>
    Announced,

    /// <summary>TLS metadata, or a fixed handshake.</summary>
    Handshake,

    /// <summary>Payload that proves it.</summary>
    Payload,
}

/// <summary>Texts of <see cref="IdentificationBasis"/> in output.</summary>
public static class IdentificationBasisText
{
    /// <summary>The text in output.</summary>
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
