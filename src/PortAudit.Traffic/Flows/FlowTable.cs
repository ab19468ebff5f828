using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>Called for every flow at its end, before its slot is reused.</summary>
internal delegate void FlowEnded(ref Flow flow, int slot);

/// <summary>The active flows: found by key, ended after their idle timeout in capture time, bounded in number. Only
/// <see cref="Add"/> may allocate, and it also ends idle flows.</summary>
internal sealed class FlowTable
{
    /// <summary>Active flows at most; beyond it one is ended early and counted.</summary>
    public const int DefaultMaximumFlows = 2_000_000;

    /// <summary>Fraction (one in so many) of a full table from which one-sided or closed flows are evicted first. A
    /// flood with forged senders fills the table with such flows within seconds; silent long-lived conversations must
    /// survive it.</summary>
    private const int ShareOfOneSided = 4;

    /// <summary>Flows sorted at the end at most: each that starts after one in a higher slot takes forty bytes, too
    /// much for a scan of millions.</summary>
    private const int MaximumInOrder = 500_000;

    private const int None = -1;

    /// <summary>Times equal above these low bits (2^30 ns, about a second) count as one. A flow seen again within that
    /// second is not moved in its list: packets come in bursts, and moving touches uncached neighbours. It may end a
    /// second late.</summary>
    private const int SecondBits = 30;

    /// <summary>How long expired flows wait to be ended together, in nanoseconds: one second. Ending a flow fills the
    /// first-level instruction cache; done singly, it would evict the packet path each time.</summary>
    private const long TogetherNs = 1 << SecondBits;

    /// <summary>The classes that forged senders can fill, and closed connections.</summary>
    private static readonly IdleClass[] OneSided =
        [IdleClass.TcpTransitory, IdleClass.TcpOneSided, IdleClass.Datagram, IdleClass.Icmp];

    private readonly FlowEnded _ended;
    private readonly int _maximumFlows;
    private readonly IdleList[] _lists = new IdleList[IdleTimeouts.ClassCount];
    private FlowStore _flows = new();
    private FlowIndex _index;

    /// <summary>No flow ends before this time; saves checking the oldest of each class for every new flow.</summary>
    private long _soonestEndNs = long.MaxValue;

    public FlowTable(FlowEnded ended, int maximumFlows = DefaultMaximumFlows)
    {
        _ended = ended;
        _maximumFlows = maximumFlows;
        _index = new FlowIndex(_flows);
        Array.Fill(_lists, IdleList.Empty);
    }

    public int Count => _index.Count;

    /// <summary>True when <see cref="EndAll"/> ends the flows in order of their starts: not with too many.</summary>
    public bool EndsInOrder => Count <= MaximumInOrder;

    /// <summary>Flows ever added.</summary>
    public long Begun { get; private set; }

    /// <summary>Flows ended early because the table was full.</summary>
    public long Evicted { get; private set; }

    /// <summary>The flow in a slot from <see cref="Find"/> or <see cref="Add"/>. The reference is valid until the flow
    /// ends or another one is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Flow At(int slot) => ref _flows[slot];

    /// <summary>The flow with this key and its slot; without one, a blank flow and a negative slot. The reference is
    /// valid until the flow ends or another one is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Flow Find(in FlowKey key, uint hash, out int slot) => ref _index.Find(key, hash, out slot);

    /// <summary>Adds a flow whose key is not present, blank except for key and times.</summary>
    public ref Flow Add(scoped in FlowKey key, uint hash, long timestampNs, long latestNs, IdleClass idleClass,
        out int slot)
    {
        EndExpired(latestNs);
        if (_index.Count >= _maximumFlows)
        {
            Evicted++;
            End(EvictionCandidate());
        }

        Begun++;
        ref var flow = ref _flows.Take(out slot);
        flow.Key = key;
        flow.StartNs = timestampNs;
        flow.LastNs = timestampNs;
        flow.IdleClass = idleClass;
        Append(ref flow, slot, idleClass);
        _index.Add(hash, slot);
        return ref flow;
    }

    /// <summary>Notes a packet of a flow: moves it to the end of its class's list, unless already seen in the same
    /// second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Touch(ref Flow flow, int slot, long timestampNs, IdleClass idleClass)
    {
        var beforeNs = flow.LastNs;
        flow.LastNs = Math.Max(beforeNs, timestampNs);
        if (flow.IdleClass != idleClass || beforeNs >> SecondBits != flow.LastNs >> SecondBits)
            Move(ref flow, slot, idleClass);
    }

    private void Move(ref Flow flow, int slot, IdleClass idleClass)
    {
        Unlink(in flow);
        flow.IdleClass = idleClass;
        Append(ref flow, slot, idleClass);
    }

