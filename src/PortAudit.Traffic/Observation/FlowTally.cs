using System.Collections.Immutable;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>Sums flows by key, for the smallest keys up to a limit. A dropped key is larger than all kept ones and
/// never returns, so the result does not depend on the order of flows. Allocates only when a key is new.</summary>
/// <param name="limit">Keys listed at most.</param>
/// <param name="order">Order of the keys; keys that compare equal are one.</param>
internal sealed class FlowTally<TKey>(int limit, IComparer<TKey> order)
    where TKey : notnull
{
    /// <summary>Sorted.</summary>
    private readonly List<TKey> _keys = [];

    private readonly Dictionary<TKey, Sum> _kept = [];
    private readonly Sum _all = new();

    public void Add(TKey key, FlowRecord flow) =>
        Add(key, 1, flow.Out.Packets + flow.In.Packets, flow.Out.Bytes + flow.In.Bytes);

    /// <summary>Adds a frame that belongs to no flow.</summary>
    public void AddFrame(TKey key, int bytes) => Add(key, 0, 1, bytes);

    /// <summary>An independent copy.</summary>
    public FlowTally<TKey> Copy()
    {
        var copy = new FlowTally<TKey>(limit, order);
        copy._all.Add(_all);
        copy._keys.AddRange(_keys);
        foreach (var key in _keys)
        {
            copy._kept.Add(key, new Sum());
            copy._kept[key].Add(_kept[key]);
        }

        return copy;
    }

    /// <summary>The sums, by the names of the keys.</summary>
    public FlowBreakdown ToBreakdown(Func<TKey, string> nameOf)
    {
        if (_keys.Count == 0)
            return FlowBreakdown.None;
        var listed = ImmutableArray.CreateBuilder<FlowSum>(_keys.Count);
        var (flows, packets, bytes) = (_all.Flows, _all.Packets, _all.Bytes);
        foreach (var key in _keys)
        {
            var sum = _kept[key].ToFlowSum(nameOf(key));
            listed.Add(sum);
            (flows, packets, bytes) = (flows - sum.Flows, packets - sum.Packets, bytes - sum.Bytes);
        }

        return new FlowBreakdown(listed.MoveToImmutable(), new FlowSum("", flows, packets, bytes));
    }

    private void Add(TKey key, long flows, long packets, long bytes)
    {
        _all.Add(flows, packets, bytes);
        if (_kept.TryGetValue(key, out var sum) || TryKeep(key, out sum))
            sum.Add(flows, packets, bytes);
    }

    private bool TryKeep(TKey key, out Sum sum)
    {
        sum = _all;
        if (_keys.Count == limit)
        {
            var largest = _keys[^1];
            if (order.Compare(key, largest) > 0)
                return false;
            _keys.RemoveAt(_keys.Count - 1);
            _kept.Remove(largest);
        }

        sum = new Sum();
        _keys.Insert(IndexOf(key), key);
        _kept.Add(key, sum);
        return true;
    }

    /// <summary>Insertion index of a key that is not kept.</summary>
    private int IndexOf(TKey key)
    {
        var (low, high) = (0, _keys.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (order.Compare(_keys[middle], key) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private sealed class Sum
    {
        public long Flows { get; private set; }

        public long Packets { get; private set; }

        public long Bytes { get; private set; }

        public void Add(long flows, long packets, long bytes)
        {
            Flows += flows;
            Packets += packets;
            Bytes += bytes;
        }

        public void Add(Sum other) => Add(other.Flows, other.Packets, other.Bytes);

        public FlowSum ToFlowSum(string name) => new(name, Flows, Packets, Bytes);
    }
}

/// <summary>Sums finished flows by VLAN and by tunnel, and frames outside flows by VLAN.</summary>
internal sealed class EncapsulationTally
{
    private readonly FlowTally<VlanTags> _vlans;
    private readonly FlowTally<string> _tunnels;

    public EncapsulationTally()
        : this(new(FlowBreakdown.MaximumVlans, VlanOrder), new(FlowBreakdown.MaximumTunnels, StringComparer.Ordinal))
    {
    }

    private EncapsulationTally(FlowTally<VlanTags> vlans, FlowTally<string> tunnels) =>
        (_vlans, _tunnels) = (vlans, tunnels);

    /// <summary>Flows by VLAN, lowest first. For a frame inside a tunnel these are the inner tags.</summary>
    public FlowBreakdown Vlans => _vlans.ToBreakdown(tags => tags.ToString());

    /// <summary>Flows by tunnel, under the name in <see cref="FlowRecord.Tunnel"/>.</summary>
    public FlowBreakdown Tunnels => _tunnels.ToBreakdown(tunnel => tunnel);

    private static Comparer<VlanTags> VlanOrder { get; } = Comparer<VlanTags>.Create((a, b) =>
    {
        var order = a.Outer.CompareTo(b.Outer);
        return order != 0 ? order : a.Inner.CompareTo(b.Inner);
    });

    /// <summary>An independent copy.</summary>
    public EncapsulationTally Copy() => new(_vlans.Copy(), _tunnels.Copy());

    /// <summary>Adds a flow. With <paramref name="hasVlanOfCarrier"/> its VLANs are the carrier flow's, which counts
    /// the same frames.</summary>
    public void Add(FlowRecord flow, bool hasVlanOfCarrier)
    {
        if (flow.Vlan != VlanTags.None && !hasVlanOfCarrier)
            _vlans.Add(flow.Vlan, flow);
        if (flow.Tunnel is { } tunnel)
            _tunnels.Add(tunnel, flow);
    }

    /// <summary>Adds a frame that belongs to no flow.</summary>
    public void AddFrame(VlanTags vlan, int bytes)
    {
        if (vlan != VlanTags.None)
            _vlans.AddFrame(vlan, bytes);
    }
}
