using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>What class and method of a STUN message say of its sender.</summary>
internal static class StunSide
{
    /// <summary>Who sends what: clients ask, servers answer and relay data (RFC 8656 §11); other indications come from
    /// either end.</summary>
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
