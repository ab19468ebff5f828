using PortAudit.Audit.Saving;

namespace PortAudit.Store.Contract;

/// <summary>Which flows of a store are read.</summary>
public sealed record StoreReading
{
    /// <summary>Flows that start earlier are left out: nanoseconds since the Unix epoch; null for none.</summary>
    public long? SinceNs { get; init; }

    /// <summary>Flows that start then or later are left out; null for none.</summary>
    public long? UntilNs { get; init; }

    /// <summary>True for flows of logs only, false for those of captures only; null for all.</summary>
    internal bool? IsOfLog { get; init; }
}

/// <summary>How flows are read, with the numbers that each import begins with.</summary>
internal sealed record FlowReading(StoreReading Options, Dictionary<long, ObservationNumbers> Numbers);
