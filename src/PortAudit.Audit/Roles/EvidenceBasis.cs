using PortAudit.Audit.Catalog;

namespace PortAudit.Audit.Roles;

/// <summary>What the claim that a host serves something rests on. The order is that of strength, the weakest
/// first.</summary>
public enum EvidenceBasis
{
    /// <summary>Nothing but the port; both sides sent data.</summary>
    Port,

    /// <summary>A control channel announced the port for it.</summary>
    Announced,

    /// <summary>Bytes proved it, but only one side of the conversation was seen.</summary>
    OneDirection,

    /// <summary>A handshake proved it.</summary>
    Handshake,

    /// <summary>Bytes proved it.</summary>
    Payload,
}

/// <summary>The names of <see cref="EvidenceBasis"/> in output, and the confidence that each allows.</summary>
public static class EvidenceBasisText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this EvidenceBasis basis) => basis switch
    {
        EvidenceBasis.Payload => "payload",
        EvidenceBasis.Handshake => "handshake",
        EvidenceBasis.OneDirection => "one-direction",
        EvidenceBasis.Announced => "announced",
        EvidenceBasis.Port => "port",
    };

    /// <summary>The highest confidence that it allows: a port proves nothing; one direction or an announcement proves
    /// little.</summary>
    public static Confidence Ceiling(this EvidenceBasis basis) => basis switch
    {
        EvidenceBasis.Payload or EvidenceBasis.Handshake => Confidence.High,
        EvidenceBasis.Port => Confidence.Low,
        EvidenceBasis.Announced or EvidenceBasis.OneDirection => Confidence.Medium,
    };
}
