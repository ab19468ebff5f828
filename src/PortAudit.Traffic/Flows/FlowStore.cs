using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Room for flows, each at a place that stays its own until it is released. It grows by chunks, so that growing copies nothing and never
/// holds the old beside the new.
/// </summary>
internal sealed class FlowStore
{
#if DEBUG
    private const int ChunkBits = 1;
#else
    private const int ChunkBits = 12;
#endif
    private const int ChunkLength = 1 << ChunkBits;
    private const int None = -1;

    /// <summary>Stands in <see cref="Flow.Previous"/> of a place that is not taken.</summary>
    private const int Released = -2;

    private Flow[][] _chunks = [];
    private int _used;
    private int _firstFree = None;

    /// <summary>Places from 0 on that were ever taken since all were given back.</summary>
    public int Used => _used;

    /// <summary>The flow at a place that <see cref="Take"/> gave. The reference stays good.</summary>
    public ref Flow this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _chunks[place >> ChunkBits][place & (ChunkLength - 1)];
    }

    /// <summary>True when a place below <see cref="Used"/> is taken.</summary>
    public bool IsTaken(int place) => this[place].Previous != Released;

    /// <summary>Takes a place, whose flow is blank.</summary>
    public int Take()
    {
        var place = TakeAny();
        this[place] = default;
        return place;
    }

    /// <summary>Gives a place back.</summary>
    public void Release(int place)
    {
        ref var flow = ref this[place];
        flow.Next = _firstFree;
        flow.Previous = Released;
        _firstFree = place;
    }

    /// <summary>Gives all places back.</summary>
    public void ReleaseAll() => (_used, _firstFree) = (0, None);

    /// <summary>The places that are taken, in the order of their flows' starts.</summary>
    public int[] PlacesByStart()
    {
        var (starts, places) = (new long[_used], new int[_used]);
        var (count, isSorted) = (0, true);
        for (var place = 0; place < _used; place++)
        {
            ref var flow = ref this[place];
            if (!IsTaken(place))
                continue;
            isSorted &= count == 0 || starts[count - 1] <= flow.StartNs;
            (starts[count], places[count++]) = (flow.StartNs, place);
        }

        // Places are taken in the order of starts until one is taken again.
        Array.Resize(ref places, count);
        if (isSorted)
            return places;
        Array.Resize(ref starts, count);
        return RadixSort.Sort(starts, places);
    }

    private int TakeAny()
    {
        if (_firstFree != None)
        {
            var free = _firstFree;
            _firstFree = this[free].Next;
            return free;
        }

        if (_used == _chunks.Length * ChunkLength)
            _chunks = [.. _chunks, GC.AllocateUninitializedArray<Flow>(ChunkLength)];
        return _used++;
    }
}
