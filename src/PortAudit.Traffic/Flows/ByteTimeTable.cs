using System.Collections.Immutable;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Notes when the bytes of active flows passed (<see cref="ByteTimes"/>), in lists of buckets that share one array.
/// Each flow has as many buckets as a plot has columns; when it needs more, its own become wider. When the array is
/// full, the buckets of all flows become wider.
/// </summary>
/// <param name="maximumBuckets">Buckets of all flows at most, at least 1.</param>
internal sealed class ByteTimeTable(int maximumBuckets = ByteTimeTable.MaximumBuckets)
{
    /// <summary>Buckets of all active flows: a hundred megabytes. Beyond it they become wider, from a millisecond
    /// up.</summary>
    public const int MaximumBuckets = 4_000_000;

    private const int None = -1;
    private const int FirstLength = 1_024;

    /// <summary>By slot of the flow table.</summary>
    private List[] _lists = [];

    private Bucket[] _buckets = new Bucket[Math.Min(FirstLength, maximumBuckets)];
    private int _free = None;
    private int _used;
    private int _inUse;

    /// <summary>Level of the narrowest buckets of a flow that begins.</summary>
    public int Level { get; private set; }

    /// <summary>Notes a packet of a flow after it was counted.</summary>
    /// <param name="slot">Slot of the flow.</param>
    /// <param name="timestampNs">Time of the packet.</param>
    /// <param name="bytes">Bytes of the flow so far, with those of the packet.</param>
    public void Note(int slot, long timestampNs, long bytes)
    {
        if (slot >= _lists.Length)
            Array.Resize(ref _lists, Math.Max(slot + 1, Math.Max(FirstLength, _lists.Length * 2)));
        ref var list = ref _lists[slot];
        if (list.Count == 0)
            list = new List { First = None, Level = Level };
        var amount = bytes - list.Bytes;
        list.Bytes = bytes;
        Add(ref list, timestampNs, amount);
        while (list.Count > ByteTimes.MaximumBuckets)
            Widen(ref list, list.Level + 1);
    }

    /// <summary>When the bytes of a flow passed; null when nothing of it was noted.</summary>
    public ByteTimes? Of(int slot)
    {
        if (slot >= _lists.Length || _lists[slot].Count == 0)
            return null;
        ref readonly var list = ref _lists[slot];
        var sums = new ByteSum[list.Count];
        var (at, index) = (list.First, list.Count);
        while (at != None)
        {
            sums[--index] = new ByteSum(_buckets[at].Index, _buckets[at].Bytes);
            at = _buckets[at].Next;
        }

        return new ByteTimes(list.Level, ImmutableArray.Create(sums));
    }

    /// <summary>Forgets a flow that ended.</summary>
    public void Release(int slot)
    {
        if (slot >= _lists.Length)
            return;
        ref var list = ref _lists[slot];
        for (var at = list.Count == 0 ? None : list.First; at != None;)
        {
            var next = _buckets[at].Next;
            Free(at);
            at = next;
        }

        list = default;
    }

    /// <summary>Adds to the bucket of a time. A list begins with the latest bucket, as packets come by time.</summary>
    private void Add(ref List list, long timestampNs, long bytes)
    {
        var bucket = TimeGrid.BucketOf(timestampNs, list.Level);
        var (before, at) = Find(list, bucket);
        if (at != None && _buckets[at].Index == bucket)
        {
            _buckets[at].Bytes += bytes;
            return;
        }

        if (_inUse == maximumBuckets)
        {
            WidenAll();
            if (list.Count == 0)
                list.Level = Level;
            if (_inUse < maximumBuckets)
                Add(ref list, timestampNs, bytes);
            else if (list.Count > 0)
                _buckets[list.First].Bytes += bytes;
            return;
        }

        var added = Take();
        _buckets[added] = new Bucket { Index = bucket, Bytes = bytes, Next = at };
        if (before == None)
            list.First = added;
        else
            _buckets[before].Next = added;
        list.Count++;
    }

    /// <summary>The latest bucket of a list that is not after a given one, and the one before it in the list.</summary>
    private (int Before, int At) Find(in List list, long bucket)
    {
        var (before, at) = (None, list.First);
        while (at != None && _buckets[at].Index > bucket)
            (before, at) = (at, _buckets[at].Next);
        return (before, at);
    }

    /// <summary>Widens the buckets of all flows until a quarter of the array is free, if they can be wider.</summary>
    private void WidenAll()
    {
        while (_inUse > maximumBuckets / 4 * 3 && Level < TimeGrid.CoarsestLevel)
        {
            Level++;
            for (var slot = 0; slot < _lists.Length; slot++)
            {
                ref var list = ref _lists[slot];
                if (list.Count > 0 && list.Level < Level)
                    Widen(ref list, Level);
            }
        }
    }

    private void Widen(ref List list, int level)
    {
        var at = list.First;
        _buckets[at].Index = TimeGrid.Coarser(_buckets[at].Index, list.Level, level);
        while (_buckets[at].Next is not None and var next)
        {
            var wide = TimeGrid.Coarser(_buckets[next].Index, list.Level, level);
            if (wide == _buckets[at].Index)
            {
                _buckets[at].Bytes += _buckets[next].Bytes;
                _buckets[at].Next = _buckets[next].Next;
                Free(next);
                list.Count--;
            }
            else
            {
                _buckets[next].Index = wide;
                at = next;
            }
        }

        list.Level = level;
    }

    private int Take()
    {
        _inUse++;
        if (_free != None)
        {
            var free = _free;
            _free = _buckets[free].Next;
            return free;
        }

        if (_used == _buckets.Length)
            Array.Resize(ref _buckets, (int)Math.Min(maximumBuckets, 2L * _buckets.Length));
        return _used++;
    }

    private void Free(int at)
    {
        _inUse--;
        _buckets[at].Next = _free;
        _free = at;
    }

    private struct Bucket
    {
        public long Index;
        public long Bytes;
        public int Next;
    }

    /// <summary>The buckets of a flow, the latest first. Blank while it has none.</summary>
    private struct List
    {
        public long Bytes;
        public int First;
        public int Count;
        public int Level;
    }
}
