using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>Told of every flow at its end, before its place is used again.</summary>
internal delegate void FlowEnded(ref Flow flow);

/// <summary>
/// The flows under way: found by key, ended after their idle timeout in capture time, and bounded in number. Only
/// <see cref="Add"/> may allocate, at a flow's first packet; it also ends the flows whose time has come.
/// </summary>
internal sealed class FlowTable
{
    /// <summary>Flows held at once at most; the one that has been silent for longest is ended early to make room, and counted.</summary>
    public const int DefaultMaximumFlows = 2_000_000;

    /// <summary>Flows that are put in order at most when all end: for each, that takes twelve bytes for a moment, which a scan of millions has no room for.</summary>
    private const int MaximumInOrder = 500_000;

    private const int None = -1;

    private readonly FlowIndex _index = new();
    private readonly FlowStore _flows = new();
    private readonly FlowEnded _ended;
    private readonly int _maximumFlows;
    private readonly int[] _oldest = [None, None, None, None];
    private readonly int[] _newest = [None, None, None, None];

    /// <summary>Makes an empty table.</summary>
    /// <param name="ended">Told of every flow at its end.</param>
    /// <param name="maximumFlows">Flows held at once at most.</param>
    public FlowTable(FlowEnded ended, int maximumFlows = DefaultMaximumFlows)
    {
        _ended = ended;
        _maximumFlows = maximumFlows;
    }

    /// <summary>Flows under way.</summary>
    public int Count => _index.Count;

    /// <summary>True when <see cref="EndAll"/> would end the flows in the order of their starts: they are not too many.</summary>
    public bool EndsInOrder => Count <= MaximumInOrder;

    /// <summary>Flows that were ever added.</summary>
    public long Begun { get; private set; }

    /// <summary>Flows that were ended early because the table was full.</summary>
    public long Evicted { get; private set; }

    /// <summary>The flow at a place that <see cref="Find"/> or <see cref="Add"/> gave. The reference is good until the flow ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Flow At(int place) => ref _flows[place];

    /// <summary>The place of the flow with this key, negative when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(in FlowKey key, uint hash) => _index.Find(key, hash, _flows);

    /// <summary>Adds a flow whose key is not in the table and returns its place. The flow is blank but for its key and times.</summary>
    public int Add(in FlowKey key, uint hash, long timestampNs, long latestNs, IdleClass idleClass)
    {
        EndExpired(latestNs);
        if (_index.Count >= _maximumFlows)
        {
            Evicted++;
            End(OldestOfAll());
        }

        Begun++;
        var place = _flows.Take();
        ref var flow = ref _flows[place];
        flow.Key = key;
        flow.StartNs = timestampNs;
        flow.LastNs = timestampNs;
        flow.IdleClass = idleClass;
        Append(place, idleClass);
        _index.Add(hash, place);
        return place;
    }

    /// <summary>Notes a packet of the flow: it is now the one heard of last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Touch(int place, long timestampNs, IdleClass idleClass)
    {
        ref var flow = ref _flows[place];
        if (timestampNs > flow.LastNs)
            flow.LastNs = timestampNs;
        if (flow.IdleClass == idleClass && _newest[(int)idleClass] == place)
            return;
        Unlink(place);
        flow.IdleClass = idleClass;
        Append(place, idleClass);
    }

    /// <summary>Ends one flow.</summary>
    public void End(int place)
    {
        ref var flow = ref _flows[place];
        _index.Remove(flow.Key.Hash(), place);
        Unlink(place);
        _ended(ref flow);
        _flows.Release(place);
    }

    /// <summary>Ends every flow; when <see cref="EndsInOrder"/>, in the order of their starts.</summary>
    public void EndAll()
    {
        // Nothing is looked up any more: the places are not taken out of index and lists one by one.
        if (EndsInOrder)
        {
            foreach (var place in _flows.PlacesByStart())
                _ended(ref _flows[place]);
        }
        else
        {
            foreach (var oldest in _oldest)
                EndList(oldest);
        }

        for (var idleClass = 0; idleClass < IdleTimeouts.ClassCount; idleClass++)
            (_oldest[idleClass], _newest[idleClass]) = (None, None);
        _index.Clear();
        _flows.ReleaseAll();
    }

    private void EndList(int oldest)
    {
        for (var place = oldest; place != None; place = _flows[place].Next)
            _ended(ref _flows[place]);
    }

    private void EndExpired(long latestNs)
    {
        for (var idleClass = 0; idleClass < IdleTimeouts.ClassCount; idleClass++)
        {
            var timeout = IdleTimeouts.Of((IdleClass)idleClass);
            while (_oldest[idleClass] != None && latestNs - _flows[_oldest[idleClass]].LastNs > timeout)
                End(_oldest[idleClass]);
        }
    }

    private int OldestOfAll()
    {
        var oldest = None;
        foreach (var place in _oldest)
        {
            if (place != None && (oldest == None || _flows[place].LastNs < _flows[oldest].LastNs))
                oldest = place;
        }

        return oldest;
    }

    private void Append(int place, IdleClass idleClass)
    {
        var last = _newest[(int)idleClass];
        ref var flow = ref _flows[place];
        flow.Previous = last;
        flow.Next = None;
        if (last == None)
            _oldest[(int)idleClass] = place;
        else
            _flows[last].Next = place;
        _newest[(int)idleClass] = place;
    }

    private void Unlink(int place)
    {
        ref var flow = ref _flows[place];
        if (flow.Previous == None)
            _oldest[(int)flow.IdleClass] = flow.Next;
        else
            _flows[flow.Previous].Next = flow.Next;
        if (flow.Next == None)
            _newest[(int)flow.IdleClass] = flow.Previous;
        else
            _flows[flow.Next].Previous = flow.Previous;
    }
}
