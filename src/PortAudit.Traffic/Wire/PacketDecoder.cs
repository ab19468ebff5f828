using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Wire;

/// <summary>
/// Reads a frame outside in, stops at the first layer that it cannot read, and keeps what came before. It never throws for
/// any bytes and allocates nothing.
/// </summary>
public static class PacketDecoder
{
    /// <summary>Link headers behind the first (VLAN tags, MPLS labels …), and IPv6 extension headers, that are followed at most: real frames have a few of either; the bound keeps a hostile one cheap.</summary>
    public const int MaximumNesting = 16;

    /// <summary>True for a link type whose frames are decoded.</summary>
    public static bool Reads(LinkType linkType) => LinkDecoder.Reads(linkType);

    /// <summary>Decodes one frame.</summary>
    /// <param name="bytes">The frame as far as it was captured.</param>
    /// <param name="linkType">Its link type.</param>
    /// <param name="originalLength">Its length on the wire in bytes; when less than was captured, the latter counts.</param>
    /// <param name="packet">What could be read.</param>
    public static void Decode(ReadOnlySpan<byte> bytes, LinkType linkType, int originalLength, out DecodedPacket packet)
    {
        packet = default;
        var layer = new LayerBytes(bytes, 0, Math.Max(originalLength, bytes.Length));
        if (LinkDecoder.TryReachNetwork(linkType, ref layer, ref packet, out var etherType, out var reason))
            DecodeEtherType(etherType, layer, ref packet);
        else
            Stop(ref packet, DecodeLayer.Link, reason);
    }

    /// <summary>Records where and why decoding ended.</summary>
    internal static void Stop(ref DecodedPacket packet, DecodeLayer layer, DecodeReason reason)
    {
        packet.StoppedAt = layer;
        packet.StopReason = reason;
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
