using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Coverage;

/// <summary>
/// What the flows said of every rule that lets traffic pass. A rule that forbids has no status: its traffic is a
/// finding, and its absence is what the site wants.
/// </summary>
internal sealed class RuleLedger : IArchived
{
    private readonly ImmutableArray<RuleTally> _byIndex;

    public RuleLedger(ImmutableArray<BoundRule> rules, RuleIndex index)
        : this([.. rules.Select(rule => new RuleTally(rule, index))])
    {
    }

    private RuleLedger(ImmutableArray<RuleTally> byIndex) => _byIndex = byIndex;

    public IEnumerable<RuleTally> Rules => _byIndex.Where(tally => tally.Rule.Allows);

    /// <summary>Adds a flow to every rule that covers it: a flow exercises all whose own comparison came out
    /// well.</summary>
    public void Add(Judgement judgement)
    {
        foreach (var judged in judgement.Rules)
            _byIndex[judged.Rule.Index].Add(judgement, judged.Fit);
    }

    /// <summary>A ledger of the same rules, empty.</summary>
    public RuleLedger Blank() => new([.. _byIndex.Select(tally => tally.Blank())]);

    /// <summary>An empty tally for the rule at an index.</summary>
    public RuleTally BlankAt(int index) => _byIndex[index].Blank();

    public void UnionWith(RuleTally other) => _byIndex[other.Rule.Index].UnionWith(other);

    /// <summary>Adds the flows of a tally as probes of a port scan.</summary>
    public void AddScan(RuleTally scanned) => _byIndex[scanned.Rule.Index].AddScan(scanned);

    /// <summary>Adds what <paramref name="other"/>, of the same rules, holds, which is not changed.</summary>
    public void UnionWith(RuleLedger other)
    {
        foreach (var tally in other._byIndex)
            UnionWith(tally);
    }

    public void Persist(StateArchive archive)
    {
        foreach (var tally in _byIndex)
            tally.Persist(archive);
    }
}
