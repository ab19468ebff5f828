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
    private Flow _nobody;

    /// <summary>Places from 0 on that were ever taken since all were given back.</summary>
    public int Used => _used;

    /// <summary>The flow at a place that <see cref="Take"/> gave. The reference stays good.</summary>
    public ref Flow this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _chunks[place >> ChunkBits][place & (ChunkLength - 1)];
    }

    /// <summary>A blank flow, for a reference to no flow.</summary>
    public ref Flow Nobody => ref _nobody;

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
    public ReadOnlySpan<int> PlacesByStart()
    {
        // Places are taken in the order of starts until one is taken again: its flow starts after some at higher places, and these few are sorted apart.
        var places = new int[_used];
        var (first, soonestNs) = (_used, long.MaxValue);
        var (late, lateStarts) = (new List<int>(), new List<long>());
        for (var place = _used - 1; place >= 0; place--)
        {
            if (!IsTaken(place))
                continue;
            var startNs = this[place].StartNs;
            if (startNs <= soonestNs)
            {
                (places[--first], soonestNs) = (place, startNs);
                continue;
            }

            late.Add(place);
            lateStarts.Add(startNs);
        }

        late.Reverse();
        lateStarts.Reverse();
        return Merge(places, first, RadixSort.Sort([.. lateStarts], [.. late]));
    }

    /// <summary>Merges places that are sorted, and stand from <paramref name="first"/> on, with others that are sorted. There is room for these before them.</summary>
    private ReadOnlySpan<int> Merge(int[] places, int first, int[] others)
    {
        var count = 0;
        foreach (var other in others)
        {
            while (first < places.Length && IsBefore(places[first], other))
                places[count++] = places[first++];
            places[count++] = other;
        }

        var rest = places.AsSpan(first);
        rest.CopyTo(places.AsSpan(count));
        return places.AsSpan(0, count + rest.Length);
    }

    private bool IsBefore(int place, int other)
    {
        var (startNs, otherNs) = (this[place].StartNs, this[other].StartNs);
        return startNs < otherNs || (startNs == otherNs && place < other);
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
