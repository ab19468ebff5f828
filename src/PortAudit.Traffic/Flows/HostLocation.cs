using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>A host as seen from one location: at another capture point, VLAN or tunnel its packets took another
/// path.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Vlan">VLAN identifiers of its packets.</param>
/// <param name="Point">Index of the capture point.</param>
/// <param name="Tunnel">Number of the tunnel, 0 outside of any.</param>
internal readonly record struct HostLocation(IpAddress Address, VlanTags Vlan, ushort Point, ushort Tunnel)
{
    /// <summary>The host at one side of a flow.</summary>
    public static HostLocation Of(in FlowKey key, Side side) =>
        new(key.AddressOf(side), key.Vlan, key.Point, key.Tunnel);

    /// <inheritdoc />
    public bool Equals(HostLocation other) => Address == other.Address && Encapsulation == other.Encapsulation;

    /// <inheritdoc />
    public override int GetHashCode() => (int)SeededHash.Of(Address.Low, Address.High, Encapsulation);

    private ulong Encapsulation => ((ulong)Tunnel << 48) | ((ulong)Point << 32) | Vlan.Bits;
}
