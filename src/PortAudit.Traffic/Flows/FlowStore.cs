using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Room for flows, each at a place that stays its own until it is released. It grows by chunks, so that growing copies
/// nothing but the small beginning of the first one, and never holds the old beside the new.
/// </summary>
internal sealed class FlowStore
{
#if DEBUG
    private const int ChunkBits = 1;
    private const int FirstLength = 1;
#else
    /// <summary>A chunk takes 12 MB, of which those pages are in memory in which flows have been. With many smaller
    /// ones all objects are collected more often, as large arrays lead to that, and nearly all of them live
    /// on.</summary>
    private const int ChunkBits = 16;

    /// <summary>Flows that the first chunk has room for until there are more: most captures are small.</summary>
    private const int FirstLength = 4096;
#endif
    private const int ChunkLength = 1 << ChunkBits;
    private const int None = -1;

    /// <summary>Stands in <see cref="Flow.Previous"/> of a place that is not taken.</summary>
    private const int Released = -2;

    private Flow[][] _chunks = [];
    private int _used;
    private int _firstFree = None;
    private Flow _noFlow;
    private long _takenAgain;

    /// <summary>Places from 0 on that were ever taken.</summary>
    public int Used => _used;

    /// <summary>The flow at a place that <see cref="Take"/> gave. The reference is good until another place is
    /// taken.</summary>
    public ref Flow this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _chunks[place >> ChunkBits][place & (ChunkLength - 1)];
    }

    /// <summary>A blank flow, for a reference to no flow.</summary>
    public ref Flow NoFlow => ref _noFlow;

    /// <summary>True when a place below <see cref="Used"/> is taken.</summary>
    public bool IsTaken(int place) => this[place].Previous != Released;

    /// <summary>Takes a place, whose flow is blank.</summary>
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

    /// <summary>Gives a place back.</summary>
    public void Release(int place)
    {
        ref var flow = ref this[place];
        flow.Next = _firstFree;
        flow.Previous = Released;
        _firstFree = place;
    }

    /// <summary>Visits the places that are taken, in the order of their flows' starts; those of one start in their
    /// own.</summary>
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

    /// <summary>
    /// The places whose flows start after one at a higher place, and their starts, in the order of places. Places are
    /// taken in the order of starts until one is taken again, so that they are few, and only they need sorting.
    /// </summary>
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
