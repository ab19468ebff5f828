namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What the bytes of one direction say of a protocol, before both directions are weighed together.</summary>
internal enum SideMatch
{
    /// <summary>No bytes of this direction were seen.</summary>
    NoData,

    /// <summary>The bytes are something else.</summary>
    Mismatch,

    /// <summary>The bytes agree with the protocol as far as they go, which is not far enough.</summary>
    Partial,

    /// <summary>The protocol, from either of its sides.</summary>
    EitherSide,

    /// <summary>The protocol, from the side that answers.</summary>
    Reply,

    /// <summary>The protocol, from the side that asks.</summary>
    Request,
}
