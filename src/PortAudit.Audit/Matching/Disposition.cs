namespace PortAudit.Audit.Matching;

/// <summary>Whether a flow arrived, as far as known; with the verdict it gives the five words.</summary>
internal enum Disposition
{
    /// <summary>Nothing proves either, or it does not matter: it was one of several ways that peers try.</summary>
    Unknown,

    /// <summary>It arrived.</summary>
    Passed,

    /// <summary>It was stopped.</summary>
    Stopped,
}
