using PortAudit.Traffic.Capture;
using static PortAudit.Traffic.Wire.CarriedPacket;

namespace PortAudit.Traffic.Wire;

/// <summary>Finds the packet inside a UDP datagram. Tunnels are recognised by registered port plus a valid header;
/// anything else stays an ordinary payload.</summary>
internal static class DatagramTunnelDecoder
{
    // UDP ports (IANA "Service Name and Transport Protocol Port Number Registry").
    private const ushort L2tpPort = 1701;
    private const ushort GtpUserPort = 2152;
    private const ushort TeredoPort = 3544;
    private const ushort LispDataPort = 4341;
    private const ushort LispControlPort = 4342;
    private const ushort GreInUdpPort = 4754;
    private const ushort VxlanPort = 4789;
    private const ushort AyiyaPort = 5072; // IANA
    private const ushort VxlanGpePort = 4790;
    private const ushort CapwapDataPort = 5247;
    private const ushort GenevePort = 6081;
    private const ushort MplsInUdpPort = 6635;
    private const ushort TzspPort = 37008;

    /// <summary>VXLAN's port before registration, still the default in Linux.</summary>
    private const ushort EarlyVxlanPort = 8472;

    /// <summary>LISP's encapsulated control message: type in the upper half of the first byte, without the security bit
    /// (RFC 9301 §5.8).</summary>
    private const byte EncapsulatedControl = 0x80;
    private const byte EncapsulatedControlMask = 0xF8;
    private const int EncapsulatedControlLength = 4;

    /// <summary>Examines a UDP payload by its ports.</summary>
    public static void Find(LayerBytes payload, ref DecodedPacket packet)
    {
        if (!FindByPort(packet.DestinationPort, payload, ref packet))
            FindByPort(packet.SourcePort, payload, ref packet);
    }

    /// <summary>True for a port that <see cref="Find"/> examines.</summary>
    public static bool IsTunnelPort(ushort port) =>
        port is VxlanPort or EarlyVxlanPort or VxlanGpePort or GreInUdpPort or GenevePort or TeredoPort or L2tpPort
            or GtpUserPort
            or LispDataPort or LispControlPort or CapwapDataPort or MplsInUdpPort or TzspPort
            or AyiyaPort;

    private static bool FindByPort(ushort port, LayerBytes payload, ref DecodedPacket packet) => port switch
    {
        VxlanPort or EarlyVxlanPort => TryFindInVxlan(payload, ref packet),
        VxlanGpePort => TryFindInVxlanGpe(payload, ref packet),
        GreInUdpPort => TryFindInGreOverUdp(payload, ref packet),
        GenevePort => TryFindInGeneve(payload, ref packet),
        TeredoPort => TryFindInTeredo(payload, ref packet),
        L2tpPort => TryFindInL2tp(payload, ref packet),
        GtpUserPort => TryFindInGtp(payload, ref packet),
        LispDataPort => TryFindInLisp(payload, ref packet),
        LispControlPort => TryFindInLispControl(payload, ref packet),
        CapwapDataPort => TryFindInCapwap(payload, ref packet),
        MplsInUdpPort => TryFindInMpls(payload, ref packet),
        TzspPort => TryFindInTzsp(payload, ref packet),
        AyiyaPort => TryFindInAyiya(payload, ref packet),
        _ => false,
    };

