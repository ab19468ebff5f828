namespace PortAudit.Traffic.Records;

/// <summary>The service of the connectivity checks of ICE (RFC 8445 §2.2), which are in the name of STUN, but announce
/// nothing.</summary>
internal static class IceService
{
    /// <summary>Its name.</summary>
    public const string Name = "ice";
}
