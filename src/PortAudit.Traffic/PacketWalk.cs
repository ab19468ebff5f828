using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic;

/// <summary>
/// The packets of one frame, from the outermost to the one inside the innermost tunnel that is read here. Both passes over a capture walk
/// frames in this way, so that they find the same keys.
/// </summary>
internal ref struct PacketWalk
{
    /// <summary>Tunnels inside each other that are followed at most: real ones nest two or three deep; the bound keeps a hostile frame cheap.</summary>
    public const int MaximumTunnels = 8;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly TunnelTable _tunnels;
    private readonly VlanEquivalence _vlans;
    private DecodedPacket _packet;

    /// <summary>Begins at the outermost packet.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="tunnels">The tunnels of the observation.</param>
    /// <param name="vlans">VLANs that count as one.</param>
    public PacketWalk(in CapturedPacket frame, TunnelTable tunnels, VlanEquivalence vlans)
    {
        _bytes = frame.Bytes;
        _tunnels = tunnels;
        _vlans = vlans;
        PacketDecoder.Decode(frame.Bytes, frame.LinkType, frame.OriginalLength, out _packet);
        _packet.Vlan = vlans.Of(_packet.Vlan);
    }

    /// <summary>The packet at which the walk stands.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ref readonly DecodedPacket Packet => ref _packet;

    /// <summary>Tunnels around the packet.</summary>
    public int Depth { get; private set; }

    /// <summary>TCP and UDP headers outside the packet's own.</summary>
    public int Level { get; private set; }

    /// <summary>The transport payload of the packet as far as it was captured.</summary>
    public readonly ReadOnlySpan<byte> Payload => _bytes.Slice(_packet.PayloadOffset, _packet.PayloadLength);

    /// <summary>Moves to the packet that this one carries. False when it carries none, or one deeper than <see cref="MaximumTunnels"/>.</summary>
    public bool MoveInside()
    {
        if (_packet.Inner.Kind == TunnelKind.None)
            return false;
        if (Depth == MaximumTunnels)
        {
            PacketDecoder.Stop(ref _packet, DecodeLayer.Payload, DecodeReason.TooDeep);
            return false;
        }

        Depth++;
        if (_packet.Protocol == IpProtocol.Tcp || _packet.Protocol == IpProtocol.Udp)
            Level++;
        var tunnel = _tunnels.NumberOf(_packet);
        PacketDecoder.DecodeInner(_bytes, ref _packet);
        _packet.Vlan = _vlans.Of(_packet.Vlan);
        _packet.Tunnel = tunnel;
        return true;
    }
}
