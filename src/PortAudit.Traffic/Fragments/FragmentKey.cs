using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Fragments;

/// <summary>The key shared by the fragments of a datagram (RFC 791 §3.2; RFC 8200 §4.5, which excludes the protocol),
/// and where they were seen.</summary>
internal readonly record struct FragmentKey(
    IpAddress Source, IpAddress Destination, uint Identification, VlanTags Vlan, ushort Point, ushort Tunnel,
    byte Header)
{
    public static FragmentKey Of(in DecodedPacket packet, ushort point)
    {
        var fragment = packet.Fragment;
        return new FragmentKey(
            packet.Source, packet.Destination, fragment.Identification, packet.Vlan, point, packet.Tunnel,
            packet.Source.IsIpv4 ? fragment.Header : (byte)0);
    }

    /// <inheritdoc />
    public override int GetHashCode() =>
        HashCode.Combine(Source.High, Source.Low, Destination.Low, Identification, Header);
}
