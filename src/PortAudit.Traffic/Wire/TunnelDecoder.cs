using PortAudit.Traffic.Capture;
using static PortAudit.Traffic.Wire.CarriedPacket;

namespace PortAudit.Traffic.Wire;

/// <summary>Finds the packet inside an IP packet, by protocol number plus a valid header; anything else stays an
/// ordinary payload. For UDP see <see cref="DatagramTunnelDecoder"/>.</summary>
internal static class TunnelDecoder
{
    // IP protocol numbers (IANA "Assigned Internet Protocol Numbers").
    private const byte Ipv4 = 4;
    private const byte Ipv6 = 41;
    private const byte Gre = 47;
    private const byte AuthenticationHeaderNumber = 51;
    private const byte EtherIp = 97;
    private const byte Pim = 103;
    private const byte MplsInIp = 137;

    /// <summary>GRE protocol type of PPP, without PPTP's enhancements (RFC 1701).</summary>
    private const ushort PppInGre = 0x880B;

    // GRE protocol types of 802.11 frames between Aruba access points and their controller: 0x8200, 0x8210 … 0x8370, by
    // queue (Wireshark, packet-gre.c).
    private const ushort FirstArubaFrame = 0x8200;
    private const ushort LastArubaFrame = 0x8370;
    private const ushort OutsideArubaFrames = 0x008F;

    /// <summary>GRE protocol type of packets redirected by WCCP (draft-mclaggan-wccp-v2rev1).</summary>
    private const ushort Wccp = 0x883E;

    /// <summary>Length of the WCCP version 2 redirect header, in bytes; version 1 has none.</summary>
    private const int WccpRedirectLength = 4;

    /// <summary>Examines an IP payload by its protocol. True when a packet was found.</summary>
    public static bool TryFind(LayerBytes payload, ref DecodedPacket packet)
    {
        switch (packet.Protocol.Value)
        {
            case Ipv4:
                return Set(packet.Source.IsIpv4 ? TunnelKind.IpInIp : TunnelKind.Ipv4InIpv6, RawIpv4, payload,
                    ref packet);
            case Ipv6:
                return Set(packet.Source.IsIpv4 ? TunnelKind.Ipv6InIpv4 : TunnelKind.IpInIp, RawIpv6, payload,
                    ref packet);
            case Gre:
                return GreHeader.VersionOf(payload.Bytes) == PptpGreHeader.Version
                    ? TryFindInPptp(payload, ref packet)
                    : TryFindInGre(payload, ref packet);
            case AuthenticationHeaderNumber:
                return TryFindBehindAuthentication(payload, ref packet);
            case EtherIp:
                return EtherIpHeader.TryParse(payload.Bytes, out var header, out _)
                    && Set(TunnelKind.EtherIp, LinkType.Ethernet,
                        payload.Inner(header.Payload, EtherIpHeader.HeaderLength), ref packet);
            case Pim:
                return PimRegisterHeader.TryParse(payload.Bytes, out var register, out _) && !register.IsNull
                    && TrySetIp(TunnelKind.PimRegister, payload.Inner(register.Payload, PimRegisterHeader.HeaderLength),
                        ref packet);
            case MplsInIp:
                return Set(TunnelKind.Mpls, Mpls, payload, ref packet);
            default:
                return false;
        }
    }

    /// <summary>Examines GRE version 0.</summary>
    public static bool TryFindInGre(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!GreHeader.TryParse(layer.Bytes, out var header, out _))
            return false;
        var payload = layer.Inner(header.Payload, header.HeaderLength);
        if (header.IsNvgre)
            return Set(TunnelKind.Nvgre, LinkType.Ethernet, payload, ref packet, header.VirtualSubnet);
        var key = header.HasKey ? header.Key : (uint?)null;
        return header.ProtocolType switch
        {
            Wccp => TryFindInWccp(payload, ref packet, key),
            PppInGre => Set(TunnelKind.Gre, Ppp, payload, ref packet, key),
            ErspanHeader.ProtocolType when !header.HasSequence =>
                Set(TunnelKind.Erspan, LinkType.Ethernet, payload, ref packet),
            ErspanHeader.ProtocolType or ErspanHeader.ProtocolTypeIII => TryFindInErspan(payload, ref packet),
            >= FirstArubaFrame and <= LastArubaFrame when (header.ProtocolType & OutsideArubaFrames) == 0 =>
                Set(TunnelKind.Gre, Ieee80211, payload, ref packet, key),
            _ => TrySetByType(TunnelKind.Gre, header.ProtocolType, payload, ref packet, key),
        };
    }

    /// <summary>The WCCP versions differ only in the redirect header, which does not begin like an IPv4
    /// packet.</summary>
    private static bool TryFindInWccp(LayerBytes payload, ref DecodedPacket packet, uint? key)
    {
        if (IpVersion.ToEtherType(payload.Bytes) != EtherType.Ipv4 && payload.Bytes.Length > WccpRedirectLength)
            payload = payload.Inner(payload.Bytes[WccpRedirectLength..], WccpRedirectLength);
        return TrySetIp(TunnelKind.Gre, payload, ref packet, key);
    }

    private static bool TryFindInErspan(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!ErspanHeader.TryParse(layer.Bytes, out var header, out _))
            return false;
        var payload = layer.Inner(header.Payload, header.HeaderLength);
        if (header.FrameType == ErspanHeader.EthernetFrameType)
            return TrySetMirrored(header, payload, ref packet);
        return header.FrameType == ErspanHeader.IpFrameType
            && TrySetIp(TunnelKind.Erspan, payload, ref packet, header.SessionId);
    }

    private static bool TrySetMirrored(ErspanHeader header, LayerBytes payload, ref DecodedPacket packet)
    {
        if (!Set(TunnelKind.Erspan, LinkType.Ethernet, payload, ref packet, header.SessionId))
            return false;
        if (header.TakenVlan != VlanTag.NullIdentifier)
            packet.Inner = packet.Inner with { Vlan = VlanTags.None.Push(header.TakenVlan).Outer };
        return true;
    }

    private static bool TryFindInPptp(LayerBytes layer, ref DecodedPacket packet) =>
        PptpGreHeader.TryParse(layer.Bytes, out var header, out _) && header.AnnouncedPayloadLength > 0
        && Set(TunnelKind.Pptp, Ppp, layer.Inner(header.Payload, header.HeaderLength, header.AnnouncedPayloadLength),
            ref packet);

    private static bool TryFindBehindAuthentication(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!AuthenticationHeader.TryParse(layer.Bytes, out var header, out _))
            return false;
        Set(TunnelKind.AuthenticationHeader, RawIpv4, layer.Inner(header.Payload, header.HeaderLength), ref packet);
        packet.Inner = packet.Inner with { Protocol = new IpProtocol(header.NextHeader) };
        return true;
    }
}
