using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Flows;

namespace PortAudit.Audit.Coverage;

/// <summary>What passed between two roles.</summary>
internal sealed class RolePairTally : IArchived
{
    /// <summary>Names of services that are listed at most: service names may come from the network.</summary>
    private const int MaximumServices = 200;

    private static readonly ImmutableArray<Verdict> AllVerdicts = [.. Enum.GetValues<Verdict>()];
    private static readonly ImmutableArray<Outcome> AllOutcomes = [.. Enum.GetValues<Outcome>()];

    private readonly long[,] _flows = new long[AllVerdicts.Length, AllOutcomes.Length];
    private readonly SmallestSet<string> _services = new(MaximumServices, StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Adds a flow.</summary>
    public void Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        _flows[(int)judgement.Verdict, (int)flow.Outcome]++;
        _bytes += flow.Out.Bytes + flow.In.Bytes;
        if (flow.Protocol is { } protocol)
            _services.Add(flow.Service is { } service ? $"{protocol}/{service}" : protocol);
        else if (flow.Service is { } service)
            _services.Add(service);
    }

    /// <summary>Adds what <paramref name="other"/> holds.</summary>
    /// <param name="other">Another tally.</param>
    /// <param name="verdict">The verdict that its flows get; null to keep their own.</param>
    public void UnionWith(RolePairTally other, Verdict? verdict)
    {
        foreach (var own in AllVerdicts)
        {
            foreach (var outcome in AllOutcomes)
                _flows[(int)(verdict ?? own), (int)outcome] += other._flows[(int)own, (int)outcome];
        }

        _bytes += other._bytes;
        _services.UnionWith(other._services);
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive)
    {
        foreach (var verdict in AllVerdicts)
        {
            foreach (var outcome in AllOutcomes)
                _flows[(int)verdict, (int)outcome] = archive.Number(_flows[(int)verdict, (int)outcome]);
        }

        _bytes = archive.Number(_bytes);
        _services.Persist(archive, StateValues.Text);
    }

    /// <summary>The row of the report.</summary>
    public RolePair ToRow(string from, string to)
    {
        var verdicts = AllVerdicts.Select(verdict => KeyValuePair.Create(verdict, Sum(v => v == verdict, _ => true)));
        var outcomes = AllOutcomes.Select(outcome => KeyValuePair.Create(outcome, Sum(_ => true, o => o == outcome)));
        var words = new FourWords(
            Permitted: Sum(Verdicts.IsAllowed, OutcomeText.Passed),
            Escaped: Sum(IsReported, OutcomeText.Passed),
            Blocked: Sum(IsReported, OutcomeText.Stopped),
            Misdropped: Sum(Verdicts.IsAllowed, OutcomeText.Stopped));
        return new RolePair(
            from, to, Sum(_ => true, _ => true), _bytes,
            [.. verdicts.Where(entry => entry.Value > 0)], [.. outcomes.Where(entry => entry.Value > 0)], words, [.. _services.Kept]);
    }

    private static bool IsReported(Verdict verdict) => verdict.ToFinding() is not null;

    private long Sum(Func<Verdict, bool> ofVerdict, Func<Outcome, bool> ofOutcome) =>
        AllVerdicts.Where(ofVerdict).Sum(verdict => AllOutcomes.Where(ofOutcome).Sum(outcome => _flows[(int)verdict, (int)outcome]));
}
