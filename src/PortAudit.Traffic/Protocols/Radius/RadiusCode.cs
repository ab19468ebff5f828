namespace PortAudit.Traffic.Protocols.Radius;

/// <summary>Packet codes of RADIUS (RFC 2865 §3, RFC 2866 §3, RFC 5176 §2.3).</summary>
internal enum RadiusCode : byte
{
    /// <summary>Access-Request.</summary>
    AccessRequest = 1,

    /// <summary>Access-Accept.</summary>
    AccessAccept = 2,

    /// <summary>Access-Reject.</summary>
    AccessReject = 3,

    /// <summary>Accounting-Request.</summary>
    AccountingRequest = 4,

    /// <summary>Accounting-Response.</summary>
    AccountingResponse = 5,

    /// <summary>Access-Challenge.</summary>
    AccessChallenge = 11,

    /// <summary>Status-Server (RFC 5997).</summary>
    StatusServer = 12,

    /// <summary>Disconnect-Request.</summary>
    DisconnectRequest = 40,

    /// <summary>Disconnect-ACK.</summary>
    DisconnectAck = 41,

    /// <summary>Disconnect-NAK.</summary>
    DisconnectNak = 42,

    /// <summary>CoA-Request.</summary>
    CoaRequest = 43,

    /// <summary>CoA-ACK.</summary>
    CoaAck = 44,

    /// <summary>CoA-NAK.</summary>
    CoaNak = 45,
}
