using PortAudit.Audit.Matching;
using PortAudit.Audit.Segments;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Trends;

/// <summary>What passed between segments, by the day on which it began.</summary>
internal sealed class TrendLedger : IArchived
{
    /// <summary>Pairs of segments whose flows are counted by period, the first by name.</summary>
    public const int MaximumPairs = 100;

    /// <summary>Capture points of which it is kept when they watched, the first by name.</summary>
    public const int MaximumPoints = 100;

    private readonly BottomKMap<(string From, string To), TrendPairTally> _pairs =
        new(MaximumPairs, Comparer<(string From, string To)>.Create(static (one, other) =>
            string.CompareOrdinal(one.From, other.From) is var order and not 0
                ? order
                : string.CompareOrdinal(one.To, other.To)));

    private readonly BottomKMap<string, PointEnds> _ends = new(MaximumPoints, StringComparer.Ordinal);

    /// <summary>All flows, also those of pairs that are not kept.</summary>
    public DayCounts Total { get; } = new();

    /// <summary>By the names of the segments.</summary>
    public IEnumerable<KeyValuePair<(string From, string To), TrendPairTally>> Pairs => _pairs.Entries;

    /// <summary>True when there were more pairs than are kept.</summary>
    public bool IsOverflown => _pairs.IsOverflown;

    /// <summary>When flows ended that a capture point recorded; null for a point that is not kept.</summary>
    public PointEnds? EndsOf(string point) => _ends.Find(point);

    public void Add(Judgement judgement)
    {
        var count = new DayCount(TrendTime.DayOf(judgement.Flow.StartNs), judgement.Verdict,
            Silence.DispositionOf(judgement), judgement.Flow.Count);
        Total.Add(count);
        _pairs.GetOrAdd(SegmentPairTally.PairOf(judgement), static () => new TrendPairTally())?.Add(judgement, count);
        AddEnd(judgement.Flow);
        foreach (var flow in judgement.Elsewhere)
            AddEnd(flow);
    }

    /// <summary>Adds <paramref name="other"/>, which is not changed.</summary>
    /// <param name="other">Other flows.</param>
    /// <param name="verdict">The verdict that its flows get; null to keep their own.</param>
    public void UnionWith(TrendLedger other, Verdict? verdict)
    {
        Total.UnionWith(other.Total, verdict);
        _pairs.UnionWith(other._pairs, static _ => new TrendPairTally(), (own, added) => own.UnionWith(added, verdict));
        _ends.UnionWith(other._ends, static _ => new PointEnds(), static (own, added) => own.UnionWith(added));
    }

    public void Persist(StateArchive archive)
    {
        Total.Persist(archive);
        _pairs.Persist(archive, StateValues.Names,
            StateArchive.Making<(string From, string To), TrendPairTally>(static _ => new TrendPairTally()));
        _ends.Persist(archive, StateValues.Text,
            StateArchive.Making<string, PointEnds>(static _ => new PointEnds()));
    }

    private void AddEnd(FlowRecord flow)
    {
        var day = Math.DivRem(TrendTime.MinuteOf(flow.EndNs), TrendTime.MinutesOfDay, out var minute);
        _ends.GetOrAdd(flow.CapturePoint, static () => new PointEnds())?.Add((int)day, (int)minute, (int)minute);
    }
}
