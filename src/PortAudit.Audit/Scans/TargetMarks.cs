namespace PortAudit.Audit.Scans;

/// <summary>What an originator did with a target, one bit each.</summary>
[Flags]
internal enum TargetMarks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It was probed.</summary>
    Probed = 1 << 0,

    /// <summary>An attempt came to nothing, and the rules would not have let it pass: what shows a scan.</summary>
    Counts = 1 << 1,

    /// <summary>It answered a probe.</summary>
    Opened = 1 << 2,

    /// <summary>Both sides spoke.</summary>
    Spoke = 1 << 3,

    /// <summary>It is a host of the site, or has a private address.</summary>
    Inside = 1 << 4,
}
