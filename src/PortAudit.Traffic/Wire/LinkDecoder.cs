using PortAudit.Traffic.Capture;
using static PortAudit.Traffic.Wire.LinkNumber;

namespace PortAudit.Traffic.Wire;

/// <summary>Follows the link headers of a frame, from the one that its link type names to the packet inside.</summary>
internal static class LinkDecoder
{
    /// <summary>True for a link type whose frames are decoded.</summary>
    public static bool Reads(LinkType linkType) => LinkPrefix.TryFind(linkType.Value, out _, out _) || linkType.Value is Ethernet or Null or Ppp or RawOfBsd or RawOfOpenBsd or PppHdlc or PppEther
        or Raw or Loop or LinuxCooked or Ipv4 or Ipv6 or LinuxCooked2 or TokenRing or Fddi or CiscoHdlc or FrameRelay or Pflog
        or Ieee80211 or Ieee80211Prism or Ieee80211Radiotap or Ieee80211Avs or Ppi or Pktap
        or PktapOfDarwin or JuniperEthernet or JuniperPpp or JuniperFrameRelay or JuniperCiscoHdlc or Ipnet or Nflog or Ipoib or AtmRfc1483
        or Mpls or ArcnetOfBsd or ArcnetOfLinux or TagOfBroadcom or TagOfBroadcomFirst or TagOfMarvell or TypedTagOfMarvell;

    /// <summary>True when the frame's link headers lead to IPv4 or IPv6; false with the reason when they do not.</summary>
    /// <param name="linkType">Link type of the frame.</param>
    /// <param name="layer">The frame; becomes what follows the last good header.</param>
    /// <param name="packet">Receives the VLAN identifiers on the way.</param>
    /// <param name="etherType">What follows: <see cref="EtherType.Ipv4"/> or <see cref="EtherType.Ipv6"/> when true.</param>
    /// <param name="reason">Why no packet was reached.</param>
    public static bool TryReachNetwork(LinkType linkType, ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason)
    {
        if (!TryReadFirst(linkType, ref layer, ref packet, out etherType, out reason))
            return false;

        for (var nesting = 0; etherType is not (EtherType.Ipv4 or EtherType.Ipv6); nesting++)
        {
            if (!IsLinkHeader(etherType))
            {
                reason = DecodeReason.NotDecoded;
                return false;
            }

            if (nesting == PacketDecoder.MaximumNesting)
            {
                reason = DecodeReason.TooDeep;
                return false;
            }

            if (!TryReadNext(ref etherType, ref layer, ref packet, out reason))
                return false;
        }

        return true;
    }

