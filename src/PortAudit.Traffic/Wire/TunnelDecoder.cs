using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Wire;

/// <summary>
/// Finds the packet that another carries. Tunnels over IP are known by their protocol number; those over UDP by their registered port,
/// and only when the bytes are a header of theirs. What is no tunnel after all stays an ordinary payload.
/// </summary>
internal static class TunnelDecoder
{
    // IP protocol numbers (IANA "Assigned Internet Protocol Numbers").
    private const byte Ipv4 = 4;
    private const byte Ipv6 = 41;
    private const byte Gre = 47;
    private const byte AuthenticationHeaderNumber = 51;
    private const byte EtherIp = 97;

    // UDP ports (IANA "Service Name and Transport Protocol Port Number Registry").
    private const ushort L2tpPort = 1701;
    private const ushort GtpUserPort = 2152;
    private const ushort TeredoPort = 3544;
    private const ushort GreInUdpPort = 4754;
    private const ushort VxlanPort = 4789;
    private const ushort VxlanGpePort = 4790;
    private const ushort GenevePort = 6081;

    /// <summary>The port of VXLAN before it was registered, which Linux still takes by default.</summary>
    private const ushort EarlyVxlanPort = 8472;

    /// <summary>Ethernet frames as a protocol type of GRE and Geneve (RFC 1701; RFC 8926 §3.4).</summary>
    private const ushort TransparentEthernet = 0x6558;

    /// <summary>PPP as a protocol type of GRE without PPTP's enhancements (RFC 1701).</summary>
    private const ushort PppInGre = 0x880B;

    // Frames of 802.11 between access points of Aruba and their controller, as protocol types of GRE: 0x8200, 0x8210 and so on to 0x8370, by the queue (Wireshark, packet-gre.c).
    private const ushort FirstArubaFrame = 0x8200;
    private const ushort LastArubaFrame = 0x8370;
    private const ushort OutsideArubaFrames = 0x008F;

    /// <summary>Packets that the Web Cache Communication Protocol redirects, as a protocol type of GRE (draft-mclaggan-wccp-v2rev1).</summary>
    private const ushort Wccp = 0x883E;

    /// <summary>Length of the redirect header of WCCP version 2, in bytes; version 1 has none.</summary>
    private const int WccpRedirectLength = 4;

    private static readonly LinkType RawIpv4 = new(228);
    private static readonly LinkType RawIpv6 = new(229);
    private static readonly LinkType Ppp = new(9);
    private static readonly LinkType Ieee80211 = new(105);

    /// <summary>Looks into the payload of IP by its protocol. True when a packet was found.</summary>
    public static bool TryFind(LayerBytes payload, ref DecodedPacket packet)
    {
        switch (packet.Protocol.Value)
        {
            case Ipv4:
                return Set(packet.Source.IsIpv4 ? TunnelKind.IpInIp : TunnelKind.Ipv4InIpv6, RawIpv4, payload, ref packet);
            case Ipv6:
                return Set(packet.Source.IsIpv4 ? TunnelKind.Ipv6InIpv4 : TunnelKind.IpInIp, RawIpv6, payload, ref packet);
            case Gre:
                return GreHeader.VersionOf(payload.Bytes) == PptpGreHeader.Version ? TryFindInPptp(payload, ref packet) : TryFindInGre(payload, ref packet);
            case AuthenticationHeaderNumber:
                return TryFindBehindAuthentication(payload, ref packet);
            case EtherIp:
                return EtherIpHeader.TryParse(payload.Bytes, out var header, out _)
                    && Set(TunnelKind.EtherIp, LinkType.Ethernet, payload.Inner(header.Payload, EtherIpHeader.HeaderLength), ref packet);
            default:
                return false;
        }
    }

    /// <summary>Looks into the payload of UDP by its ports.</summary>
    public static void FindInDatagram(LayerBytes payload, ref DecodedPacket packet)
    {
        if (!FindByPort(packet.DestinationPort, payload, ref packet))
            FindByPort(packet.SourcePort, payload, ref packet);
    }