    /// <summary>GRE in UDP (RFC 8086). Nearly any bytes are a valid header, and older systems use the port for clients,
    /// so an IP packet of the stated version must follow.</summary>
    private static bool TryFindInGreOverUdp(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!GreHeader.TryParse(layer.Bytes, out var header, out _))
            return false;
        var isSound = header.ProtocolType == EtherType.TransparentEthernet
            ? IsFrameOfIp(header.Payload)
            : header.ProtocolType == IpVersion.ToEtherType(header.Payload);
        return isSound && TunnelDecoder.TryFindInGre(layer, ref packet);
    }

    private static bool TryFindInVxlan(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!VxlanHeader.TryParse(layer.Bytes, out var header, out _))
            return false;
        if (header.IsExtended)
            return TryFindInVxlanGpe(layer, ref packet);
        // Receivers ignore reserved bits (RFC 7348 §5), and some senders set them: then the port alone is not enough.
        var isSound = !header.HasReservedBits || IsFrameOfIp(header.Payload);
        return isSound && Set(TunnelKind.Vxlan, LinkType.Ethernet,
            layer.Inner(header.Payload, VxlanHeader.HeaderLength), ref packet, header.Vni);
    }

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
            VxlanHeader.NextNsh => TrySetByType(TunnelKind.Vxlan, EtherType.Nsh, payload, ref packet, header.Vni),
            _ => false,
        };
    }

    private static bool TryFindInGeneve(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!GeneveHeader.TryParse(layer.Bytes, out var header, out _) || header.HasReservedBits)
            return false;
        return TrySetByType(TunnelKind.Geneve, header.ProtocolType, layer.Inner(header.Payload, header.HeaderLength),
            ref packet, header.Vni);
    }

    private static bool TryFindInTeredo(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!TeredoHeaders.TryParse(layer.Bytes, out var headers, out _))
            return false;
        var payload = layer.Inner(headers.Payload, headers.HeaderLength);
        return TeredoPacket.TryParse(payload.Bytes, payload.WireLength, out _, out _)
            && Set(TunnelKind.Teredo, RawIpv6, payload, ref packet);
    }

    private static bool TryFindInL2tp(LayerBytes layer, ref DecodedPacket packet) =>
        L2tpHeader.TryParse(layer.Bytes, out var header, out _) && !header.IsControl && !header.HasReservedBits
        && Set(TunnelKind.L2tp, Ppp, layer.Inner(header.Payload, header.HeaderLength, header.AnnouncedPayloadLength),
            ref packet);

    private static bool TryFindInGtp(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!GtpUserHeader.TryParse(layer.Bytes, out var header, out _)
            || header.MessageType != GtpUserHeader.UserPacket
            || header.HasReservedBits || header.HeaderLength + header.AnnouncedPayloadLength > layer.WireLength)
        {
            return false;
        }

        return TrySetIp(TunnelKind.GtpUser,
            layer.Inner(header.Payload, header.HeaderLength, header.AnnouncedPayloadLength), ref packet);
    }

    private static bool TryFindInLisp(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!LispHeader.TryParse(layer.Bytes, out var header, out _))
            return false;
        var payload = layer.Inner(header.Payload, LispHeader.HeaderLength);
        return FillsWithIp(payload)
            && TrySetIp(TunnelKind.Lisp, payload, ref packet, header.HasInstance ? header.Instance : null);
    }

    private static bool TryFindInLispControl(LayerBytes layer, ref DecodedPacket packet)
    {
        if (layer.Bytes.Length < EncapsulatedControlLength
            || (layer.Bytes[0] & EncapsulatedControlMask) != EncapsulatedControl)
            return false;
        var payload = layer.Inner(layer.Bytes[EncapsulatedControlLength..], EncapsulatedControlLength);
        return FillsWithIp(payload) && TrySetIp(TunnelKind.Lisp, payload, ref packet);
    }

    private static bool TryFindInMpls(LayerBytes layer, ref DecodedPacket packet)
    {
        var rest = layer;
        for (var label = 0; label < PacketDecoder.MaximumNesting
            && HeaderStep.TryRead(ref rest, out MplsLabel entry, out _); label++)
        {
            if (entry.IsBottom)
                return FillsWithIp(rest) && Set(TunnelKind.Mpls, Mpls, layer, ref packet);
        }

        return false;
    }

    private static bool TryFindInAyiya(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!AyiyaHeader.TryParse(layer.Bytes, out var header, out _))
            return false;
        var payload = layer.Inner(header.Payload, header.HeaderLength);
        return FillsWithIp(payload) && TrySetIp(TunnelKind.Ayiya, payload, ref packet);
    }

    private static bool TryFindInTzsp(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!TzspHeader.TryParse(layer.Bytes, out var header, out _))
            return false;
        var payload = layer.Inner(header.Payload, header.HeaderLength);
        return header.Encapsulated switch
        {
            TzspHeader.EthernetFrame => Set(TunnelKind.Tzsp, LinkType.Ethernet, payload, ref packet),
            TzspHeader.Ieee80211Frame => Set(TunnelKind.Tzsp, Ieee80211, payload, ref packet),
            TzspHeader.PrismFrame => Set(TunnelKind.Tzsp, Prism, payload, ref packet),
            TzspHeader.AvsFrame => Set(TunnelKind.Tzsp, Avs, payload, ref packet),
            _ => false,
        };
    }

    /// <summary>A wireless station's frame between access point and controller: Ethernet, or IEEE 802.11, of which
    /// logical link control is used. Skips later fragments.</summary>
    private static bool TryFindInCapwap(LayerBytes layer, ref DecodedPacket packet)
    {
        if (!CapwapHeader.TryParse(layer.Bytes, out var header, out _) || header.IsKeepAlive || header.IsLaterFragment)
            return false;
        var payload = layer.Inner(header.Payload, header.HeaderLength);
        if (!header.IsNative)
            return IsFrameOfIp(payload.Bytes) && Set(TunnelKind.Capwap, LinkType.Ethernet, payload, ref packet);
        return header.IsIeee80211 && Ieee80211Frame.TryParseInEitherOrder(payload.Bytes, out var frame, out _)
            && frame is { CarriesData: true, IsProtected: false, IsLaterFragment: false, IsAggregate: false }
            && LlcFrame.TryParse(frame.Payload, out var llc, out _) && llc.EtherType != EtherType.None
            && Set(TunnelKind.Capwap, Llc, payload.Inner(frame.Payload, frame.HeaderLength), ref packet);
    }
}
