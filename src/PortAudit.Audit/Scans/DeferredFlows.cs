using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Scans;

/// <summary>
/// Flows of one originator that may be probes, until it is known whether they are a scan: one by one while they are
/// few, which those of most originators stay, else added up.
/// </summary>
/// <param name="ledger">The accounts of the rules.</param>
internal sealed class DeferredFlows(RuleLedger ledger) : IArchived
{
    /// <summary>Flows that are kept one by one at most. One takes some 600 bytes; to add up as few as these takes
    /// several times as much, for each cause, rule and pair of hosts is an account of its own.</summary>
    public const int MaximumSingle = 64;

    /// <summary>By start, so that the order in which they came changes nothing. They mostly come so.</summary>
    private readonly List<Judgement> _single = [];

    /// <summary>All of them, when they are more.</summary>
    private HeldSums? _sums;

    /// <summary>Number of flows.</summary>
    public long Flows => _sums?.All.Flows ?? _single.Count;

    /// <summary>The flows added up.</summary>
    public HeldSums Sums => _sums ?? SumOf(_single);

    /// <summary>Adds a flow.</summary>
    public void Add(Judgement judgement)
    {
        if (_sums is not null || _single.Count == MaximumSingle)
        {
            AddUp().Add(judgement);
            return;
        }

        var place = _single.Count;
        while (place > 0 && FlowOrder.ByStart.Compare(judgement.Observed, _single[place - 1].Observed) < 0)
            place--;
        _single.Insert(place, judgement);
    }

    /// <summary>Adds the flows of <paramref name="other"/>, which stays as it is.</summary>
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

    /// <inheritdoc />
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