    /// <summary>True for a port behind which <see cref="FindInDatagram"/> looks for a packet.</summary>
    public static bool IsTunnelPort(ushort port) =>
        port is VxlanPort or EarlyVxlanPort or VxlanGpePort or GreInUdpPort or GenevePort or TeredoPort or L2tpPort or GtpUserPort;

    private static bool FindByPort(ushort port, LayerBytes payload, ref DecodedPacket packet) => port switch
    {
        VxlanPort or EarlyVxlanPort => TryFindInVxlan(payload, ref packet),
        VxlanGpePort => TryFindInVxlanGpe(payload, ref packet),
        GreInUdpPort => TryFindInGreOverUdp(payload, ref packet),
        GenevePort => TryFindInGeneve(payload, ref packet),
        TeredoPort => TryFindInTeredo(payload, ref packet),
        L2tpPort => TryFindInL2tp(payload, ref packet),
        GtpUserPort => TryFindInGtp(payload, ref packet),
        _ => false,
    };

    private static bool TryFindInGre(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!GreHeader.TryParse(layer.Bytes, out var header, out _))
            return false;
        var payload = layer.Inner(header.Payload, header.HeaderLength);
        var key = header.HasKey ? header.Key : (uint?)null;
        return header.ProtocolType switch
        {
            EtherType.Ipv4 => Set(TunnelKind.Gre, RawIpv4, payload, ref packet, key),
            EtherType.Ipv6 => Set(TunnelKind.Gre, RawIpv6, payload, ref packet, key),
            TransparentEthernet => Set(TunnelKind.Gre, LinkType.Ethernet, payload, ref packet, key),
            Wccp => TryFindInWccp(payload, ref packet, key),
            PppInGre => Set(TunnelKind.Gre, Ppp, payload, ref packet, key),
            ErspanHeader.ProtocolType when !header.HasSequence => Set(TunnelKind.Erspan, LinkType.Ethernet, payload, ref packet),
            ErspanHeader.ProtocolType or ErspanHeader.ProtocolTypeIII => TryFindInErspan(payload, ref packet),
            >= FirstArubaFrame and <= LastArubaFrame when (header.ProtocolType & OutsideArubaFrames) == 0 => Set(TunnelKind.Gre, Ieee80211, payload, ref packet, key),
            _ => false,
        };
    }

    /// <summary>GRE in UDP (RFC 8086). Nearly any bytes can be its header, and older systems give the port to clients, so that a packet of IP has to follow that is of the version which the header says.</summary>
    private static bool TryFindInGreOverUdp(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!GreHeader.TryParse(layer.Bytes, out var header, out _))
            return false;
        var isSound = header.ProtocolType == TransparentEthernet ? CarriesIp(header.Payload) : header.ProtocolType == IpVersion.ToEtherType(header.Payload);
        return isSound && TryFindInGre(layer, ref packet);
    }

    /// <summary>Nothing tells the versions of WCCP apart but that the redirect header does not begin like an IPv4 packet.</summary>
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
            return Set(TunnelKind.Erspan, LinkType.Ethernet, payload, ref packet, header.SessionId);
        return header.FrameType == ErspanHeader.IpFrameType && TrySetIp(TunnelKind.Erspan, payload, ref packet, header.SessionId);
    }

    private static bool TryFindInPptp(LayerBytes layer, ref DecodedPacket packet) =>
        PptpGreHeader.TryParse(layer.Bytes, out var header, out _) && header.AnnouncedPayloadLength > 0
        && Set(TunnelKind.Pptp, Ppp, layer.Inner(header.Payload, header.HeaderLength, header.AnnouncedPayloadLength), ref packet);

    private static bool TryFindBehindAuthentication(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!AuthenticationHeader.TryParse(layer.Bytes, out var header, out _))
            return false;
        Set(TunnelKind.AuthenticationHeader, RawIpv4, layer.Inner(header.Payload, header.HeaderLength), ref packet);
        packet.Inner = packet.Inner with { Protocol = new IpProtocol(header.NextHeader) };
        return true;
    }

    private static bool TryFindInVxlan(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!VxlanHeader.TryParse(layer.Bytes, out var header, out _))
            return false;
        if (header.IsExtended)
            return TryFindInVxlanGpe(layer, ref packet);
        var isSound = !header.HasReservedBits || CarriesIp(header.Payload);
        return isSound && Set(TunnelKind.Vxlan, LinkType.Ethernet, layer.Inner(header.Payload, VxlanHeader.HeaderLength), ref packet, header.Vni);
    }

    /// <summary>True for an Ethernet frame with a packet of IP in it, where more than a port has to speak for a tunnel: a receiver of VXLAN ignores reserved bits (RFC 7348 §5), and some senders set them.</summary>
    private static bool CarriesIp(ReadOnlySpan<byte> bytes) =>
        EthernetFrame.TryParse(bytes, out var frame, out _) && frame.EtherType is EtherType.Ipv4 or EtherType.Ipv6 && frame.EtherType == IpVersion.ToEtherType(frame.Payload);

    private static bool TryFindInVxlanGpe(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!VxlanHeader.TryParse(layer.Bytes, out var header, out _))
            return false;
        var payload = layer.Inner(header.Payload, VxlanHeader.HeaderLength);
        return header.NextProtocol switch
        {
            VxlanHeader.NextIpv4 => Set(TunnelKind.Vxlan, RawIpv4, payload, ref packet, header.Vni),
            VxlanHeader.NextIpv6 => Set(TunnelKind.Vxlan, RawIpv6, payload, ref packet, header.Vni),
            VxlanHeader.NextEthernet => Set(TunnelKind.Vxlan, LinkType.Ethernet, payload, ref packet, header.Vni),
            _ => false,
        };
    }

    private static bool TryFindInGeneve(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!GeneveHeader.TryParse(layer.Bytes, out var header, out _) || header.HasReservedBits)
            return false;
        var payload = layer.Inner(header.Payload, header.HeaderLength);
        return header.ProtocolType switch
        {
            EtherType.Ipv4 => Set(TunnelKind.Geneve, RawIpv4, payload, ref packet, header.Vni),
            EtherType.Ipv6 => Set(TunnelKind.Geneve, RawIpv6, payload, ref packet, header.Vni),
            TransparentEthernet => Set(TunnelKind.Geneve, LinkType.Ethernet, payload, ref packet, header.Vni),
            _ => false,
        };
    }

    private static bool TryFindInTeredo(LayerBytes layer, ref DecodedPacket packet) =>
        TeredoHeaders.TryParse(layer.Bytes, out var headers, out _)
        && Set(TunnelKind.Teredo, RawIpv6, layer.Inner(headers.Payload, headers.HeaderLength), ref packet);

    private static bool TryFindInL2tp(LayerBytes layer, ref DecodedPacket packet) =>
        L2tpHeader.TryParse(layer.Bytes, out var header, out _) && !header.IsControl && !header.HasReservedBits
        && Set(TunnelKind.L2tp, Ppp, layer.Inner(header.Payload, header.HeaderLength, header.AnnouncedPayloadLength), ref packet);

    private static bool TryFindInGtp(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!GtpUserHeader.TryParse(layer.Bytes, out var header, out _) || header.MessageType != GtpUserHeader.UserPacket
            || header.HasReservedBits || header.HeaderLength + header.AnnouncedPayloadLength > layer.WireLength)
        {
            return false;
        }

        return TrySetIp(TunnelKind.GtpUser, layer.Inner(header.Payload, header.HeaderLength, header.AnnouncedPayloadLength), ref packet);
    }

    /// <summary>Takes a payload that does not say which IP it is: the packet's version does.</summary>
    private static bool TrySetIp(TunnelKind kind, LayerBytes payload, ref DecodedPacket packet, uint? number = null) => IpVersion.ToEtherType(payload.Bytes) switch
    {
        EtherType.Ipv4 => Set(kind, RawIpv4, payload, ref packet, number),
        EtherType.Ipv6 => Set(kind, RawIpv6, payload, ref packet, number),
        _ => false,
    };

    private static bool Set(TunnelKind kind, LinkType linkType, LayerBytes payload, ref DecodedPacket packet, uint? number = null)
    {
        if (payload.Bytes.IsEmpty)
            return false;
        packet.Inner = new InnerPacket(kind, number ?? 0, number.HasValue, linkType, default, payload.Offset, payload.Bytes.Length, payload.WireLength);
        return true;
    }
}
