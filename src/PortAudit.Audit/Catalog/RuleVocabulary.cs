namespace PortAudit.Audit.Catalog;

/// <summary>How much a rule's flow is needed.</summary>
public enum Need
{
    /// <summary>The deployment does not work without it, wherever the rule applies.</summary>
    Required,

    /// <summary>Required once the rule's condition is on.</summary>
    Conditional,

    /// <summary>Allowed, may never occur.</summary>
    Optional,

    /// <summary>Explains traffic; neither needed nor asked for.</summary>
    Informational,
}

/// <summary>What a rule demands of transport security.</summary>
public enum TransportSecurity
{
    /// <summary>Nothing is said or either is fine.</summary>
    Any,

    /// <summary>In clear.</summary>
    None,

    /// <summary>TLS.</summary>
    Tls,

    /// <summary>TLS with a certificate on both sides.</summary>
    Mtls,
}

/// <summary>Whether a datagram service answers.</summary>
public enum Replies
{
    /// <summary>An answer comes back on the same endpoints.</summary>
    Expected,

    /// <summary>The service never answers.</summary>
    None,

    /// <summary>The answer comes from another port.</summary>
    OtherPort,
}

/// <summary>How often a rule's flow recurs where it is in use: what makes an absence decidable.</summary>
public enum Period
{
    /// <summary>At any time.</summary>
    Continuous,

    /// <summary>At least once an hour.</summary>
    Hourly,

    /// <summary>At least once a day.</summary>
    Daily,

    /// <summary>At least once a week.</summary>
    Weekly,

    /// <summary>Only when something happens: no window is long enough to prove its absence.</summary>
    OnEvent,
}

/// <summary>What a rule says of the traffic that it matches.</summary>
public enum RuleVerdict
{
    /// <summary>It may pass.</summary>
    Allowed,

    /// <summary>It may not (site rules only).</summary>
    Forbidden,
}
