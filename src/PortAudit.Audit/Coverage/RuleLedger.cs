using System.Collections.Immutable;
using PortAudit.Audit.Matching;

namespace PortAudit.Audit.Coverage;

/// <summary>
/// What the flows said of every rule that lets traffic pass. A rule that forbids has no status: its traffic is a finding, and its
/// absence is what the site wants.
/// </summary>
internal sealed class RuleLedger
{
    private readonly ImmutableArray<RuleTally> _byPlace;

    /// <summary>Opens an account for each rule.</summary>
    public RuleLedger(ImmutableArray<BoundRule> rules, RuleIndex index) => _byPlace = [.. rules.Select(rule => new RuleTally(rule, index))];

    /// <summary>The accounts in the order of the rules.</summary>
    public IEnumerable<RuleTally> Rules => _byPlace.Where(tally => tally.Rule.Allows);

    /// <summary>Adds a flow to every rule that covers it: a flow exercises all whose own comparison came out well.</summary>
    public void Add(Judgement judgement)
    {
        foreach (var judged in judgement.Rules)
            _byPlace[judged.Rule.Place].Add(judgement, judged.Fit);
    }

    /// <summary>Adds what <paramref name="other"/> holds of the same rules, which stays as it is.</summary>
    public void UnionWith(RuleLedger other)
    {
        for (var place = 0; place < _byPlace.Length; place++)
            _byPlace[place].UnionWith(other._byPlace[place]);
    }
}
