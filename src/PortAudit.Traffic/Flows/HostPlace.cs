using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>A host as it is seen at one place: from another place, VLAN or tunnel its packets have come another
/// way.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Vlan">VLAN identifiers of its packets.</param>
/// <param name="Point">Index of the capture point.</param>
/// <param name="Tunnel">Number of the tunnel, 0 outside of any.</param>
internal readonly record struct HostPlace(IpAddress Address, VlanTags Vlan, ushort Point, ushort Tunnel)
{
    /// <summary>One end of a flow, where the flow is seen.</summary>
    public static HostPlace Of(in FlowKey key, Side side) => new(key.AddressOf(side), key.Vlan, key.Point, key.Tunnel);

    /// <inheritdoc />
    public bool Equals(HostPlace other) => Address == other.Address && Surroundings == other.Surroundings;

    /// <inheritdoc />
    public override int GetHashCode() => (int)SeededHash.Of(Address.Low, Address.High, Surroundings);

    private ulong Surroundings => ((ulong)Tunnel << 48) | ((ulong)Point << 32) | Vlan.Bits;
}
