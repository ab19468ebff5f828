using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>Sender of a STUN message by class and method.</summary>
internal static class StunSide
{
    /// <summary>The sender: clients send requests, servers responses and relayed data (RFC 8656 §11); other indications
    /// come from either side.</summary>
    public static SideMatch Of(StunMessage message) => message.Class switch
    {
        StunClass.Request => SideMatch.Request,
        StunClass.SuccessResponse or StunClass.ErrorResponse => SideMatch.Reply,
        _ when message.Method == StunMethod.Data => SideMatch.Reply,
        _ => SideMatch.EitherSide,
    };

    /// <summary>Allocate, Refresh, Send, Data, CreatePermission, ChannelBind; Connect, ConnectionBind and
    /// ConnectionAttempt.</summary>
    public static bool IsTurn(StunMessage message) => message.Method is StunMethod.Allocate or StunMethod.Refresh
        or >= StunMethod.Send and <= StunMethod.ConnectionAttempt;
}
