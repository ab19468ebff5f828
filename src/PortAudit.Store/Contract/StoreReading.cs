using PortAudit.Audit.Saving;

namespace PortAudit.Store.Contract;

/// <summary>How a store is read.</summary>
public sealed record StoreReading
{
    /// <summary>Number of its first capture among those of the run.</summary>
    public int FirstCapture { get; init; }

    /// <summary>Flows that start earlier are left out: nanoseconds since the Unix epoch; null for none.</summary>
    public long? SinceNs { get; init; }

    /// <summary>Flows that start then or later are left out; null for none.</summary>
    public long? UntilNs { get; init; }
}

/// <summary>How flows are read, with the numbers that each import begins with.</summary>
internal sealed record FlowReading(StoreReading Options, Dictionary<long, ObservationNumbers> Numbers);
