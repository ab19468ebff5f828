using PortAudit.Audit.Matching;
using PortAudit.Audit.Segments;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Trends;

/// <summary>Flows between two segments by day, and those of each service.</summary>
internal sealed class TrendPairTally : IArchived
{
    public DayCounts Counts { get; } = new();

    /// <summary>The same services as those of <see cref="SegmentPairTally"/>.</summary>
    public BottomKMap<ServiceKey, TrendServiceTally> Services { get; } =
        new(SegmentPairTally.MaximumServices, ServiceKey.Order);

    public void Add(Judgement judgement, DayCount count)
    {
        Counts.Add(count);
        if (Services.GetOrAdd(ServiceKey.Of(judgement), static () => new TrendServiceTally()) is not { } service)
            return;
        service.Counts.Add(count);
        service.Points.Add(judgement.Flow.CapturePoint);
        foreach (var flow in judgement.Elsewhere)
            service.Points.Add(flow.CapturePoint);
    }

    public void UnionWith(TrendPairTally other, Verdict? verdict)
    {
        Counts.UnionWith(other.Counts, verdict);
        Services.UnionWith(other.Services, static _ => new TrendServiceTally(),
            (own, added) => own.UnionWith(added, verdict));
    }

    public void Persist(StateArchive archive)
    {
        Counts.Persist(archive);
        Services.Persist(archive, ServiceKey.Persisted,
            StateArchive.Making<ServiceKey, TrendServiceTally>(static _ => new TrendServiceTally()));
    }
}
