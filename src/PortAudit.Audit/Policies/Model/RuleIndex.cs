using System.Collections.Immutable;
using System.Numerics;

namespace PortAudit.Audit.Policies.Model;

/// <summary>Finds the few rules of a long list that a packet may match, in blocks of
/// <see cref="RuleBlock.MaxRules"/>.</summary>
internal sealed class RuleIndex
{
    private readonly ImmutableArray<PolicyRule> _rules;
    private readonly ImmutableArray<RuleBlock> _blocks;

    /// <summary>Indexes rules.</summary>
    public RuleIndex(ImmutableArray<PolicyRule> rules)
    {
        _rules = rules;
        _blocks = [.. rules.Chunk(RuleBlock.MaxRules).Select(block => new RuleBlock(block))];
    }

    /// <summary>Positions of the rules that a packet may match, ascending. All others surely do not.</summary>
    public IEnumerable<int> Positions(PolicyProbe probe)
    {
        var matching = new ulong[RuleBlock.WordsOf(RuleBlock.MaxRules)];
        var first = 0;
        foreach (var block in _blocks)
        {
            block.Find(probe, matching);
            var words = RuleBlock.WordsOf(block.Count);
            for (var word = 0; word < words; word++)
            {
                for (var bits = matching[word]; bits != 0; bits &= bits - 1)
                    yield return first + (word * 64) + BitOperations.TrailingZeroCount(bits);
            }

            first += block.Count;
        }
    }

    /// <summary>The rules that a packet may match, in their order.</summary>
    public IEnumerable<PolicyRule> Candidates(PolicyProbe probe)
    {
        foreach (var position in Positions(probe))
            yield return _rules[position];
    }
}
