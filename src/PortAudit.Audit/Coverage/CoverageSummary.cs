using System.Collections.Immutable;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Coverage;

/// <summary>What a capture could see.</summary>
/// <param name="WindowStartNs">Earliest packet, in nanoseconds since the Unix epoch; null without a packet.</param>
/// <param name="WindowEndNs">Latest packet; null without a packet.</param>
/// <param name="TimestampDigits">Decimal digits of a second that the captures resolve.</param>
/// <param name="Packets">Frames read.</param>
/// <param name="Bytes">Sum of original frame lengths.</param>
/// <param name="Flows">Flows found.</param>
/// <param name="OneWayFlows">Flows of which one direction only was seen though the other must have been there.</param>
/// <param name="CutPackets">Frames of which the capture holds less than passed.</param>
/// <param name="RolesSeen">Roles with at least one active host, by name.</param>
/// <param name="RolesSilent">Roles with hosts of which none was active, by name.</param>
/// <param name="SegmentsSeen">Segments with at least one active address, in the order of the site.</param>
/// <param name="Points">Capture points, by name.</param>
/// <param name="CannotSay">What therefore cannot be said, one sentence each.</param>
public sealed record CoverageSummary(
    long? WindowStartNs,
    long? WindowEndNs,
    int TimestampDigits,
    long Packets,
    long Bytes,
    long Flows,
    long OneWayFlows,
    long CutPackets,
    ImmutableArray<string> RolesSeen,
    ImmutableArray<string> RolesSilent,
    ImmutableArray<string> SegmentsSeen,
    ImmutableArray<PointSummary> Points,
    ImmutableArray<string> CannotSay)
{
    /// <summary>What part was seen less than whole, or more than once.</summary>
    public CoverageShares Shares { get; init; } = CoverageShares.None;
}
