using System.Collections.Immutable;
using PortAudit.Audit.Site;
using PortAudit.Reports.Flows.CommunityIds;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Flows;

/// <summary>A flow and what its columns need to know of the run.</summary>
/// <param name="Batch">The flow and its neighbours.</param>
/// <param name="Index">Its index among them.</param>
/// <param name="CapturePaths">Paths in the order in which <see cref="FlowRecord.Capture"/> counts them.</param>
internal readonly record struct FlowRow(FlowBatch Batch, int Index, ImmutableArray<string> CapturePaths)
{
    public FlowRecord Flow { get; } = Batch[Index];

    /// <summary>Who has which address; null without a site.</summary>
    public HostDirectory? Directory { get; init; }

    public ReadOnlySpan<byte> CommunityId => Batch.CommunityIdOf(Index);
}
