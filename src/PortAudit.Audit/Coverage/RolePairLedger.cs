using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Coverage;

/// <summary>What passed between pairs of roles. Every flow counts for one pair.</summary>
internal sealed class RolePairLedger : IArchived
{
    private readonly Dictionary<(string From, string To), RolePairTally> _pairs = [];

    /// <summary>The pairs by names.</summary>
    public ImmutableArray<RolePair> Rows =>
    [
        .. _pairs
            .OrderBy(entry => entry.Key.From, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key.To, StringComparer.Ordinal)
            .Select(entry => entry.Value.ToRow(entry.Key.From, entry.Key.To)),
    ];

    /// <summary>Adds a flow.</summary>
    public void Add(Judgement judgement) => PairOf((judgement.FromRole, judgement.ToRole)).Add(judgement);

    /// <summary>Adds what <paramref name="other"/> holds, which stays as it is.</summary>
    /// <param name="other">Other pairs.</param>
    /// <param name="verdict">The verdict that its flows get; null to keep their own.</param>
    public void UnionWith(RolePairLedger other, Verdict? verdict)
    {
        foreach (var (key, tally) in other._pairs)
            PairOf(key).UnionWith(tally, verdict);
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive) => archive.Map(_pairs, StateValues.Names, static _ => new RolePairTally());

    private RolePairTally PairOf((string From, string To) key)
    {
        if (!_pairs.TryGetValue(key, out var pair))
            _pairs.Add(key, pair = new RolePairTally());
        return pair;
    }
}
