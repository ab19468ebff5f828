using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Wire;

/// <summary>Notes where a packet stands that a tunnel carries, for <see cref="TunnelDecoder"/> and
/// <see cref="DatagramTunnelDecoder"/>.</summary>
internal static class CarriedPacket
{
    /// <summary>An IPv4 packet.</summary>
    public static readonly LinkType RawIpv4 = new(LinkNumber.Ipv4);

    /// <summary>An IPv6 packet.</summary>
    public static readonly LinkType RawIpv6 = new(LinkNumber.Ipv6);

    /// <summary>A frame of PPP.</summary>
    public static readonly LinkType Ppp = new(LinkNumber.Ppp);

    /// <summary>Logical link control.</summary>
    public static readonly LinkType Llc = new(LinkNumber.AtmRfc1483);

    /// <summary>A frame of IEEE 802.11.</summary>
    public static readonly LinkType Ieee80211 = new(LinkNumber.Ieee80211);

    /// <summary>The same behind a Prism header.</summary>
    public static readonly LinkType Prism = new(LinkNumber.Ieee80211Prism);

    /// <summary>The same behind a header of AVS.</summary>
    public static readonly LinkType Avs = new(LinkNumber.Ieee80211Avs);

    /// <summary>An MPLS label stack.</summary>
    public static readonly LinkType Mpls = new(LinkNumber.Mpls);

    /// <summary>Takes a payload that does not say which IP it is: the packet's version does.</summary>
    public static bool TrySetIp(TunnelKind kind, LayerBytes payload, ref DecodedPacket packet,
        uint? number = null) => IpVersion.ToEtherType(payload.Bytes) switch
        {
            EtherType.Ipv4 => Set(kind, RawIpv4, payload, ref packet, number),
            EtherType.Ipv6 => Set(kind, RawIpv6, payload, ref packet, number),
            _ => false,
        };

    /// <summary>Takes a payload that an EtherType names; behind a Network Service Header what that names.</summary>
    public static bool TrySetByType(TunnelKind kind, ushort etherType, LayerBytes payload, ref DecodedPacket packet,
        uint? number)
    {
        switch (etherType)
        {
            case EtherType.Ipv4:
                return Set(kind, RawIpv4, payload, ref packet, number);
            case EtherType.Ipv6:
                return Set(kind, RawIpv6, payload, ref packet, number);
            case EtherType.TransparentEthernet:
                return Set(kind, LinkType.Ethernet, payload, ref packet, number);
            case EtherType.Mpls or EtherType.MplsMulticast:
                return Set(kind, Mpls, payload, ref packet, number);
            case EtherType.Nsh:
                return NshHeader.TryParse(payload.Bytes, out var header, out _)
                    && TrySetByType(kind, header.EtherType, payload.Inner(header.Payload, header.HeaderLength),
                        ref packet, number);
            default:
                return false;
        }
    }

    /// <summary>True for a packet of IP that fills its layer: where a port alone does not prove a tunnel, as older
    /// systems give that port to clients.</summary>
    public static bool FillsWithIp(LayerBytes layer)
    {
        if (IpVersion.ToEtherType(layer.Bytes) == EtherType.Ipv4)
            return Ipv4Packet.TryParse(layer.Bytes, out var ipv4, out _) && ipv4.TotalLength == layer.WireLength;
        return Ipv6Packet.TryParse(layer.Bytes, out var ipv6, out _)
            && Ipv6Packet.HeaderLength + ipv6.PayloadLength == layer.WireLength;
    }

    /// <summary>True for an Ethernet frame with a packet of IP in it, likewise.</summary>
    public static bool IsFrameOfIp(ReadOnlySpan<byte> bytes) =>
        EthernetFrame.TryParse(bytes, out var frame, out _) && frame.EtherType is EtherType.Ipv4 or EtherType.Ipv6
        && frame.EtherType == IpVersion.ToEtherType(frame.Payload);

    /// <summary>Takes a payload whose first header is known. False when there is none.</summary>
    public static bool Set(TunnelKind kind, LinkType linkType, LayerBytes payload, ref DecodedPacket packet,
        uint? number = null)
    {
        if (payload.Bytes.IsEmpty)
            return false;
        packet.Inner = new InnerPacket(kind, number ?? 0, number.HasValue, linkType, default, payload.Offset,
            payload.Bytes.Length, payload.WireLength);
        return true;
    }
}
