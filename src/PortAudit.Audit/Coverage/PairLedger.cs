using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Coverage;

/// <summary>A tally for a pair, mostly of roles.</summary>
/// <typeparam name="TSelf">The tally itself.</typeparam>
internal interface IPairTally<TSelf> : IArchived
{
    static virtual (string From, string To) PairOf(Judgement judgement) => (judgement.FromRole, judgement.ToRole);

    void Add(Judgement judgement);

    /// <summary>Adds <paramref name="other"/>, which is not changed.</summary>
    /// <param name="other">Another tally.</param>
    /// <param name="verdict">The verdict that its flows get; null to keep their own.</param>
    void UnionWith(TSelf other, Verdict? verdict);
}

/// <summary>Adds up by pairs of roles. Every flow counts for one pair; memory depends on the number of pairs, not of
/// flows.</summary>
/// <typeparam name="TTally">What is added up for a pair.</typeparam>
internal sealed class PairLedger<TTally> : IArchived
    where TTally : class, IPairTally<TTally>, new()
{
    private readonly Dictionary<(string From, string To), TTally> _pairs = [];

    /// <summary>The rows of the pairs, by names.</summary>
    /// <param name="toRow">Makes the row of a pair of the roles <c>from</c> and <c>to</c>.</param>
    public ImmutableArray<TRow> Rows<TRow>(Func<TTally, string, string, TRow> toRow) =>
    [
        .. _pairs
            .OrderBy(entry => entry.Key.From, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key.To, StringComparer.Ordinal)
            .Select(entry => toRow(entry.Value, entry.Key.From, entry.Key.To)),
    ];

    public void Add(Judgement judgement) => TallyOf(TTally.PairOf(judgement)).Add(judgement);

    /// <summary>Adds <paramref name="other"/>, which is not changed.</summary>
    /// <param name="other">Other pairs.</param>
    /// <param name="verdict">The verdict that its flows get; null to keep their own.</param>
    public void UnionWith(PairLedger<TTally> other, Verdict? verdict)
    {
        foreach (var (key, tally) in other._pairs)
            TallyOf(key).UnionWith(tally, verdict);
    }

    public void Persist(StateArchive archive) => archive.Map(_pairs, StateValues.Names, static _ => new TTally());

    private TTally TallyOf((string From, string To) key)
    {
        if (!_pairs.TryGetValue(key, out var pair))
            _pairs.Add(key, pair = new TTally());
        return pair;
    }
}
