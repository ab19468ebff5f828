using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>Told of every flow at its end, before its place is used again.</summary>
internal delegate void FlowEnded(ref Flow flow, int place);

/// <summary>
/// The flows under way: found by key, ended after their idle timeout in capture time, and bounded in number. Only
/// <see cref="Add"/> may allocate, at a flow's first packet; it also ends the flows whose time has come.
/// </summary>
internal sealed class FlowTable
{
    /// <summary>Flows held at once; beyond it one is ended early and counted.</summary>
    public const int DefaultMaximumFlows = 2_000_000;

    /// <summary>
    /// The part of a full table, as one of so many, that flows must have in which only one side has spoken, or that are
    /// closed, so that one of them makes room. A flood of forged senders fills the table with such flows within
    /// seconds; long-lived conversations that are silent for a while must not give way to it.
    /// </summary>
    private const int ShareOfOneSided = 4;

    /// <summary>Flows that are put in order at most when all end: for each that starts after one at a higher place,
    /// that takes forty bytes for a moment, which a scan of millions has no room for.</summary>
    private const int MaximumInOrder = 500_000;

    private const int None = -1;

    /// <summary>
    /// Bits of a time within what counts as one second (2^30 ns). A flow that is heard of again within it keeps its
    /// place among the others of its class: most packets of a connection come in bursts, and moving it touches its
    /// neighbours, which are in no cache. So a flow may end a second later than it could, after minutes.
    /// </summary>
    private const int SecondBits = 30;

    /// <summary>
    /// How long flows whose time has come wait for others, in nanoseconds: a second. To end a flow and to make its row
    /// takes as much code as fits a core's nearest cache, which for each alone takes the place of that which follows
    /// packets.
    /// </summary>
    private const long TogetherNs = 1 << SecondBits;

    /// <summary>The classes that forged senders can fill, and that of closed connections.</summary>
    private static readonly IdleClass[] OneSided =
        [IdleClass.TcpTransitory, IdleClass.TcpOneSided, IdleClass.Datagram, IdleClass.Icmp];

    private readonly FlowEnded _ended;
    private readonly int _maximumFlows;
    private readonly IdleList[] _lists = new IdleList[IdleTimeouts.ClassCount];
    private FlowStore _flows = new();
    private FlowIndex _index;

    /// <summary>Until this time no flow ends: at every new flow it saves looking for the oldest of each
    /// class.</summary>
    private long _soonestEndNs = long.MaxValue;

    /// <summary>Makes an empty table.</summary>
    /// <param name="ended">Told of every flow at its end.</param>
    /// <param name="maximumFlows">Flows held at once at most.</param>
    public FlowTable(FlowEnded ended, int maximumFlows = DefaultMaximumFlows)
    {
        _ended = ended;
        _maximumFlows = maximumFlows;
        _index = new FlowIndex(_flows);
        Array.Fill(_lists, IdleList.Empty);
    }

    /// <summary>Flows under way.</summary>
    public int Count => _index.Count;

    /// <summary>True when <see cref="EndAll"/> would end the flows in the order of their starts: they are not too
    /// many.</summary>
    public bool EndsInOrder => Count <= MaximumInOrder;

    /// <summary>Flows that were ever added.</summary>
    public long Begun { get; private set; }

    /// <summary>Flows that were ended early because the table was full.</summary>
    public long Evicted { get; private set; }

    /// <summary>The flow at a place that <see cref="Find"/> or <see cref="Add"/> gave. The reference is good until the
    /// flow ends or another one is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Flow At(int place) => ref _flows[place];

    /// <summary>The flow with this key, and its place; without one a blank flow that is in no table, and a negative
    /// place. The reference is good until the flow ends or another one is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Flow Find(in FlowKey key, uint hash, out int place) => ref _index.Find(key, hash, out place);

