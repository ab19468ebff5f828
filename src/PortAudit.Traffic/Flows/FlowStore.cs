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
    public ref Flow this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _chunks[place >> ChunkBits][place & (ChunkLength - 1)];
    }

    /// <summary>A blank flow, for references to no flow.</summary>
    public ref Flow NoFlow => ref _noFlow;

    public bool IsTaken(int place) => this[place].Previous != Released;

    /// <summary>Takes a slot with a blank flow.</summary>
    public ref Flow Take(out int place)
    {
        if (_firstFree != None)
            return ref TakeAgain(out place);
        place = _used++;
        if (place >> ChunkBits == _chunks.Length)
            _chunks = [.. _chunks, new Flow[place == 0 ? FirstLength : ChunkLength]];
        else if (place == FirstLength)
            Array.Resize(ref _chunks[0], ChunkLength);
        return ref this[place];
    }

    public void Release(int place)
    {
        ref var flow = ref this[place];
        flow.Next = _firstFree;
        flow.Previous = Released;
        _firstFree = place;
    }

    /// <summary>Visits the taken slots by start of their flows, then by slot.</summary>
    public void VisitByStart(FlowEnded visit)
    {
        var late = OutOfOrderSlots(out var starts);
        var inOrder = RadixSort.Sort(starts, [.. late]);
        var (passed, next) = (0, 0);
        for (var place = 0; place < _used; place++)
        {
            if (passed < late.Count && late[passed] == place)
            {
                passed++;
                continue;
            }

            if (!IsTaken(place))
                continue;
            for (; next < inOrder.Length && IsBefore(inOrder[next], place); next++)
                visit(ref this[inOrder[next]], inOrder[next]);
            visit(ref this[place], place);
        }

        foreach (var place in inOrder.AsSpan(next))
            visit(ref this[place], place);
    }

    /// <summary>Slots whose flows start after one in a higher slot, with the starts, by slot. Slots are taken in order
    /// of starts until one is reused: these are few, and only they need sorting.</summary>
    private List<int> OutOfOrderSlots(out long[] starts)
    {
        var capacity = (int)Math.Min(_takenAgain, _used);
        var (late, lateStarts, soonestNs) = (new List<int>(capacity), new List<long>(capacity), long.MaxValue);
        for (var place = _used - 1; place >= 0; place--)
        {
            ref readonly var flow = ref this[place];
            if (flow.Previous == Released)
                continue;
            if (flow.StartNs <= soonestNs)
            {
                soonestNs = flow.StartNs;
                continue;
            }

            late.Add(place);
            lateStarts.Add(flow.StartNs);
        }

        late.Reverse();
        lateStarts.Reverse();
        starts = [.. lateStarts];
        return late;
    }

    private bool IsBefore(int place, int other)
    {
        var (startNs, otherNs) = (this[place].StartNs, this[other].StartNs);
        return startNs < otherNs || (startNs == otherNs && place < other);
    }

    private ref Flow TakeAgain(out int place)
    {
        _takenAgain++;
        place = _firstFree;
        ref var flow = ref this[place];
        _firstFree = flow.Next;
        flow = default;
        return ref flow;
    }
}
