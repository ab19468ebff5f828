using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Saving;

namespace PortAudit.Store.Contract;

/// <summary>Which flows of a store are read.</summary>
public sealed record StoreReading
{
    /// <summary>Flows that start earlier are left out: nanoseconds since the Unix epoch; null for none.</summary>
    public long? SinceNs { get; init; }

    /// <summary>Flows that start then or later are left out; null for none.</summary>
    public long? UntilNs { get; init; }

    /// <summary>How alike flows are counted together by the store; null to read each.</summary>
    public FlowGrouping? Grouping { get; init; }

    /// <summary>True for flows of logs only, false for those of captures only; null for all.</summary>
    internal bool? IsOfLog { get; init; }

    /// <summary>Identifiers of the flows to read; empty for all.</summary>
    internal ImmutableArray<ulong> Ids { get; init; } = [];
}

/// <summary>How flows are read, with the numbers that each import begins with.</summary>
/// <param name="Options">Which flows.</param>
/// <param name="Numbers">The numbers, by import.</param>
/// <param name="Repeats">From the first to the last start, in nanoseconds, of flows that are compared one by one; null
/// for none.</param>
internal sealed record FlowReading(StoreReading Options, Dictionary<long, ObservationNumbers> Numbers,
    (long FirstNs, long LastNs)? Repeats);
