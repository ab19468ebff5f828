using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Wire;

/// <summary>Decodes a frame from the outermost layer up to the first one that it cannot read, keeping the layers
/// before. Never throws, allocates nothing.</summary>
internal static class PacketDecoder
{
    /// <summary>Further link headers (VLAN tags, MPLS labels …), and IPv6 extension headers, that are followed; real
    /// frames have a few.</summary>
    public const int MaximumNesting = 16;

    /// <summary>True for a supported link type.</summary>
    public static bool Reads(LinkType linkType) => LinkDecoder.Reads(linkType);

    /// <summary>Decodes one frame.</summary>
    /// <param name="bytes">The captured frame.</param>
    /// <param name="linkType">Its link type.</param>
    /// <param name="originalLength">Its length on the wire in bytes; ignored when less than was captured.</param>
    /// <param name="packet">The result.</param>
    public static void Decode(ReadOnlySpan<byte> bytes, LinkType linkType, int originalLength, out DecodedPacket packet)
    {
        packet = default;
        if (linkType != LinkType.Ethernet || !PlainFrame.TryDecode(bytes, ref packet))
            DecodeByLayers(bytes, linkType, originalLength, ref packet);
    }

    /// <summary>Decodes any frame, layer by layer.</summary>
    internal static void DecodeByLayers(ReadOnlySpan<byte> bytes, LinkType linkType, int originalLength,
        ref DecodedPacket packet) =>
        Decode(new LayerBytes(bytes, 0, Math.Max(originalLength, bytes.Length)), linkType, ref packet);

    /// <summary>Replaces a packet by the one inside it.</summary>
    /// <param name="bytes">The bytes into which <see cref="DecodedPacket.Inner"/> points.</param>
    /// <param name="packet">The outer packet; becomes the inner one.</param>
    internal static void DecodeInner(ReadOnlySpan<byte> bytes, ref DecodedPacket packet)
    {
        var carrier = packet;
        var inner = carrier.Inner;
        var layer = new LayerBytes(bytes.Slice(inner.Offset, inner.Length), inner.Offset, inner.WireLength);

        // The VLANs of an inner packet are those of the nearest link header, possibly the frame's.
        packet = default;
        packet.Vlan = inner.LinkType == LinkType.Ethernet ? VlanTags.None.Join(inner.Vlan) : carrier.Vlan;
        if (inner.Kind == TunnelKind.AuthenticationHeader)
            DecodeNetwork(NetworkLayer.Inside(carrier, layer),
                carrier.Source.IsIpv4 ? DecodeLayer.Ipv4 : DecodeLayer.Ipv6, ref packet);
        else
            Decode(layer, inner.LinkType, ref packet);
    }

    /// <summary>Replaces a fragment by its reassembled datagram.</summary>
    /// <param name="data">Data of the datagram, into which the packet's offsets then point.</param>
    /// <param name="packet">One of its fragments; becomes the datagram.</param>
    internal static void DecodeWhole(ReadOnlySpan<byte> data, ref DecodedPacket packet)
    {
        var (fragment, layer) = (packet, packet.Source.IsIpv4 ? DecodeLayer.Ipv4 : DecodeLayer.Ipv6);
        packet = default;
        (packet.Vlan, packet.Tunnel) = (fragment.Vlan, fragment.Tunnel);
        if (NetworkLayer.TryReadWhole(fragment, new LayerBytes(data, 0, data.Length), out var network, out var reason))
            DecodeNetwork(network, layer, ref packet);
        else
            Stop(ref packet, layer, reason);
    }

    internal static void Stop(ref DecodedPacket packet, DecodeLayer layer, DecodeReason reason)
    {
        packet.StoppedAt = layer;
        packet.StopReason = reason;
    }

    private static void Decode(LayerBytes layer, LinkType linkType, ref DecodedPacket packet)
    {
        var cursor = new LinkCursor(layer, ref packet);
        if (LinkDecoder.TryReachNetwork(linkType, ref cursor))
            DecodeEtherType(cursor.Next, cursor.Layer, ref packet);
        else
            Stop(ref packet, DecodeLayer.Link, cursor.Reason);
    }

    private static void DecodeEtherType(ushort etherType, LayerBytes layer, ref DecodedPacket packet)
    {
        switch (etherType)
        {
            case EtherType.Ipv4:
                if (NetworkLayer.TryReadIpv4(layer, out var ipv4, out var reason))
                    DecodeNetwork(ipv4, DecodeLayer.Ipv4, ref packet);
                else
                    Stop(ref packet, DecodeLayer.Ipv4, reason);
                break;
            case EtherType.Ipv6:
                if (NetworkLayer.TryReadIpv6(layer, out var ipv6, out reason))
                    DecodeNetwork(ipv6, DecodeLayer.Ipv6, ref packet);
                else
                    Stop(ref packet, DecodeLayer.Ipv6, reason);
                break;
            default:
                Stop(ref packet, DecodeLayer.Link, DecodeReason.NotDecoded);
                break;
        }
    }

    private static void DecodeNetwork(in NetworkLayer network, DecodeLayer layer, ref DecodedPacket packet)
    {
        packet.HasNetwork = true;
        packet.IsFragment = network.IsFragment;
        packet.Fragment = network.Fragment;
        packet.TimeToLive = network.TimeToLive;
        packet.Identification = network.Identification;
        packet.Source = network.Source;
        packet.Destination = network.Destination;
        packet.Protocol = network.Protocol;
        if (network.IsLaterFragment)
            Stop(ref packet, layer, DecodeReason.LaterFragment);
        else
            TransportDecoder.Decode(network, layer, ref packet);
    }
}
