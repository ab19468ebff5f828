using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Wire;

/// <summary>Where in a frame the packet stands that a tunnel carries, and which tunnel it is.</summary>
/// <param name="Kind">The tunnel; none when the packet carries no other.</param>
/// <param name="Number">What tells tunnels of the kind apart in both directions: VNI, session or key; 0 where there is
/// no such number.</param>
/// <param name="HasNumber">True when <paramref name="Number"/> is one.</param>
/// <param name="LinkType">How the inner packet begins. Meaningless for an Authentication Header, behind which the
/// transport follows.</param>
/// <param name="Protocol">What follows an Authentication Header.</param>
/// <param name="Offset">Offset of its first byte in the frame.</param>
/// <param name="Length">Captured bytes.</param>
/// <param name="WireLength">Bytes on the wire.</param>
/// <param name="Vlan">The VLAN whose tag was taken from the frame before it was carried, as in
/// <see cref="VlanTags.Outer"/>: 0 for none.</param>
internal readonly record struct InnerPacket(
    TunnelKind Kind, uint Number, bool HasNumber, LinkType LinkType, IpProtocol Protocol, int Offset, int Length,
    int WireLength, ushort Vlan = 0);
