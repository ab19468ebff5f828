namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>Class of a STUN message (RFC 8489 §5).</summary>
internal enum StunClass
{
    /// <summary>Requires a response.</summary>
    Request = 0,

    /// <summary>Needs no response.</summary>
    Indication = 1,

    /// <summary>Grants a request.</summary>
    SuccessResponse = 2,

    /// <summary>Denies a request.</summary>
    ErrorResponse = 3,
}
