using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// The records of flows that whoever got them is done with: the observation uses them again, so that a list of millions of flows needs no more of them than are in somebody's hands at one time. Records may be given back on
/// any thread.
/// </summary>
public sealed class FlowRecordPool
{
    private readonly Lock _gate = new();

    /// <summary>Those that were given back; whoever reads or changes it holds the gate.</summary>
    private Stack<FlowRecord> _returned = new();

    /// <summary>Those that the observation has taken over and not used yet.</summary>
    private Stack<FlowRecord> _free = new();

    /// <summary>Gives records back: they become those of other flows, and must not be looked at any more.</summary>
    public void Return(ReadOnlySpan<FlowRecord> records)
    {
        lock (_gate)
        {
            foreach (var record in records)
                _returned.Push(record);
        }
    }

    /// <summary>A record to be filled, which may still hold what it held before. One observation at a time may ask.</summary>
    internal FlowRecord Take()
    {
        if (_free.TryPop(out var record))
            return record;
        lock (_gate)
            (_free, _returned) = (_returned, _free);
        return _free.TryPop(out record) ? record : Blank();
    }

    // Out of the way of records that are used again: making one takes a large stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FlowRecord Blank() => new("", "");
}