    /// <summary>Visits active flows by slot.</summary>
    /// <param name="from">First slot; <see cref="Slots"/> and above is the end.</param>
    /// <param name="count">Slots to visit.</param>
    /// <param name="look">Called with each taken slot; must not change the flow.</param>
    public void Look(int from, int count, Action<int> look)
    {
        var end = (int)Math.Min(_flows.Used, (long)from + count);
        for (var slot = from; slot < end; slot++)
        {
            if (_flows.IsTaken(slot))
                look(slot);
        }
    }

    /// <summary>Number of slots, taken or not.</summary>
    public int Slots => _flows.Used;

    public void End(int slot)
    {
        ref var flow = ref _flows[slot];
        _index.Remove(flow.Key.Hash(), slot);
        Unlink(in flow);
        _ended(ref flow, slot);
        _flows.Release(slot);
    }

    /// <summary>Ends every flow; in order of their starts if <see cref="EndsInOrder"/>.</summary>
    public void EndAll()
    {
        // No more lookups follow, so slots need not be removed from index and lists.
        if (EndsInOrder)
        {
            _flows.VisitByStart(_ended);
        }
        else
        {
            foreach (var list in _lists)
                EndList(list.Oldest);
        }

        Array.Fill(_lists, IdleList.Empty);
        _flows = new FlowStore();
        _index = new FlowIndex(_flows);
    }

    private void EndList(int oldest)
    {
        for (var slot = oldest; slot != None; slot = _flows[slot].Next)
            _ended(ref _flows[slot], slot);
    }

    /// <summary>Ends the flows whose idle timeout has passed.</summary>
    public void EndExpired(long latestNs)
    {
        if (latestNs <= _soonestEndNs)
            return;
        _soonestEndNs = long.MaxValue;
        for (var idleClass = 0; idleClass < IdleTimeouts.ClassCount; idleClass++)
        {
            var timeout = IdleTimeouts.Of((IdleClass)idleClass);
            ref readonly var list = ref _lists[idleClass];
            while (list.Oldest != None && latestNs - _flows[list.Oldest].LastNs > timeout)
                End(list.Oldest);
            NoteOldest((IdleClass)idleClass);
        }
    }

    /// <summary>Updates when a class's oldest flow expires.</summary>
    private void NoteOldest(IdleClass idleClass)
    {
        var oldest = _lists[(int)idleClass].Oldest;
        if (oldest == None)
            return;
        var waitNs = IdleTimeouts.Of(idleClass) + TogetherNs;
        _soonestEndNs = Math.Min(_soonestEndNs, Math.Min(_flows[oldest].LastNs, long.MaxValue - waitNs) + waitNs);
    }

    /// <summary>The flow that has been silent longest in the largest class; conversations with both sides are spared
    /// while there are many others.</summary>
    private int EvictionCandidate()
    {
        var largest = IdleClass.TcpTransitory;
        foreach (var idleClass in OneSided)
            largest = _lists[(int)idleClass].Count > _lists[(int)largest].Count ? idleClass : largest;
        if (_lists[(int)largest].Count >= _maximumFlows / ShareOfOneSided)
            return _lists[(int)largest].Oldest;

        var oldest = None;
        foreach (var list in _lists)
        {
            var slot = list.Oldest;
            if (slot != None && (oldest == None || _flows[slot].LastNs < _flows[oldest].LastNs))
                oldest = slot;
        }

        return oldest;
    }

    private void Append(ref Flow flow, int slot, IdleClass idleClass)
    {
        ref var list = ref _lists[(int)idleClass];
        list.Count++;
        flow.Previous = list.Newest;
        flow.Next = None;
        if (list.Newest == None)
        {
            list.Oldest = slot;
            NoteOldest(idleClass);
        }
        else
        {
            _flows[list.Newest].Next = slot;
        }

        list.Newest = slot;
    }

    private void Unlink(ref readonly Flow flow)
    {
        ref var list = ref _lists[(int)flow.IdleClass];
        list.Count--;
        if (flow.Previous == None)
        {
            list.Oldest = flow.Next;
            NoteOldest(flow.IdleClass);
        }
        else
        {
            _flows[flow.Previous].Next = flow.Next;
        }

        if (flow.Next == None)
            list.Newest = flow.Previous;
        else
            _flows[flow.Next].Previous = flow.Previous;
    }

    /// <summary>The flows of one class, chained by <see cref="Flow.Next"/>, by the second of their latest
    /// packet.</summary>
    private struct IdleList
    {
        public static readonly IdleList Empty = new() { Oldest = None, Newest = None };

        public int Oldest;
        public int Newest;
        public int Count;
    }
}
