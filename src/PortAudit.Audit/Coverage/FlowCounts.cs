using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Coverage;

/// <summary>Flows and bytes, with what the rules said of the flows and what became of them.</summary>
internal sealed class FlowCounts : IArchived
{
    private static readonly ImmutableArray<Verdict> AllVerdicts = [.. Enum.GetValues<Verdict>()];
    private static readonly ImmutableArray<Disposition> AllDispositions = [.. Enum.GetValues<Disposition>()];
    private static readonly ImmutableArray<Outcome> AllOutcomes = [.. Enum.GetValues<Outcome>()];

    private readonly long[] _outcomes = new long[AllOutcomes.Length];
    private readonly long[,] _flows = new long[AllVerdicts.Length, AllDispositions.Length];

    /// <summary>Number of flows.</summary>
    public long Flows => _outcomes.Sum();

    /// <summary>Sum of original frame lengths, both directions.</summary>
    public long Bytes { get; private set; }

    /// <summary>Flows by verdict, only those that occurred, in the order of <see cref="Verdict"/>.</summary>
    public ImmutableArray<KeyValuePair<Verdict, long>> Verdicts =>
    [
        .. AllVerdicts.Select(verdict => KeyValuePair.Create(verdict,
            AllDispositions.Sum(passage => _flows[(int)verdict, (int)passage]))).Where(entry => entry.Value > 0),
    ];

    /// <summary>Flows by outcome, only those that occurred, in the order of <see cref="Outcome"/>.</summary>
    public ImmutableArray<KeyValuePair<Outcome, long>> Outcomes =>
    [
        .. AllOutcomes.Select(outcome => KeyValuePair.Create(outcome, _outcomes[(int)outcome]))
            .Where(entry => entry.Value > 0),
    ];

    /// <summary>The five words of segmentation.</summary>
    public DispositionCounts Words => new(
        Permitted: FlowsOf(FlowWord.Permitted),
        Escaped: FlowsOf(FlowWord.Escaped),
        Blocked: FlowsOf(FlowWord.Blocked),
        Misdropped: FlowsOf(FlowWord.Misdropped),
        Unanswered: FlowsOf(FlowWord.Unanswered));

    /// <summary>Adds a flow.</summary>
    public void Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        _flows[(int)judgement.Verdict, (int)Silence.DispositionOf(judgement)] += flow.Count;
        _outcomes[(int)flow.Outcome] += flow.Count;
        Bytes += flow.Out.Bytes + flow.In.Bytes;
    }

    /// <summary>Adds <paramref name="other"/>, which is not changed.</summary>
    /// <param name="other">Other flows.</param>
    /// <param name="verdict">The verdict that its flows get; null to keep their own.</param>
    public void UnionWith(FlowCounts other, Verdict? verdict)
    {
        foreach (var own in AllVerdicts)
        {
            foreach (var passage in AllDispositions)
                _flows[(int)(verdict ?? own), (int)passage] += other._flows[(int)own, (int)passage];
        }

        foreach (var outcome in AllOutcomes)
            _outcomes[(int)outcome] += other._outcomes[(int)outcome];
        Bytes += other.Bytes;
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive)
    {
        foreach (var verdict in AllVerdicts)
        {
            foreach (var passage in AllDispositions)
                _flows[(int)verdict, (int)passage] = archive.Number(_flows[(int)verdict, (int)passage]);
        }

        archive.Numbers(_outcomes);
        Bytes = archive.Number(Bytes);
    }

    private long FlowsOf(FlowWord word) => AllVerdicts.Sum(verdict => AllDispositions
        .Where(passage => FlowWords.Of(verdict, passage) == word).Sum(passage => _flows[(int)verdict, (int)passage]));
}
