using System.Collections.Immutable;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Connections;

/// <summary>One connection, however many capture points recorded it.</summary>
/// <param name="Flow">The flow of the most informative point.</param>
/// <param name="Elsewhere">What other points, or other VLANs of the same point, recorded of it.</param>
internal sealed record Connection(FlowRecord Flow, ImmutableArray<FlowRecord> Elsewhere)
{
    /// <summary>The flow to judge: with each endpoint's address in its own network if a device translates it.</summary>
    public FlowRecord Judged { get; init; } = Flow;

    public IEnumerable<FlowRecord> Flows => Elsewhere.Prepend(Flow);

    public ImmutableArray<string> Points =>
        [.. Flows.Select(flow => flow.CapturePoint).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
