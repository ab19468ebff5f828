using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Traffic.Observation;

namespace PortAudit.Reports.Watch;

/// <summary>What a view of traffic that is watched shows at one moment.</summary>
/// <param name="Site">Name of the site.</param>
/// <param name="Interfaces">Names of the interfaces, separated by commas.</param>
/// <param name="Started">When watching began.</param>
/// <param name="Now">The moment.</param>
/// <param name="Counts">What came so far.</param>
/// <param name="PacketsPerSecond">Packets of the last seconds.</param>
/// <param name="BitsPerSecond">Bits of the last seconds.</param>
/// <param name="MemoryBytes">Memory of the process.</param>
public sealed record WatchPicture(
    string Site, string Interfaces, DateTimeOffset Started, DateTimeOffset Now, LiveCounts Counts,
    double PacketsPerSecond, double BitsPerSecond, long MemoryBytes)
{
    /// <summary>How much is looked at besides counting.</summary>
    public ObserverEffort Effort { get; init; }

    /// <summary>The report of the latest look; null before the first.</summary>
    public AuditReport? Look { get; init; }

    /// <summary>When the latest look was.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>When the next look begins.</summary>
    public DateTimeOffset? NextLookAt { get; init; }

    /// <summary>What the user should know, the latest last.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
