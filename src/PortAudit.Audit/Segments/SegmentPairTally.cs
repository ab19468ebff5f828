using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Segments;

/// <summary>What passed between two segments.</summary>
internal sealed class SegmentPairTally : IPairTally<SegmentPairTally>
{
    /// <summary>Services kept apart; those beyond, the last in <see cref="ServiceKey.Order"/>, count for the pair
    /// alone.</summary>
    public const int MaximumServices = 200;

    private readonly FlowCounts _counts = new();
    private readonly BottomKMap<ServiceKey, SegmentServiceTally> _services = new(MaximumServices, ServiceKey.Order);

    public static (string From, string To) PairOf(Judgement judgement) =>
        (judgement.Originator.ShownSegment, judgement.Responder.ShownSegment);

    public void Add(Judgement judgement)
    {
        _counts.Add(judgement);
        _services.GetOrAdd(ServiceKey.Of(judgement), static () => new SegmentServiceTally())?.Add(judgement);
    }

    public void UnionWith(SegmentPairTally other, Verdict? verdict)
    {
        _counts.UnionWith(other._counts, verdict);
        _services.UnionWith(other._services, static _ => new SegmentServiceTally(),
            (own, added) => own.UnionWith(added, verdict));
    }

    public void Persist(StateArchive archive)
    {
        _counts.Persist(archive);
        _services.Persist(archive, ServiceKey.Persisted, static (archive, _, tally) =>
        {
            tally ??= new SegmentServiceTally();
            tally.Persist(archive);
            return tally;
        });
    }

    public SegmentPair ToRow(string from, string to) => new(from, to, _counts.Flows, _counts.Bytes, _counts.Words,
        [.. _services.Entries.Select(entry => entry.Value.ToRow(entry.Key))], _services.IsOverflown);
}
