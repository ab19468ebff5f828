namespace PortAudit.Traffic.Records;

/// <summary>Who sent a TCP reset, which has an endpoint's address whoever sends it.</summary>
public enum ResetOrigin : byte
{
    /// <summary>Unknown: no other packet of the host was seen there, or hop limits do not decide.</summary>
    Unknown,

    /// <summary>The host itself: its other packets have the same hop limit.</summary>
    Host,

    /// <summary>Another device, nearer to the capture point than any other packet of the host came from.</summary>
    AnotherDevice,
}

/// <summary>Texts of <see cref="ResetOrigin"/> in output.</summary>
public static class ResetOriginText
{
    /// <summary>The text in output.</summary>
    public static string ToText(this ResetOrigin origin) => origin switch
    {
        ResetOrigin.Host => "host",
        ResetOrigin.AnotherDevice => "another-device",
        ResetOrigin.Unknown => "unknown",
    };
}