    private static bool TryReadFirst(LinkType linkType, ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason) => linkType.Value switch
    {
        Ethernet => HeaderStep.TryRead<EthernetFrame>(ref layer, out etherType, out reason),
        LinuxCooked => HeaderStep.TryRead<LinuxCookedFrame>(ref layer, out etherType, out reason),
        LinuxCooked2 => HeaderStep.TryRead<LinuxCookedFrame2>(ref layer, out etherType, out reason),
        Null or Loop => TryReadLoopback(linkType.Value == Null, ref layer, out etherType, out reason),
        Raw or RawOfBsd or RawOfOpenBsd => TryReadVersion(DecodeReason.BadVersion, layer, out etherType, out reason),
        Ipv4 => Reach(EtherType.Ipv4, out etherType, out reason),
        Ipv6 => Reach(EtherType.Ipv6, out etherType, out reason),
        Ppp or PppHdlc => TryReadHdlc(ref layer, out etherType, out reason),
        PppEther => TryReadPppoe(ref layer, out etherType, out reason),
        CiscoHdlc => HeaderStep.TryRead<CiscoHdlcFrame>(ref layer, out etherType, out reason),
        FrameRelay => HeaderStep.TryRead<FrameRelayFrame>(ref layer, out etherType, out reason),
        Fddi => HeaderStep.TryRead<FddiFrame>(ref layer, out etherType, out reason),
        TokenRing => HeaderStep.TryRead<TokenRingFrame>(ref layer, out etherType, out reason),
        ArcnetOfBsd or ArcnetOfLinux => TryReadArcnet(linkType.Value == ArcnetOfLinux, ref layer, out etherType, out reason),
        Pflog => HeaderStep.TryRead<PflogHeader>(ref layer, out etherType, out reason),
        Nflog => HeaderStep.TryRead<NflogHeader>(ref layer, out etherType, out reason),
        JuniperEthernet => TryReadJuniper(Ethernet, ref layer, ref packet, out etherType, out reason),
        JuniperPpp => TryReadJuniper(Ppp, ref layer, ref packet, out etherType, out reason),
        JuniperFrameRelay => TryReadJuniper(FrameRelay, ref layer, ref packet, out etherType, out reason),
        JuniperCiscoHdlc => TryReadJuniper(CiscoHdlc, ref layer, ref packet, out etherType, out reason),
        Ipnet => HeaderStep.TryRead<IpnetHeader>(ref layer, out etherType, out reason),
        Ipoib => HeaderStep.TryRead<IpoibFrame>(ref layer, out etherType, out reason),
        AtmRfc1483 => HeaderStep.TryRead<LlcFrame>(ref layer, out etherType, out reason),
        Mpls => Reach(EtherType.Mpls, out etherType, out reason),
        TagOfBroadcom => TryReadSwitchPort(SwitchPortTag.Broadcom, ref layer, ref packet, out etherType, out reason),
        TagOfBroadcomFirst => TryReadSwitchPort(SwitchPortTag.BroadcomFirst, ref layer, ref packet, out etherType, out reason),
        TagOfMarvell => TryReadSwitchPort(SwitchPortTag.Marvell, ref layer, ref packet, out etherType, out reason),
        TypedTagOfMarvell => TryReadSwitchPort(SwitchPortTag.MarvellTyped, ref layer, ref packet, out etherType, out reason),
        Ieee80211 => WirelessDecoder.TryReadFrame(isPadded: false, ref layer, ref packet, out etherType, out reason),
        Ieee80211Radiotap => WirelessDecoder.TryReadRadiotap(ref layer, ref packet, out etherType, out reason),
        Ieee80211Prism => WirelessDecoder.TryReadPrism(ref layer, ref packet, out etherType, out reason),
        Ieee80211Avs => WirelessDecoder.TryReadAvs(ref layer, ref packet, out etherType, out reason),
        Pktap or PktapOfDarwin => TryReadPktap(ref layer, ref packet, out etherType, out reason),
        Ppi => TryReadPpi(ref layer, ref packet, out etherType, out reason),
        _ => TryReadBehindPrefix(linkType.Value, ref layer, ref packet, out etherType, out reason),
    };

    private static bool TryReadBehindPrefix(ushort linkType, ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason)
    {
        if (!LinkPrefix.TryFind(linkType, out var length, out var inner))
            return Refuse(DecodeReason.UnknownLinkType, out etherType, out reason);
        if (layer.Bytes.Length < length)
            return Refuse(layer.Explain(ParseError.Incomplete), out etherType, out reason);

        layer = layer.Inner(layer.Bytes[length..], length);
        return TryReadFirst(new LinkType(inner), ref layer, ref packet, out etherType, out reason);
    }

    private static bool Reach(ushort known, out ushort etherType, out DecodeReason reason)
    {
        (etherType, reason) = (known, DecodeReason.Done);
        return true;
    }

    private static bool Refuse(DecodeReason why, out ushort etherType, out DecodeReason reason)
    {
        (etherType, reason) = (EtherType.None, why);
        return false;
    }

    private static bool IsLinkHeader(ushort etherType) =>
        EtherType.IsVlanTag(etherType) || EtherType.IsLength(etherType) || etherType is EtherType.Mpls or EtherType.MplsMulticast or EtherType.PppoeSession or EtherType.Llc
        or EtherType.ServiceInstance or EtherType.FabricPath or EtherType.CiscoMetadata or EtherType.VnTag or EtherType.Extension
        or EtherType.Nsh or EtherType.Macsec or EtherType.Hsr or EtherType.RedundancyTag or EtherType.Trill;

