using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Scans;

/// <summary>A target of an originator, and what was done with it.</summary>
internal sealed class TargetTally(ScanTarget target) : IArchived
{
    private const TargetMarks AllMarks =
        TargetMarks.Probed | TargetMarks.Counts | TargetMarks.Opened | TargetMarks.Spoke | TargetMarks.Inside
            | TargetMarks.Flags;

    public ScanTarget Target => target;

    public TargetMarks Marks { get; private set; }

    public bool Has(TargetMarks marks) => (Marks & marks) == marks;

    public void Add(TargetMarks marks) => Marks |= marks;

    public void Persist(StateArchive archive) => Marks = (TargetMarks)archive.Index((int)Marks, (int)AllMarks);
}

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

    /// <summary>It was probed by flags that no connection has
    /// (<see cref="BareSegments.HasImpossibleFlags"/>).</summary>
    Flags = 1 << 5,
}
