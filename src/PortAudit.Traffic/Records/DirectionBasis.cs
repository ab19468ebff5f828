namespace PortAudit.Traffic.Records;

/// <summary>How the originator was determined, weakest basis first.</summary>
public enum DirectionBasis : byte
{
    /// <summary>Only who was seen first; may be wrong.</summary>
    FirstPacket,

    /// <summary>One port is a registered or catalog service port, the other is not.</summary>
    Port,

    /// <summary>Only one side's role serves this port.</summary>
    Inventory,

    /// <summary>A control channel announced the responder's port.</summary>
    Announcement,

    /// <summary>The payload shows who is the client.</summary>
    Payload,

    /// <summary>The answer to a SYN was seen.</summary>
    SynAck,

    /// <summary>The SYN was seen.</summary>
    Syn,
}

/// <summary>Texts of <see cref="DirectionBasis"/> in output.</summary>
public static class DirectionBasisText
{
    /// <summary>The text in output.</summary>
    public static string ToText(this DirectionBasis basis) => basis switch
    {
        DirectionBasis.Syn => "syn",
        DirectionBasis.SynAck => "syn-ack",
        DirectionBasis.Payload => "payload",
        DirectionBasis.Announcement => "announcement",
        DirectionBasis.Inventory => "inventory",
        DirectionBasis.Port => "port",
        DirectionBasis.FirstPacket => "first-packet",
    };
}
