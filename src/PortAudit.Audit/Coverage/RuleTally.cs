using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Coverage;

/// <summary>What the flows said of one rule, by pairs of its roles and by pairs of hosts.</summary>
internal sealed class RuleTally(BoundRule rule, RuleIndex index) : IArchived
{
    /// <summary>Pairs of hosts kept of a rule, the lowest, so that the order of flows does not matter.</summary>
    public const int MaximumHostPairs = 1_000;

    private readonly Dictionary<(string From, string To), RowTally> _rows = [];
    private readonly BottomKMap<(string Originator, string Responder), PairTally> _pairs =
        new(MaximumHostPairs, PairOrder);

    private static Comparer<(string Originator,
        string Responder)> PairOrder
    { get; } = Comparer<(string Originator, string Responder)>.Create((a, b) =>
    {
        var order = string.CompareOrdinal(a.Originator, b.Originator);
        return order != 0 ? order : string.CompareOrdinal(a.Responder, b.Responder);
    });

    public BoundRule Rule => rule;

    public IEnumerable<PairTally> Pairs => _pairs.Values;

    /// <summary>True when attempts of a pair of hosts were blocked, and none of that pair came through.</summary>
    public bool IsBlocked => Pairs.Any(pair => pair.Status == RuleStatus.Blocked);

    public bool HasMorePairs => _pairs.IsOverflown;

    /// <summary>The row of a pair of roles; null when no flow concerned it.</summary>
    public RowTally? Row(string from, string to) => _rows.GetValueOrDefault((from, to));

    /// <summary>The pairs of hosts of one pair of roles, by names.</summary>
    public ImmutableArray<PairTally> PairsOf(string from, string to) =>
        [.. _pairs.Values.Where(pair => index.IsA(pair.Originator, from) && index.IsA(pair.Responder, to))];

    public void Add(Judgement judgement, RuleFit fit)
    {
        var status = ExerciseStatus.Of(judgement.Flow, rule.Rule, fit);
        foreach (var from in rule.Rule.From)
        {
            if (index.IsA(judgement.Originator, from))
                AddToRows(from, judgement, fit, status);
        }

        if (status is { } reached)
            AddPair(judgement, reached);
    }

    /// <summary>An empty tally of the same rule.</summary>
    public RuleTally Blank() => new(rule, index);

    /// <summary>Adds what <paramref name="other"/>, of the same rule, holds, which is not changed.</summary>
    public void UnionWith(RuleTally other)
    {
        foreach (var ((from, to), row) in other._rows)
            RowOf(from, to).UnionWith(row);
        _pairs.UnionWith(other._pairs, pair => pair.Emptied(), (own, added) => own.UnionWith(added));
    }

    public void Persist(StateArchive archive)
    {
        archive.Map(_rows, StateValues.Names, static _ => new RowTally());
        _pairs.Persist(archive, StateValues.Names, Persisted);
    }

    /// <summary>Adds the flows of <paramref name="scanned"/> as probes of a port scan, which give no status.</summary>
    public void AddScan(RuleTally scanned)
    {
        foreach (var ((from, to), row) in scanned._rows)
            RowOf(from, to).AddScan(row);
    }

    private void AddToRows(string from, Judgement judgement, RuleFit fit, RuleStatus? status)
    {
        foreach (var to in rule.Rule.To)
        {
            if (!index.IsA(judgement.Responder, to))
                continue;
            var row = RowOf(from, to);
            if (status is { } reached)
                row.Add(judgement, rule.Rule, reached);
            else
                row.AddInconclusive(judgement, fit);
        }
    }

    private RowTally RowOf(string from, string to)
    {
        if (!_rows.TryGetValue((from, to), out var row))
            _rows.Add((from, to), row = new RowTally());
        return row;
    }

    private void AddPair(Judgement judgement, RuleStatus status)
    {
        var pair = _pairs.GetOrAdd((judgement.Originator.Text, judgement.Responder.Text),
            () => NewPair(judgement.Originator, judgement.Responder));
        pair?.Add(judgement, status);
    }

    private PairTally NewPair(HostIdentity originator, HostIdentity responder) =>
        new(originator, responder, index.RoleAmong(originator, rule.Rule.From),
            index.RoleAmong(responder, rule.Rule.To));

    private PairTally Persisted(StateArchive archive, (string Originator, string Responder) names, PairTally? pair)
    {
        var (originator, responder) = (archive.Host(pair?.Originator), archive.Host(pair?.Responder));
        pair ??= NewPair(originator, responder);
        pair.Persist(archive);
        return pair;
    }
}
