using System.Collections.Immutable;
using PortAudit.Traffic.Flows;

namespace PortAudit.Reports.Flows;

/// <summary>A flow and what its columns need to know of the run.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="CapturePaths">Paths in the order in which <see cref="FlowRecord.Capture"/> counts them.</param>
internal readonly record struct FlowRow(FlowRecord Flow, ImmutableArray<string> CapturePaths);
