namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>What the bytes of one direction say of a protocol, before both directions are weighed together.</summary>
internal enum Evidence
{
    /// <summary>No bytes of this direction were seen.</summary>
    Silence,

    /// <summary>The bytes are something else.</summary>
    Foreign,

    /// <summary>The bytes agree with the protocol as far as they go, which is not far enough.</summary>
    Unfinished,

    /// <summary>The protocol, from either of its sides.</summary>
    EitherSide,

    /// <summary>The protocol, from the side that answers.</summary>
    Reply,

    /// <summary>The protocol, from the side that asks.</summary>
    Request,
}
