namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>Methods of STUN, TURN and Microsoft's TURN (RFC 8489 §18.2, RFC 8656 §17, RFC 6062 §6.1, [MS-TURN]
/// 2.2.1).</summary>
internal static class StunMethod
{
    /// <summary>Binding.</summary>
    public const int Binding = 0x1;

    /// <summary>Allocate.</summary>
    public const int Allocate = 0x3;

    /// <summary>Refresh.</summary>
    public const int Refresh = 0x4;

    /// <summary>Send of Microsoft's TURN, a request without response.</summary>
    public const int MicrosoftSend = 0x4;

    /// <summary>Send, an indication.</summary>
    public const int Send = 0x6;

    /// <summary>Set Active Destination of Microsoft's TURN.</summary>
    public const int MicrosoftSetActiveDestination = 0x6;

    /// <summary>Data, an indication.</summary>
    public const int Data = 0x7;

    /// <summary>ChannelBind.</summary>
    public const int ChannelBind = 0x9;

    /// <summary>Connect.</summary>
    public const int Connect = 0xA;

    /// <summary>ConnectionBind.</summary>
    public const int ConnectionBind = 0xB;

    /// <summary>ConnectionAttempt, an indication.</summary>
    public const int ConnectionAttempt = 0xC;
}
