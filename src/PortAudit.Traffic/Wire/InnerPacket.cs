using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Wire;

/// <summary>A packet inside a tunnel: its position in the frame, and the tunnel.</summary>
/// <param name="Kind">The tunnel; none when there is no inner packet.</param>
/// <param name="Number">VNI, session or key that identifies the tunnel in both directions; 0 without one.</param>
/// <param name="HasNumber">True when <paramref name="Number"/> is set.</param>
/// <param name="LinkType">Link type of the inner packet. Undefined for an Authentication Header, which the transport
/// follows.</param>
/// <param name="Protocol">Protocol after an Authentication Header.</param>
/// <param name="Offset">Offset of its first byte in the frame.</param>
/// <param name="Length">Captured bytes.</param>
/// <param name="WireLength">Bytes on the wire.</param>
/// <param name="Vlan">VLAN whose tag was removed before encapsulation, as in <see cref="VlanTags.Outer"/>: 0 for
/// none.</param>
internal readonly record struct InnerPacket(
    TunnelKind Kind, uint Number, bool HasNumber, LinkType LinkType, IpProtocol Protocol, int Offset, int Length,
    int WireLength, ushort Vlan = 0);
