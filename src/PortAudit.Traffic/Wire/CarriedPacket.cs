using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Wire;

/// <summary>Records the position of a packet inside a tunnel, for <see cref="TunnelDecoder"/> and
/// <see cref="DatagramTunnelDecoder"/>.</summary>
internal static class CarriedPacket
{
    public static readonly LinkType RawIpv4 = new(LinkNumber.Ipv4);

    public static readonly LinkType RawIpv6 = new(LinkNumber.Ipv6);

    public static readonly LinkType Ppp = new(LinkNumber.Ppp);

    public static readonly LinkType Llc = new(LinkNumber.AtmRfc1483);

    public static readonly LinkType Ieee80211 = new(LinkNumber.Ieee80211);

    /// <summary>An IEEE 802.11 frame after a Prism header.</summary>
    public static readonly LinkType Prism = new(LinkNumber.Ieee80211Prism);

    /// <summary>An IEEE 802.11 frame after an AVS header.</summary>
    public static readonly LinkType Avs = new(LinkNumber.Ieee80211Avs);

    public static readonly LinkType Mpls = new(LinkNumber.Mpls);

    /// <summary>Sets a payload of IP whose version only the packet itself gives.</summary>
    public static bool TrySetIp(TunnelKind kind, LayerBytes payload, ref DecodedPacket packet,
        uint? number = null) => IpVersion.ToEtherType(payload.Bytes) switch
        {
            EtherType.Ipv4 => Set(kind, RawIpv4, payload, ref packet, number),
            EtherType.Ipv6 => Set(kind, RawIpv6, payload, ref packet, number),
            _ => false,
        };

    /// <summary>Sets a payload by its EtherType; after a Network Service Header by the type in it.</summary>
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

    /// <summary>True for an IP packet that fills its layer: used where a port alone proves no tunnel, because older
    /// systems use it for clients.</summary>
    public static bool FillsWithIp(LayerBytes layer)
    {
        if (IpVersion.ToEtherType(layer.Bytes) == EtherType.Ipv4)
            return Ipv4Packet.TryParse(layer.Bytes, out var ipv4, out _) && ipv4.TotalLength == layer.WireLength;
        return Ipv6Packet.TryParse(layer.Bytes, out var ipv6, out _)
            && Ipv6Packet.HeaderLength + ipv6.PayloadLength == layer.WireLength;
    }

    /// <summary>True for an Ethernet frame containing such an IP packet.</summary>
    public static bool IsFrameOfIp(ReadOnlySpan<byte> bytes) =>
        EthernetFrame.TryParse(bytes, out var frame, out _) && frame.EtherType is EtherType.Ipv4 or EtherType.Ipv6
        && frame.EtherType == IpVersion.ToEtherType(frame.Payload);

    /// <summary>Sets a payload with a known first header. False when it is empty.</summary>
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