    /// <summary>Adds a flow whose key is not in the table. It is blank but for its key and times.</summary>
    public ref Flow Add(scoped in FlowKey key, uint hash, long timestampNs, long latestNs, IdleClass idleClass,
        out int place)
    {
        EndExpired(latestNs);
        if (_index.Count >= _maximumFlows)
        {
            Evicted++;
            End(EvictionCandidate());
        }

        Begun++;
        ref var flow = ref _flows.Take(out place);
        flow.Key = key;
        flow.StartNs = timestampNs;
        flow.LastNs = timestampNs;
        flow.IdleClass = idleClass;
        Append(ref flow, place, idleClass);
        _index.Add(hash, place);
        return ref flow;
    }

    /// <summary>Notes a packet of the flow at a place: unless it was heard of within the same second, it is now the
    /// last in the list of its class.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Touch(ref Flow flow, int place, long timestampNs, IdleClass idleClass)
    {
        var beforeNs = flow.LastNs;
        flow.LastNs = Math.Max(beforeNs, timestampNs);
        if (flow.IdleClass != idleClass || beforeNs >> SecondBits != flow.LastNs >> SecondBits)
            Move(ref flow, place, idleClass);
    }

    private void Move(ref Flow flow, int place, IdleClass idleClass)
    {
        Unlink(in flow);
        flow.IdleClass = idleClass;
        Append(ref flow, place, idleClass);
    }

    /// <summary>Goes on looking at the flows that are under way, in the order of their places.</summary>
    /// <param name="from">Where to begin; <see cref="Places"/> and above is the end.</param>
    /// <param name="count">Places to look at.</param>
    /// <param name="look">Called with each flow, which it leaves as it is.</param>
    public void Look(int from, int count, Action<int> look)
    {
        var end = (int)Math.Min(_flows.Used, (long)from + count);
        for (var place = from; place < end; place++)
        {
            if (_flows.IsTaken(place))
                look(place);
        }
    }

    /// <summary>Places from 0 on, taken or not.</summary>
    public int Places => _flows.Used;

    /// <summary>Ends one flow.</summary>
    public void End(int place)
    {
        ref var flow = ref _flows[place];
        _index.Remove(flow.Key.Hash(), place);
        Unlink(in flow);
        _ended(ref flow, place);
        _flows.Release(place);
    }

    /// <summary>Ends every flow; when <see cref="EndsInOrder"/>, in the order of their starts.</summary>
    public void EndAll()
    {
        // Nothing is looked up any more: the places are not taken out of index and lists one by one.
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
        for (var place = oldest; place != None; place = _flows[place].Next)
            _ended(ref _flows[place], place);
    }

    /// <summary>Ends the flows whose time has come.</summary>
    /// <param name="latestNs">The time that it is in the capture, in nanoseconds since the Unix epoch.</param>
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

    /// <summary>Notes when a class's oldest flow ends, which may have changed.</summary>
    private void NoteOldest(IdleClass idleClass)
    {
        var oldest = _lists[(int)idleClass].Oldest;
        if (oldest == None)
            return;
        var waitNs = IdleTimeouts.Of(idleClass) + TogetherNs;
        _soonestEndNs = Math.Min(_soonestEndNs, Math.Min(_flows[oldest].LastNs, long.MaxValue - waitNs) + waitNs);
    }

    /// <summary>Of the flows in which both sides speak none gives way while many others are there; of those the largest
    /// class loses the one that has been silent for longest.</summary>
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
            var place = list.Oldest;
            if (place != None && (oldest == None || _flows[place].LastNs < _flows[oldest].LastNs))
                oldest = place;
        }

        return oldest;
    }

    private void Append(ref Flow flow, int place, IdleClass idleClass)
    {
        ref var list = ref _lists[(int)idleClass];
        list.Count++;
        flow.Previous = list.Newest;
        flow.Next = None;
        if (list.Newest == None)
        {
            list.Oldest = place;
            NoteOldest(idleClass);
        }
        else
        {
            _flows[list.Newest].Next = place;
        }

        list.Newest = place;
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

    /// <summary>The flows of one class, chained by <see cref="Flow.Next"/>, by the second in which they were heard of
    /// last.</summary>
    private struct IdleList
    {
        public static readonly IdleList Empty = new() { Oldest = None, Newest = None };

        public int Oldest;
        public int Newest;
        public int Count;
    }
}
