using System.Diagnostics.CodeAnalysis;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// The records of flows that whoever got them is done with: the observation uses them again, so that a list of millions of flows needs no more of them than are in somebody's hands at one time. May be used by
/// several threads.
/// </summary>
public sealed class FlowRecordPool
{
    private readonly Stack<FlowRecord> _free = new();
    private readonly Lock _gate = new();

    /// <summary>Gives records back: they become those of other flows, and must not be looked at any more.</summary>
    public void Return(ReadOnlySpan<FlowRecord> records)
    {
        lock (_gate)
        {
            foreach (var record in records)
                _free.Push(record);
        }
    }

    /// <summary>A record of a flow.</summary>
    internal FlowRecord Make(in FlowFacts facts)
    {
        if (!TryTake(out var record))
            return new FlowRecord(facts);
        record.Become(facts);
        return record;
    }

    private bool TryTake([NotNullWhen(true)] out FlowRecord? record)
    {
        lock (_gate)
            return _free.TryPop(out record);
    }
}
