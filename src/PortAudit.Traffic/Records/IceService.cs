namespace PortAudit.Traffic.Records;

/// <summary>Service name of ICE connectivity checks (RFC 8445 §2.2): identified as STUN, but announcing
/// nothing.</summary>
internal static class IceService
{
    /// <summary>The name.</summary>
    public const string Name = "ice";
}