    private static bool TryReadNext(ref ushort etherType, ref LayerBytes layer, ref DecodedPacket packet, out DecodeReason reason)
    {
        if (EtherType.IsVlanTag(etherType))
            return TryReadTag(ref layer, ref packet, out etherType, out reason);

        if (EtherType.IsLength(etherType))
        {
            layer = layer.Inner(layer.Bytes[..Math.Min(etherType, layer.Bytes.Length)], 0, etherType);
            return HeaderStep.TryRead<LlcFrame>(ref layer, out etherType, out reason);
        }

        return etherType switch
        {
            EtherType.PppoeSession => TryReadPppoe(ref layer, out etherType, out reason),
            EtherType.Llc => HeaderStep.TryRead<LlcFrame>(ref layer, out etherType, out reason),
            EtherType.ServiceInstance => TryReadService(ref layer, ref packet, out etherType, out reason),
            EtherType.Hsr or EtherType.RedundancyTag => HeaderStep.TryRead<RedundancyTag>(ref layer, out etherType, out reason),
            EtherType.Trill => TryReadTrill(ref layer, out etherType, out reason),
            EtherType.FabricPath => HeaderStep.TryRead<FabricPathTag>(ref layer, out etherType, out reason),
            EtherType.CiscoMetadata => HeaderStep.TryRead<CiscoMetadataTag>(ref layer, out etherType, out reason),
            EtherType.VnTag => HeaderStep.TryRead<VnTag>(ref layer, out etherType, out reason),
            EtherType.Extension => HeaderStep.TryRead<ExtensionTag>(ref layer, out etherType, out reason),
            EtherType.Nsh => TryReadNsh(ref layer, out etherType, out reason),
            EtherType.Macsec => TryReadMacsec(ref layer, out etherType, out reason),
            _ => TryReadLabel(ref etherType, ref layer, out reason),
        };
    }

    private static bool TryReadTag(ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        if (!HeaderStep.TryRead(ref layer, out VlanTag tag, out reason))
            return false;

        if (tag.Identifier != VlanTag.NullIdentifier)
            packet.Vlan = packet.Vlan.Push(tag.Identifier);
        etherType = tag.EtherType;
        return true;
    }

    private static bool TryReadService(ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        if (!HeaderStep.TryRead(ref layer, out ServiceInstanceTag tag, out reason))
            return false;

        (packet.HasService, packet.Service) = (true, tag.Identifier);
        etherType = tag.EtherType;
        return true;
    }

    private static bool TryReadSwitchPort(SwitchPortTag kind, ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        var isGood = SwitchPortFrame.TryParse(layer.Bytes, kind, out var frame, out var error);
        reason = layer.Explain(error);
        if (!isGood)
            return false;

        if (frame.Vlan != VlanTag.NullIdentifier)
            packet.Vlan = packet.Vlan.Push(frame.Vlan);
        etherType = frame.EtherType;
        layer = layer.Inner(frame.Payload, frame.HeaderLength);
        return true;
    }

    private static bool TryReadArcnet(bool isOfLinux, ref LayerBytes layer, out ushort etherType, out DecodeReason reason)
    {
        var isGood = ArcnetFrame.TryParse(layer.Bytes, isOfLinux, out var frame, out var error);
        etherType = isGood ? frame.EtherType : EtherType.None;
        reason = layer.Explain(error);
        if (isGood)
            layer = layer.Inner(frame.Payload, frame.HeaderLength);
        return isGood;
    }

    private static bool TryReadLoopback(bool isHostOrder, ref LayerBytes layer, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        if (!HeaderStep.TryRead(ref layer, out LoopbackFrame frame, out reason))
            return false;

        etherType = isHostOrder ? frame.HostOrderEtherType : frame.NetworkOrderEtherType;
        return true;
    }

    private static bool TryReadVersion(DecodeReason otherwise, LayerBytes layer, out ushort etherType, out DecodeReason reason)
    {
        etherType = IpVersion.ToEtherType(layer.Bytes);
        if (etherType != EtherType.None)
            reason = DecodeReason.Done;
        else
            reason = layer.Bytes.IsEmpty ? layer.Explain(ParseError.Incomplete) : otherwise;
        return etherType != EtherType.None;
    }

