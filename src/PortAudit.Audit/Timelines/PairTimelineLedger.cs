using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Timelines;

/// <summary>When what happened between pairs of roles. Every flow counts for one pair; memory depends on the number of pairs, not of flows.</summary>
internal sealed class PairTimelineLedger : IArchived
{
    private readonly Dictionary<(string From, string To), PairTimeline> _pairs = [];

    /// <summary>The pairs by names.</summary>
    public ImmutableArray<RolePairTimeline> Rows =>
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
    public void UnionWith(PairTimelineLedger other, Verdict? verdict)
    {
        foreach (var (key, timeline) in other._pairs)
            PairOf(key).UnionWith(timeline, verdict);
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive) => archive.Map(_pairs, StateValues.Names, static _ => new PairTimeline());

    private PairTimeline PairOf((string From, string To) key)
    {
        if (!_pairs.TryGetValue(key, out var pair))
            _pairs.Add(key, pair = new PairTimeline());
        return pair;
    }
}
