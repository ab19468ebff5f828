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

    /// <summary>All of them.</summary>
    public FlowGroup All { get; } = new();

    /// <summary>Flows that a rule lets pass.</summary>
    public long Allowed { get; private set; }

    /// <summary>Adds a flow.</summary>
    public void Add(Judgement judgement)
    {
        All.Add(judgement);
        _findings.Add(judgement);
        Allowed += judgement.Verdict.IsAllowed() ? 1 : 0;
        foreach (var judged in judgement.Rules)
            TallyAt(judged.Rule.Place).Add(judgement, judged.Fit);
    }

    /// <summary>Adds the flows of <paramref name="other"/>, which stays as it is.</summary>
    public void UnionWith(HeldSums other)
    {
        All.UnionWith(other.All);
        _findings.UnionWith(other._findings);
        Allowed += other.Allowed;
        foreach (var (place, tally) in other._rules)
            TallyAt(place).UnionWith(tally);
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

    /// <inheritdoc />
    public void Persist(StateArchive archive)
    {
        All.Persist(archive);
        _findings.Persist(archive);
        Allowed = archive.Number(Allowed);
        archive.Map(_rules, static (archive, place) =>
            archive.Rule(archive.IsLoading ? null : archive.Knowledge.RuleAt(place)).Place, ledger.BlankAt);
    }

    private RuleTally TallyAt(int place)
    {
        if (!_rules.TryGetValue(place, out var tally))
            _rules.Add(place, tally = ledger.BlankAt(place));
        return tally;
    }
}
