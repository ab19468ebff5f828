namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Match of one direction's bytes with a protocol, before both directions are combined.</summary>
internal enum SideMatch
{
    /// <summary>No bytes in this direction.</summary>
    NoData,

    /// <summary>Another protocol.</summary>
    Mismatch,

    /// <summary>Agrees so far, but undecided.</summary>
    Partial,

    /// <summary>The protocol, from either side.</summary>
    EitherSide,

    /// <summary>The protocol, from the responding side.</summary>
    Reply,

    /// <summary>The protocol, from the requesting side.</summary>
    Request,
}