    /// <summary>PPP, or Cisco's framing of serial lines, which some writers put into captures of link type PPP, too; no protocol of PPP begins with its address.</summary>
    private static bool TryReadHdlc(ref LayerBytes layer, out ushort etherType, out DecodeReason reason) =>
        layer.Bytes is [var address, ..] && CiscoHdlcFrame.IsAddress(address)
            ? HeaderStep.TryRead<CiscoHdlcFrame>(ref layer, out etherType, out reason)
            : HeaderStep.TryRead<PppFrame>(ref layer, out etherType, out reason);

    private static bool TryReadPppoe(ref LayerBytes layer, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        if (!HeaderStep.TryRead(ref layer, out PppoePacket packet, out reason))
            return false;
        if (!packet.IsSession)
            return Refuse(DecodeReason.NotDecoded, out etherType, out reason);

        layer = layer.Inner(layer.Bytes, 0, packet.AnnouncedPayloadLength);
        return HeaderStep.TryRead<PppFrame>(ref layer, out etherType, out reason);
    }

    private static bool TryReadNsh(ref LayerBytes layer, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        if (!HeaderStep.TryRead(ref layer, out NshHeader header, out reason))
            return false;
        return header.EtherType == EtherType.TransparentEthernet
            ? HeaderStep.TryRead<EthernetFrame>(ref layer, out etherType, out reason)
            : Reach(header.EtherType, out etherType, out reason);
    }

    private static bool TryReadTrill(ref LayerBytes layer, out ushort etherType, out DecodeReason reason) =>
        HeaderStep.TryRead(ref layer, out TrillHeader _, out reason) ? HeaderStep.TryRead<EthernetFrame>(ref layer, out etherType, out reason) : Refuse(reason, out etherType, out reason);

    private static bool TryReadMacsec(ref LayerBytes layer, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        if (!HeaderStep.TryRead(ref layer, out MacsecTag tag, out reason))
            return false;

        etherType = tag.EtherType;
        return !tag.IsEncrypted || Refuse(DecodeReason.Encrypted, out etherType, out reason);
    }

    /// <summary>Reads the header and what its own link type says: any but another header of the kind, so that there is one step at most.</summary>
    private static bool TryReadPktap(ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        if (!HeaderStep.TryRead(ref layer, out PktapHeader header, out reason))
            return false;
        return header.HasPacket && header.LinkType is not (Pktap or PktapOfDarwin or Ppi or > ushort.MaxValue)
            ? TryReadFirst(new LinkType((ushort)header.LinkType), ref layer, ref packet, out etherType, out reason)
            : Refuse(DecodeReason.NotDecoded, out etherType, out reason);
    }

    private static bool TryReadJuniper(ushort inner, ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        if (!HeaderStep.TryRead(ref layer, out JuniperHeader header, out reason))
            return false;
        return header.HasFrame
            ? TryReadFirst(new LinkType(inner), ref layer, ref packet, out etherType, out reason)
            : TryReadVersion(DecodeReason.NotDecoded, layer, out etherType, out reason);
    }

    private static bool TryReadPpi(ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        if (!HeaderStep.TryRead(ref layer, out PpiHeader header, out reason))
            return false;
        if (header.LinkType is Ppi or Pktap or PktapOfDarwin or > ushort.MaxValue)
            return Refuse(DecodeReason.NotDecoded, out etherType, out reason);

        return WirelessDecoder.TryEndFrame(header.HasFrameCheckSequence, header.IsDamaged, ref layer, out reason)
            && TryReadFirst(new LinkType((ushort)header.LinkType), ref layer, ref packet, out etherType, out reason);
    }

    /// <summary>Reads one label. The stack does not say what it carries (<see cref="LabelledPayload"/>).</summary>
    private static bool TryReadLabel(ref ushort etherType, ref LayerBytes layer, out DecodeReason reason)
    {
        if (!HeaderStep.TryRead(ref layer, out MplsLabel label, out reason) || !label.IsBottom)
            return reason == DecodeReason.Done;
        if (layer.Bytes.IsEmpty)
            return Refuse(layer.Explain(ParseError.Incomplete), out etherType, out reason);

        etherType = LabelledPayload.TypeOf(ref layer);
        if (etherType == EtherType.TransparentEthernet)
            return HeaderStep.TryRead<EthernetFrame>(ref layer, out etherType, out reason);
        return etherType != EtherType.None || Refuse(DecodeReason.NotDecoded, out etherType, out reason);
    }
}
