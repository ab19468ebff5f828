using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>Slots for flows; a flow keeps its slot until it is released. Grows by chunks, so that growth copies at most
/// the small first chunk and never doubles memory.</summary>
internal sealed class FlowStore
{
#if DEBUG
    private const int ChunkBits = 1;
    private const int FirstLength = 1;
#else
    /// <summary>A chunk takes 12 MB of address space; only touched pages use memory. Smaller chunks would mean more
    /// large arrays and so more full garbage collections.</summary>
    private const int ChunkBits = 16;

    /// <summary>Initial length of the first chunk: most captures are small.</summary>
    private const int FirstLength = 4096;
#endif
    private const int ChunkLength = 1 << ChunkBits;
    private const int None = -1;

    /// <summary>Value of <see cref="Flow.Previous"/> in a free slot.</summary>
    private const int Released = -2;

    private Flow[][] _chunks = [];
    private int _used;
    private int _firstFree = None;
    private Flow _noFlow;
    private long _takenAgain;

    /// <summary>Slots that were ever taken: 0 to this.</summary>
    public int Used => _used;

    /// <summary>The flow in a slot from <see cref="Take"/>. The reference is valid until another slot is
    /// taken.</summary>
    public ref Flow this[int slot]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _chunks[slot >> ChunkBits][slot & (ChunkLength - 1)];
    }

    /// <summary>A blank flow, for references to no flow.</summary>
    public ref Flow NoFlow => ref _noFlow;

    public bool IsTaken(int slot) => this[slot].Previous != Released;

    /// <summary>Takes a slot with a blank flow.</summary>
    public ref Flow Take(out int slot)
    {
        if (_firstFree != None)
            return ref TakeAgain(out slot);
        slot = _used++;
        if (slot >> ChunkBits == _chunks.Length)
            _chunks = [.. _chunks, new Flow[slot == 0 ? FirstLength : ChunkLength]];
        else if (slot == FirstLength)
            Array.Resize(ref _chunks[0], ChunkLength);
        return ref this[slot];
    }

    public void Release(int slot)
    {
        ref var flow = ref this[slot];
        flow.Next = _firstFree;
        flow.Previous = Released;
        _firstFree = slot;
    }

    /// <summary>Visits the taken slots by start of their flows, then by slot.</summary>
    public void VisitByStart(FlowEnded visit)
    {
        var late = OutOfOrderSlots(out var starts);
        var inOrder = RadixSort.Sort(starts, [.. late]);
        var (passed, next) = (0, 0);
        for (var slot = 0; slot < _used; slot++)
        {
            if (passed < late.Count && late[passed] == slot)
            {
                passed++;
                continue;
            }

            if (!IsTaken(slot))
                continue;
            for (; next < inOrder.Length && IsBefore(inOrder[next], slot); next++)
                visit(ref this[inOrder[next]], inOrder[next]);
            visit(ref this[slot], slot);
        }

        foreach (var slot in inOrder.AsSpan(next))
            visit(ref this[slot], slot);
    }

    /// <summary>Slots whose flows start after one in a higher slot, with the starts, by slot. Slots are taken in order
    /// of starts until one is reused: these are few, and only they need sorting.</summary>
    private List<int> OutOfOrderSlots(out long[] starts)
    {
        var capacity = (int)Math.Min(_takenAgain, _used);
        var (late, lateStarts, soonestNs) = (new List<int>(capacity), new List<long>(capacity), long.MaxValue);
        for (var slot = _used - 1; slot >= 0; slot--)
        {
            ref readonly var flow = ref this[slot];
            if (flow.Previous == Released)
                continue;
            if (flow.StartNs <= soonestNs)
            {
                soonestNs = flow.StartNs;
                continue;
            }

            late.Add(slot);
            lateStarts.Add(flow.StartNs);
        }

        late.Reverse();
        lateStarts.Reverse();
        starts = [.. lateStarts];
        return late;
    }

    private bool IsBefore(int slot, int other)
    {
        var (startNs, otherNs) = (this[slot].StartNs, this[other].StartNs);
        return startNs < otherNs || (startNs == otherNs && slot < other);
    }

    private ref Flow TakeAgain(out int slot)
    {
        _takenAgain++;
        slot = _firstFree;
        ref var flow = ref this[slot];
        _firstFree = flow.Next;
        flow = default;
        return ref flow;
    }
}
