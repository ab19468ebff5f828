using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>What class and method of a STUN message say of its sender.</summary>
internal static class StunSide
{
    /// <summary>Who sends what: clients ask, servers answer and relay data (RFC 8656 §11); other indications come from
    /// either end.</summary>
    public static Evidence Of(StunMessage message) => message.Class switch
    {
        StunClass.Request => Evidence.Request,
        StunClass.SuccessResponse or StunClass.ErrorResponse => Evidence.Reply,
        _ when message.Method == StunMethod.Data => Evidence.Reply,
        _ => Evidence.EitherSide,
    };

    /// <summary>Allocate, Refresh, Send, Data, CreatePermission, ChannelBind; Connect, ConnectionBind and
    /// ConnectionAttempt.</summary>
    public static bool IsTurn(StunMessage message) => message.Method is StunMethod.Allocate or StunMethod.Refresh
        or >= StunMethod.Send and <= StunMethod.ConnectionAttempt;
}
