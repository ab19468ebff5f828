using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Scans;

/// <summary>
/// Flows of one originator that may be probes, until it is known whether they are a scan: one by one while they are
/// few, which those of most originators stay, else added up.
/// </summary>
/// <param name="ledger">The tallies of the rules.</param>
internal sealed class DeferredFlows(RuleLedger ledger) : IArchived
{
    /// <summary>Most flows kept one by one, at some 600 bytes each. Tallies for so few would take several times as
    /// much, one for each cause, rule and pair of hosts.</summary>
    public const int MaximumSingle = 64;

    /// <summary>By start, so that the order in which they came changes nothing. They mostly come so.</summary>
    private readonly List<Judgement> _single = [];

    /// <summary>All of them, when they are more.</summary>
    private HeldSums? _sums;

    public long Flows => _sums?.All.Flows ?? _single.Count;

    public HeldSums Sums => _sums ?? SumOf(_single);

    public void Add(Judgement judgement)
    {
        if (_sums is not null || _single.Count == MaximumSingle)
        {
            AddUp().Add(judgement);
            return;
        }

        var index = _single.Count;
        while (index > 0 && FlowOrder.ByStart.Compare(judgement.Observed, _single[index - 1].Observed) < 0)
            index--;
        _single.Insert(index, judgement);
    }

    public void UnionWith(DeferredFlows other)
    {
        if (other._sums is { } sums)
            AddUp().UnionWith(sums);
        foreach (var judgement in other._single)
            Add(judgement);
    }

    /// <summary>Gives them to findings and rules, as flows like any other.</summary>
    public void ReleaseTo(FlowFindings findings, RuleLedger rules)
    {
        _sums?.ReleaseTo(findings, rules);
        foreach (var judgement in _single)
        {
            findings.Add(judgement);
            rules.Add(judgement);
        }
    }

    public void Persist(StateArchive archive)
    {
        _sums = archive.Part(_sums, () => new HeldSums(ledger));
        _single.AddRange(archive.Members(_single, static (archive, judgement) => archive.Judgement(judgement),
            MaximumSingle));
    }

    private HeldSums AddUp()
    {
        if (_sums is not null)
            return _sums;
        _sums = SumOf(_single);
        _single.Clear();
        return _sums;
    }

    private HeldSums SumOf(List<Judgement> judgements)
    {
        var sums = new HeldSums(ledger);
        foreach (var judgement in judgements)
            sums.Add(judgement);
        return sums;
    }
}
