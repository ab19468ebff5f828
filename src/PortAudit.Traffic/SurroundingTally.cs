using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic;

/// <summary>Sums up the flows of VLANs and of tunnels, each at its end, and the frames of VLANs that are in no flow.</summary>
internal sealed class SurroundingTally
{
    private readonly FlowTally<VlanTags> _vlans;
    private readonly FlowTally<string> _tunnels;

    /// <summary>An empty tally.</summary>
    public SurroundingTally()
        : this(new(FlowBreakdown.MaximumVlans, VlanOrder), new(FlowBreakdown.MaximumTunnels, StringComparer.Ordinal))
    {
    }

    private SurroundingTally(FlowTally<VlanTags> vlans, FlowTally<string> tunnels) => (_vlans, _tunnels) = (vlans, tunnels);

    /// <summary>The flows of each VLAN, lowest first; the tags of a frame inside a tunnel are its own.</summary>
    public FlowBreakdown Vlans => _vlans.ToBreakdown(tags => tags.ToString());

    /// <summary>The flows inside each tunnel, by what <see cref="FlowRecord.Tunnel"/> calls it.</summary>
    public FlowBreakdown Tunnels => _tunnels.ToBreakdown(tunnel => tunnel);

    private static Comparer<VlanTags> VlanOrder { get; } = Comparer<VlanTags>.Create((a, b) =>
    {
        var order = a.Outer.CompareTo(b.Outer);
        return order != 0 ? order : a.Inner.CompareTo(b.Inner);
    });

    /// <summary>The tally as it stands, to go on counting in apart.</summary>
    public SurroundingTally Copy() => new(_vlans.Copy(), _tunnels.Copy());

    /// <summary>Adds a flow.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="hasVlanOfCarrier">True when its VLANs are those of the flow that carries it, which counts the same frames.</param>
    public void Add(FlowRecord flow, bool hasVlanOfCarrier)
    {
        if (flow.Vlan != VlanTags.None && !hasVlanOfCarrier)
            _vlans.Add(flow.Vlan, flow);
        if (flow.Tunnel is { } tunnel)
            _tunnels.Add(tunnel, flow);
    }

    /// <summary>Adds a frame that is in no flow.</summary>
    /// <param name="vlan">Its VLANs.</param>
    /// <param name="bytes">Its original length.</param>
    public void AddFrame(VlanTags vlan, int bytes)
    {
        if (vlan != VlanTags.None)
            _vlans.AddFrame(vlan, bytes);
    }
}
