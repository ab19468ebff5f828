using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Scans;

/// <summary>What one address tried.</summary>
/// <param name="originator">The address.</param>
/// <param name="ledger">The tallies of the rules.</param>
internal sealed class OriginatorTally(HostIdentity originator, RuleLedger ledger) : IArchived
{
    /// <summary>Targets kept of an originator, the first in order: more than prove a scan.</summary>
    public const int MaximumTargets = 1_024;

    /// <summary>Most answering targets that are named.</summary>
    public const int MaximumOpened = 100;

    private readonly BottomKMap<ScanTarget, TargetTally> _targets = new(MaximumTargets, Comparer<ScanTarget>.Default);

    public HostIdentity Originator => originator;

    /// <summary>Its probes; null if none.</summary>
    public DeferredFlows? Held { get; private set; }

    public BottomKSet<ScanTarget> Opened { get; } = new(MaximumOpened);

    /// <summary>True when something answered that no rule lets pass.</summary>
    public bool HasOpenedUncovered { get; private set; }

    public IEnumerable<ScanTarget> Probed =>
        _targets.Values.Where(tally => tally.Has(TargetMarks.Probed)).Select(tally => tally.Target);

    public bool HasMoreTargets => _targets.IsOverflown;

    public bool IsScan => Held is not null && ScanShape.IsScan(_targets.Values);

    public void AddProbe(Judgement judgement, ProbeKind kind)
    {
        (Held ??= new DeferredFlows(ledger)).Add(judgement);
        var isUncovered = !judgement.Verdict.IsAllowed();
        var target = ScanTarget.Of(judgement.Flow);
        var marks = TargetMarks.Probed | MarkOf(judgement.Responder);
        if (kind == ProbeKind.Failed && isUncovered)
            marks |= TargetMarks.Counts;
        if (judgement.Flow.HasImpossibleFlags())
            marks |= TargetMarks.Flags;
        if (kind == ProbeKind.Opened)
        {
            marks |= TargetMarks.Opened;
            Opened.Add(target);
            HasOpenedUncovered |= isUncovered;
        }

        Mark(target, marks);
    }

    public void AddSpeech(Judgement judgement) =>
        Mark(ScanTarget.Of(judgement.Flow), TargetMarks.Spoke | MarkOf(judgement.Responder));

    /// <summary>Adds what <paramref name="other"/>, of the same address, holds, which is not changed.</summary>
    public void UnionWith(OriginatorTally other)
    {
        if (other.Held is not null)
            (Held ??= new DeferredFlows(ledger)).UnionWith(other.Held);
        Opened.UnionWith(other.Opened);
        HasOpenedUncovered |= other.HasOpenedUncovered;
        _targets.UnionWith(other._targets, tally => new TargetTally(tally.Target),
            (own, added) => own.Add(added.Marks));
    }

    public void Persist(StateArchive archive)
    {
        Held = archive.Part(Held, () => new DeferredFlows(ledger));
        Opened.Persist(archive, ScanTarget.Persisted);
        HasOpenedUncovered = archive.Flag(HasOpenedUncovered);
        _targets.Persist(archive, ScanTarget.Persisted,
            StateArchive.Making<ScanTarget, TargetTally>(static target => new TargetTally(target)));
    }

    private static TargetMarks MarkOf(HostIdentity responder) =>
        responder.PrimaryRole == Catalog.BuiltInRoles.Internet && !responder.IsListed
            ? TargetMarks.None
            : TargetMarks.Inside;

    private void Mark(ScanTarget target, TargetMarks marks) =>
        _targets.GetOrAdd(target, () => new TargetTally(target))?.Add(marks);
}
