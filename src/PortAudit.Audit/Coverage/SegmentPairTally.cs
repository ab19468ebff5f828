using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Coverage;

/// <summary>What passed between two segments, counted like what passes between two roles.</summary>
internal sealed class SegmentPairTally : IPairTally<SegmentPairTally>
{
    private readonly RolePairTally _tally = new();

    public static (string From, string To) PairOf(Judgement judgement) =>
        (judgement.Originator.Segment ?? SegmentPair.None, judgement.Responder.Segment ?? SegmentPair.None);

    public void Add(Judgement judgement) => _tally.Add(judgement);

    public void UnionWith(SegmentPairTally other, Verdict? verdict) => _tally.UnionWith(other._tally, verdict);

    public void Persist(StateArchive archive) => _tally.Persist(archive);

    public SegmentPair ToRow(string from, string to)
    {
        var counts = _tally.ToRow(from, to);
        return new SegmentPair(from, to, counts.Flows, counts.Bytes, counts.Words);
    }
}
