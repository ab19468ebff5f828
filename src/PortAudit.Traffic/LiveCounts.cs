using System.Collections.Immutable;
using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic;

/// <summary>What a live observation has counted so far.</summary>
/// <param name="Packets">Packets.</param>
/// <param name="Bytes">Sum of their original lengths.</param>
/// <param name="Flows">Flows that began.</param>
/// <param name="FlowsUnderWay">Flows under way.</param>
/// <param name="FlowsEvicted">Flows that were ended early because the flow table was full.</param>
/// <param name="Statistics">What the system counts for each interface.</param>
/// <param name="LatestNs">Time of the latest packet, in nanoseconds since the Unix epoch; null without one.</param>
/// <param name="Shed">What was not looked at because packets came faster than that.</param>
public sealed record LiveCounts(long Packets, long Bytes, long Flows, int FlowsUnderWay, long FlowsEvicted, ImmutableArray<InterfaceStatistics> Statistics, long? LatestNs, ShedCounts Shed)
{
    /// <summary>Nothing has come.</summary>
    public static LiveCounts None { get; } = new(0, 0, 0, 0, 0, [], null, default);

    /// <summary>Packets that were lost before they came here; null when nobody counts them.</summary>
    public long? Dropped => Sum(statistics => statistics.Dropped);

    /// <summary>Those of them that the system dropped because they were not read in time.</summary>
    public long? DroppedBySystem => Sum(statistics => statistics.DroppedBySystem);

    private long? Sum(Func<InterfaceStatistics, long?> count) =>
        Statistics.Select(count).Aggregate((long?)null, (sum, one) => one is { } packets ? InterfaceStatistics.AddSaturated(sum ?? 0, packets) : sum);
}
