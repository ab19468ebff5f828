using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Segments;
using PortAudit.Audit.State;
using PortAudit.Audit.Timelines;
using PortAudit.Audit.Trends;

namespace PortAudit.Audit;

/// <summary>Flows whose verdict hangs on the same exception, or on none, added up until the exception's date can be
/// weighed.</summary>
/// <param name="withTimelines">True to note what plots show: when what happened.</param>
/// <param name="withTrend">True to count by day.</param>
internal sealed class JudgedFlows(bool withTimelines, bool withTrend) : IArchived
{
    public PairLedger<RolePairTally> Pairs { get; } = new();

    public FlowFindings Findings { get; } = new();

    /// <summary>When they happened; null when not asked for.</summary>
    public PairLedger<PairTimeline>? Timelines { get; } = withTimelines ? new() : null;

    /// <summary>What passed between segments.</summary>
    public PairLedger<SegmentPairTally> Segments { get; } = new();

    /// <summary>The same by day; null when not asked for.</summary>
    public TrendLedger? Trend { get; } = withTrend ? new() : null;

    public void Add(Judgement judgement)
    {
        AddToPairs(judgement);
        Findings.Add(judgement);
    }

    /// <summary>Adds a flow to what passed between roles alone: whether it is reported is decided later.</summary>
    public void AddToPairs(Judgement judgement)
    {
        Pairs.Add(judgement);
        Timelines?.Add(judgement);
        Segments.Add(judgement);
        Trend?.Add(judgement);
    }

    /// <summary>Adds flows that are judged as they are; <paramref name="other"/> stays as it is.</summary>
    public void UnionWith(JudgedFlows other)
    {
        Pairs.UnionWith(other.Pairs, null);
        Segments.UnionWith(other.Segments, null);
        Findings.UnionWith(other.Findings);
        AddTimes(other, null);
    }

    public void AddExcepted(JudgedFlows other)
    {
        Pairs.UnionWith(other.Pairs, Verdict.Excepted);
        Segments.UnionWith(other.Segments, Verdict.Excepted);
        AddTimes(other, Verdict.Excepted);
    }

    public void Persist(StateArchive archive)
    {
        Pairs.Persist(archive);
        Findings.Persist(archive);
        Timelines?.Persist(archive);
        Segments.Persist(archive);
        Trend?.Persist(archive);
    }

    private void AddTimes(JudgedFlows other, Verdict? verdict)
    {
        if (other.Timelines is { } timelines)
            Timelines?.UnionWith(timelines, verdict);
        if (other.Trend is { } trend)
            Trend?.UnionWith(trend, verdict);
    }
}
