namespace PortAudit.Traffic;

/// <summary>What a live observation has counted so far.</summary>
/// <param name="Packets">Packets.</param>
/// <param name="Bytes">Sum of their original lengths.</param>
/// <param name="Flows">Flows that began.</param>
/// <param name="FlowsUnderWay">Flows under way.</param>
/// <param name="FlowsEvicted">Flows that were ended early because the flow table was full.</param>
/// <param name="Dropped">Packets that were lost before they came here, as system and interfaces count them; null when neither does.</param>
/// <param name="LatestNs">Time of the latest packet, in nanoseconds since the Unix epoch; null without one.</param>
/// <param name="Shed">What was not looked at because packets came faster than that.</param>
public sealed record LiveCounts(long Packets, long Bytes, long Flows, int FlowsUnderWay, long FlowsEvicted, long? Dropped, long? LatestNs, ShedCounts Shed);
