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
    private readonly ImmutableArray<RuleTally> _byPlace;

    /// <summary>Opens an account for each rule.</summary>
    public RuleLedger(ImmutableArray<BoundRule> rules, RuleIndex index)
        : this([.. rules.Select(rule => new RuleTally(rule, index))])
    {
    }

    private RuleLedger(ImmutableArray<RuleTally> byPlace) => _byPlace = byPlace;

    /// <summary>The accounts in the order of the rules.</summary>
    public IEnumerable<RuleTally> Rules => _byPlace.Where(tally => tally.Rule.Allows);

    /// <summary>Adds a flow to every rule that covers it: a flow exercises all whose own comparison came out
    /// well.</summary>
    public void Add(Judgement judgement)
    {
        foreach (var judged in judgement.Rules)
            _byPlace[judged.Rule.Place].Add(judgement, judged.Fit);
    }

    /// <summary>A ledger of the same rules, empty.</summary>
    public RuleLedger Blank() => new([.. _byPlace.Select(tally => tally.Blank())]);

    /// <summary>An account like that of the rule at a place, empty.</summary>
    public RuleTally BlankAt(int place) => _byPlace[place].Blank();

    /// <summary>Adds an account that was kept apart.</summary>
    public void UnionWith(RuleTally other) => _byPlace[other.Rule.Place].UnionWith(other);

    /// <summary>Adds the flows of an account as probes of a port scan.</summary>
    public void AddScan(RuleTally scanned) => _byPlace[scanned.Rule.Place].AddScan(scanned);

    /// <summary>Adds what <paramref name="other"/>, of the same rules, holds, which stays as it is.</summary>
    public void UnionWith(RuleLedger other)
    {
        foreach (var tally in other._byPlace)
            UnionWith(tally);
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive)
    {
        foreach (var tally in _byPlace)
            tally.Persist(archive);
    }
}
