using System.Collections.Immutable;
using PortAudit.Traffic.Flows;

namespace PortAudit.Reports.Flows;

/// <summary>The flows of a run, ready to be written.</summary>
/// <param name="Flows">Flows in <see cref="FlowOrder"/>.</param>
/// <param name="CapturePaths">Paths in the order in which <see cref="FlowRecord.Capture"/> counts them.</param>
public sealed record FlowList(IReadOnlyList<FlowRecord> Flows, ImmutableArray<string> CapturePaths)
{
    /// <summary>The rows, one by one.</summary>
    internal IEnumerable<FlowRow> Rows => Flows.Select(flow => new FlowRow(flow, CapturePaths));
}
