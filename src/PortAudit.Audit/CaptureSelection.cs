using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit;

/// <summary>Which part of the captures an audit was limited to, and what it left out.</summary>
public sealed record CaptureSelection
{
    /// <summary>Which packets were read.</summary>
    public PacketSelection Packets { get; init; } = PacketSelection.All;

    /// <summary>Packets that were not read.</summary>
    public PacketsLeftOut PacketsLeftOut { get; init; }

    /// <summary>Flows of logs or of a store that were not read, as they start outside the time.</summary>
    public long RowsLeftOut { get; init; }

    /// <summary>True when all flows are of a store.</summary>
    public bool IsOfStore { get; init; }

    /// <summary>What flows were judged by; none for all.</summary>
    public FlowCriteria Flows { get; init; } = FlowCriteria.None;

    /// <summary>Connections that were therefore not judged.</summary>
    public long FlowsLeftOut { get; init; }

    /// <summary>What decides whether two audits can be compared: filter and criteria. Captures differ in time
    /// anyway.</summary>
    public static ImmutableArray<string> Grounds(string? filter, IEnumerable<string> criteria) =>
        [.. filter is null ? [] : new[] { $"filter {filter}" }, .. criteria];

    /// <summary>A selection of packets and one of flows together; null for neither.</summary>
    public static CaptureSelection? Join(CaptureSelection? packets, CaptureSelection? flows) =>
        packets is null || flows is null
            ? packets ?? flows
            : packets with { Flows = flows.Flows, FlowsLeftOut = flows.FlowsLeftOut };

    /// <summary>The selection of flows; null for all.</summary>
    internal static CaptureSelection? Of(FlowSelection? flows, long leftOut) => flows is null
        ? null
        : new CaptureSelection { Flows = flows.Criteria, FlowsLeftOut = leftOut };

    /// <summary>Whether a finding means something: not one about flows that were not seen, where flows were left out,
    /// or packets by a filter.</summary>
    internal static Func<FindingDraft, bool> WhatCanBeTold(FlowSelection? flows, ObservationSummary observation)
    {
        var isAllSeen = flows is null && observation.Points.All(point => point.Filters.IsEmpty);
        return finding => isAllSeen || finding.Flows is not null;
    }
}
