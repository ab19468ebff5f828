using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>Flows by how they ended, by whether they arrived, and by what it is known who opened them.</summary>
internal sealed class OutcomeTally : IArchived
{
    private readonly long[] _outcomes = new long[Enum.GetValues<Outcome>().Length];
    private readonly long[] _bases = new long[Enum.GetValues<DirectionBasis>().Length];
    private readonly long[] _reaches = new long[Enum.GetValues<Reach>().Length];
    private readonly long[] _reachBases = new long[Enum.GetValues<ReachBasis>().Length];

    /// <summary>TCP flows that prove no conversation: what one side sent met resets of the other, and nothing
    /// else.</summary>
    public long OnlyReset { get; private set; }

    public long Passed => Sum(OutcomeText.Passed) - OnlyReset;

    public long Stopped => Sum(OutcomeText.Stopped);

    public DirectionBasis WeakestBasis => (DirectionBasis)Math.Max(0, Array.FindIndex(_bases, flows => flows > 0));

    /// <summary>Flows of which packets prove who opened them: a SYN or its answer, the protocol's bytes, or the
    /// announcement of the port.</summary>
    public long Proved => Enum.GetValues<DirectionBasis>().Where(basis => basis > DirectionBasis.Inventory).Sum(Of);

    public long Of(Outcome outcome) => _outcomes[(int)outcome];

    public long Of(DirectionBasis basis) => _bases[(int)basis];

    /// <summary>Flows that arrived or not, or of which nothing proves either.</summary>
    public long Of(Reach reach) => _reaches[(int)reach];

    /// <summary>Flows whose reach rests on this.</summary>
    public long Of(ReachBasis basis) => _reachBases[(int)basis];

    public void Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        _outcomes[(int)flow.Outcome] += flow.Count;
        _bases[(int)flow.DirectionBasis] += flow.Count;
        _reaches[(int)judgement.Reach] += flow.Count;
        _reachBases[(int)judgement.ReachBasis] += flow.Count;
        OnlyReset += flow.Outcome.IsOnlyReset(judgement.Reach) ? flow.Count : 0;
    }

    public void UnionWith(OutcomeTally other)
    {
        AddTo(_outcomes, other._outcomes);
        AddTo(_bases, other._bases);
        AddTo(_reaches, other._reaches);
        AddTo(_reachBases, other._reachBases);
        OnlyReset += other.OnlyReset;
    }

    public void Persist(StateArchive archive)
    {
        archive.Numbers(_outcomes);
        archive.Numbers(_bases);
        archive.Numbers(_reaches);
        archive.Numbers(_reachBases);
        OnlyReset = archive.Number(OnlyReset);
    }

    private static void AddTo(long[] sums, long[] others)
    {
        for (var i = 0; i < sums.Length; i++)
            sums[i] += others[i];
    }

    private long Sum(Func<Outcome, bool> isCounted) => Enum.GetValues<Outcome>().Where(isCounted).Sum(Of);
}
