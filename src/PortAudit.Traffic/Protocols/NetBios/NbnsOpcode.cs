namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>Operations of the NetBIOS name service (RFC 1002 §4.2.1.1; [MS-NBTE] 2.2.1).</summary>
internal static class NbnsOpcode
{
    public const int Query = 0;
    public const int Wait = 7;
    private const int Registration = 5;
    private const int Release = 6;
    private const int Refresh = 8;

    /// <summary>Refresh as numbered in RFC 1002 §4.2.4 instead of §4.2.1.1.</summary>
    private const int OtherRefresh = 9;
    private const int MultihomedRegistration = 15;

    /// <summary>True for a defined operation.</summary>
    public static bool IsDefined(int opcode) => opcode is Query or Release or Wait || IsRegistration(opcode);

    /// <summary>True for an operation with which a node claims a name.</summary>
    public static bool IsRegistration(int opcode) =>
        opcode is Registration or Refresh or OtherRefresh or MultihomedRegistration;
}
