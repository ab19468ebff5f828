using System.Collections.Immutable;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Connections;

/// <summary>One connection, however many capture points recorded it.</summary>
/// <param name="Flow">The flow of the point that tells most of it.</param>
/// <param name="Elsewhere">What other points, or other VLANs of the same point, recorded of it.</param>
internal sealed record Connection(FlowRecord Flow, ImmutableArray<FlowRecord> Elsewhere)
{
    /// <summary>The flow as it is judged: with the addresses that both ends have in their own networks, where a device
    /// translates them.</summary>
    public FlowRecord Judged { get; init; } = Flow;

    /// <summary>All flows of it.</summary>
    public IEnumerable<FlowRecord> Flows => Elsewhere.Prepend(Flow);

    /// <summary>The capture points that recorded it.</summary>
    public ImmutableArray<string> Points =>
        [.. Flows.Select(flow => flow.CapturePoint).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
