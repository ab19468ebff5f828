namespace PortAudit.Traffic.Records;

/// <summary>Who sent a TCP reset, which carries the address of one end of the connection whoever sends it.</summary>
public enum ResetOrigin : byte
{
    /// <summary>It cannot be told: no other packet of the host was seen there, or its hop limit decides
    /// nothing.</summary>
    Unknown,

    /// <summary>The host itself: other packets of it came with the same hop limit.</summary>
    Host,

    /// <summary>Another device, which stands nearer to the capture point than all that other packets of the host have
    /// come from.</summary>
    AnotherDevice,
}

/// <summary>The names of <see cref="ResetOrigin"/> in output.</summary>
public static class ResetOriginText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this ResetOrigin origin) => origin switch
    {
        ResetOrigin.Host => "host",
        ResetOrigin.AnotherDevice => "another-device",
        ResetOrigin.Unknown => "unknown",
    };
}
