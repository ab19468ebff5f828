namespace PortAudit.Audit.Findings;

/// <summary>How precisely a display filter names a flow's endpoints.</summary>
internal enum FilterGrain
{
    /// <summary>Both addresses, both ports.</summary>
    Exact,

    /// <summary>Both addresses, the responder's port.</summary>
    HostPair,

    /// <summary>The responder's address and port.</summary>
    Responder,

    /// <summary>The responder's port.</summary>
    Service,

    /// <summary>The originator's address.</summary>
    Originator,

    /// <summary>Nothing but the transport.</summary>
    Transport,
}
