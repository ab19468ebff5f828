namespace PortAudit.Traffic.Protocols.Pptp;

/// <summary>PPTP control messages that open and close calls (RFC 2637 §2).</summary>
internal enum PptpMessageKind : ushort
{
    /// <summary>Stop-Control-Connection-Request.</summary>
    StopRequest = 3,

    /// <summary>Stop-Control-Connection-Reply.</summary>
    StopReply = 4,

    /// <summary>Outgoing-Call-Reply.</summary>
    OutgoingCallReply = 8,

    /// <summary>Incoming-Call-Reply.</summary>
    IncomingCallReply = 10,

    /// <summary>Call-Disconnect-Notify.</summary>
    CallDisconnectNotify = 13,
}
