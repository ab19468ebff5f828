using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Scans;

/// <summary>Flows that may be probes, added up as findings and rules would have them.</summary>
/// <param name="ledger">The accounts of the rules, in whose likeness theirs are made.</param>
internal sealed class HeldSums(RuleLedger ledger) : IArchived
{
    private readonly Dictionary<int, RuleTally> _rules = [];
    private readonly FlowFindings _findings = new();

    public FlowGroup All { get; } = new();

    public long Allowed { get; private set; }

    public void Add(Judgement judgement)
    {
        All.Add(judgement);
        _findings.Add(judgement);
        Allowed += judgement.Verdict.IsAllowed() ? 1 : 0;
        foreach (var judged in judgement.Rules)
            TallyAt(judged.Rule.Index).Add(judgement, judged.Fit);
    }

    public void UnionWith(HeldSums other)
    {
        All.UnionWith(other.All);
        _findings.UnionWith(other._findings);
        Allowed += other.Allowed;
        foreach (var (index, tally) in other._rules)
            TallyAt(index).UnionWith(tally);
    }

    /// <summary>Gives them to findings and rules, as flows like any other.</summary>
    public void ReleaseTo(FlowFindings findings, RuleLedger rules)
    {
        findings.UnionWith(_findings);
        foreach (var tally in _rules.Values)
            rules.UnionWith(tally);
    }

    /// <summary>Gives them to the rules as probes of a scan, which say nothing for or against a rule that allows. What
    /// is forbidden stays forbidden.</summary>
    public void ReleaseAsScanTo(FlowFindings findings, RuleLedger rules)
    {
        findings.UnionWithForbidden(_findings);
        foreach (var tally in _rules.Values)
            rules.AddScan(tally);
    }

    public void Persist(StateArchive archive)
    {
        All.Persist(archive);
        _findings.Persist(archive);
        Allowed = archive.Number(Allowed);
        archive.Map(_rules, static (archive, index) =>
            archive.Rule(archive.IsLoading ? null : archive.Knowledge.RuleAt(index)).Index, ledger.BlankAt);
    }

    private RuleTally TallyAt(int index)
    {
        if (!_rules.TryGetValue(index, out var tally))
            _rules.Add(index, tally = ledger.BlankAt(index));
        return tally;
    }
}
