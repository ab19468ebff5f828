namespace PortAudit.Audit.Matching;

/// <summary>Whether a flow got through, as far as packets and rules can tell: with the verdict it gives the four
/// words.</summary>
internal enum Disposition
{
    /// <summary>Nobody can say, or nobody minds: the capture ended before, or it was one of several ways that peers
    /// try.</summary>
    Unknown,

    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It was stopped.</summary>
    Stopped,
}
