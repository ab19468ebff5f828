using PortAudit.Audit.State;

namespace PortAudit.Audit.Scans;

/// <summary>A target of an originator, and what was done with it.</summary>
internal sealed class TargetTally(ScanTarget target) : IArchived
{
    private const TargetMarks AllMarks =
        TargetMarks.Probed | TargetMarks.Counts | TargetMarks.Opened | TargetMarks.Spoke | TargetMarks.Inside;

    /// <summary>The target.</summary>
    public ScanTarget Target => target;

    /// <summary>What was done.</summary>
    public TargetMarks Marks { get; private set; }

    /// <summary>True when all of <paramref name="marks"/> are set.</summary>
    public bool Has(TargetMarks marks) => (Marks & marks) == marks;

    /// <summary>Sets marks.</summary>
    public void Add(TargetMarks marks) => Marks |= marks;

    /// <inheritdoc />
    public void Persist(StateArchive archive) => Marks = (TargetMarks)archive.Index((int)Marks, (int)AllMarks);
}
