using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Trends;

/// <summary>Flows of one service between two segments by day.</summary>
internal sealed class TrendServiceTally : IArchived
{
    /// <summary>Capture points of a service that are kept. Of a service that more recorded it is not known when it was
    /// watched.</summary>
    public const int MaximumPoints = 8;

    public DayCounts Counts { get; } = new();

    /// <summary>The capture points that recorded them.</summary>
    public BottomKSet<string> Points { get; } = new(MaximumPoints, StringComparer.Ordinal);

    public void UnionWith(TrendServiceTally other, Verdict? verdict)
    {
        Counts.UnionWith(other.Counts, verdict);
        Points.UnionWith(other.Points);
    }

    public void Persist(StateArchive archive)
    {
        Counts.Persist(archive);
        Points.Persist(archive, StateValues.Text);
    }
}
