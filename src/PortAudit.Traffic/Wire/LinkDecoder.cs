using PortAudit.Traffic.Capture;
using static PortAudit.Traffic.Wire.LinkNumber;

namespace PortAudit.Traffic.Wire;

/// <summary>Follows the link headers of a frame, from its link type to the packet inside.</summary>
internal static class LinkDecoder
{
    /// <summary>True for a supported link type.</summary>
    public static bool Reads(LinkType linkType) => LinkPrefix.TryFind(linkType.Value, out _,
        out _) || linkType.Value is Ethernet or Null or Ppp or RawOfBsd or RawOfOpenBsd or PppHdlc or PppEther
        or Raw or Loop or LinuxCooked or Ipv4 or Ipv6 or LinuxCooked2 or TokenRing or Fddi or CiscoHdlc or FrameRelay
        or Pflog
        or Ieee80211 or Ieee80211Prism or Ieee80211Radiotap or Ieee80211Avs or Ppi or Pktap
        or PktapOfDarwin or JuniperEthernet or JuniperPpp or JuniperFrameRelay or JuniperCiscoHdlc or Ipnet or Nflog
        or Ipoib or AtmRfc1483
        or Mpls or ArcnetOfBsd or ArcnetOfLinux or TagOfBroadcom or TagOfBroadcomFirst or TagOfMarvell
        or TypedTagOfMarvell;

    /// <summary>True when the link headers lead to IPv4 or IPv6, at the cursor; else the cursor has the
    /// reason.</summary>
    public static bool TryReachNetwork(LinkType linkType, ref LinkCursor cursor)
    {
        if (!TryReadFirst(linkType, ref cursor))
            return false;

        for (var nesting = 0; cursor.Next is not (EtherType.Ipv4 or EtherType.Ipv6); nesting++)
        {
            if (!IsLinkHeader(cursor.Next))
                return cursor.RefuseContent();
            if (nesting == PacketDecoder.MaximumNesting)
                return cursor.Refuse(DecodeReason.TooDeep);
            if (!TryReadNext(ref cursor))
                return false;
        }

        return true;
    }

    private static bool TryReadFirst(LinkType linkType, ref LinkCursor cursor) => linkType.Value switch
    {
        Ethernet => cursor.TryFollow<EthernetFrame>(),
        LinuxCooked => cursor.TryFollow<LinuxCookedFrame>(),
        LinuxCooked2 => cursor.TryFollow<LinuxCookedFrame2>(),
        Null or Loop => TryReadLoopback(linkType.Value == Null, ref cursor),
        Raw or RawOfBsd or RawOfOpenBsd => TryReadVersion(DecodeReason.BadVersion, ref cursor),
        Ipv4 => cursor.Reach(EtherType.Ipv4),
        Ipv6 => cursor.Reach(EtherType.Ipv6),
        Ppp or PppHdlc => TryReadHdlc(ref cursor),
        PppEther => TryReadPppoe(ref cursor),
        CiscoHdlc => cursor.TryFollow<CiscoHdlcFrame>(),
        FrameRelay => cursor.TryFollow<FrameRelayFrame>(),
        Fddi => cursor.TryFollow<FddiFrame>(),
        TokenRing => cursor.TryFollow<TokenRingFrame>(),
        ArcnetOfBsd or ArcnetOfLinux => TryReadArcnet(linkType.Value == ArcnetOfLinux, ref cursor),
        Pflog => cursor.TryFollow<PflogHeader>(),
        Nflog => cursor.TryFollow<NflogHeader>(),
        JuniperEthernet => TryReadJuniper(Ethernet, ref cursor),
        JuniperPpp => TryReadJuniper(Ppp, ref cursor),
        JuniperFrameRelay => TryReadJuniper(FrameRelay, ref cursor),
        JuniperCiscoHdlc => TryReadJuniper(CiscoHdlc, ref cursor),
        Ipnet => cursor.TryFollow<IpnetHeader>(),
        Ipoib => cursor.TryFollow<IpoibFrame>(),
        AtmRfc1483 => TryReadLlc(ref cursor),
        Mpls => cursor.Reach(EtherType.Mpls),
        TagOfBroadcom => TryReadSwitchPort(SwitchPortTag.Broadcom, ref cursor),
        TagOfBroadcomFirst => TryReadSwitchPort(SwitchPortTag.BroadcomFirst, ref cursor),
        TagOfMarvell => TryReadSwitchPort(SwitchPortTag.Marvell, ref cursor),
        TypedTagOfMarvell => TryReadSwitchPort(SwitchPortTag.MarvellTyped, ref cursor),
        Ieee80211 => WirelessDecoder.TryReadFrame(isPadded: false, ref cursor),
        Ieee80211Radiotap => WirelessDecoder.TryReadRadiotap(ref cursor),
        Ieee80211Prism => WirelessDecoder.TryReadPrism(ref cursor),
        Ieee80211Avs => WirelessDecoder.TryReadAvs(ref cursor),
        Pktap or PktapOfDarwin => TryReadPktap(ref cursor),
        Ppi => TryReadPpi(ref cursor),
        _ => TryReadBehindPrefix(linkType.Value, ref cursor),
    };

    private static bool TryReadBehindPrefix(ushort linkType, ref LinkCursor cursor)
    {
        if (!LinkPrefix.TryFind(linkType, out var length, out var inner))
            return cursor.Refuse(DecodeReason.UnknownLinkType);
        if (cursor.Layer.Bytes.Length < length)
            return cursor.Refuse(ParseError.Incomplete);

        cursor.Layer = cursor.Layer.Inner(cursor.Layer.Bytes[length..], length);
        return TryReadFirst(new LinkType(inner), ref cursor);
    }

    private static bool IsLinkHeader(ushort etherType) =>
        EtherType.IsVlanTag(etherType) || EtherType.IsLength(etherType) || etherType is EtherType.Mpls
            or EtherType.MplsMulticast or EtherType.PppoeSession or EtherType.Llc
        or EtherType.ServiceInstance or EtherType.FabricPath or EtherType.CiscoMetadata or EtherType.VnTag
        or EtherType.Extension
        or EtherType.Nsh or EtherType.Macsec or EtherType.Hsr or EtherType.RedundancyTag or EtherType.Trill;

    private static bool TryReadNext(ref LinkCursor cursor)
    {
        var etherType = cursor.Next;
        if (EtherType.IsVlanTag(etherType))
            return TryReadTag(ref cursor);

        if (EtherType.IsLength(etherType))
        {
            var layer = cursor.Layer;
            cursor.Layer = layer.Inner(layer.Bytes[..Math.Min(etherType, layer.Bytes.Length)], 0, etherType);
            return TryReadLlc(ref cursor);
        }

        return etherType switch
        {
            EtherType.PppoeSession => TryReadPppoe(ref cursor),
            EtherType.Llc => TryReadLlc(ref cursor),
            EtherType.ServiceInstance => TryReadService(ref cursor),
            EtherType.Hsr or EtherType.RedundancyTag => cursor.TryFollow<RedundancyTag>(),
            EtherType.Trill => cursor.TryRead(out TrillHeader _) && cursor.TryFollow<EthernetFrame>(),
            EtherType.FabricPath => cursor.TryFollow<FabricPathTag>(),
            EtherType.CiscoMetadata => cursor.TryFollow<CiscoMetadataTag>(),
            EtherType.VnTag => cursor.TryFollow<VnTag>(),
            EtherType.Extension => cursor.TryFollow<ExtensionTag>(),
            EtherType.Nsh => TryReadNsh(ref cursor),
            EtherType.Macsec => TryReadMacsec(ref cursor),
            _ => TryReadLabel(ref cursor),
        };
    }

    private static bool TryReadTag(ref LinkCursor cursor)
    {
        if (!cursor.TryRead(out VlanTag tag))
            return false;

        PushVlan(tag.Identifier, ref cursor);
        return cursor.Reach(tag.EtherType);
    }

    private static void PushVlan(ushort identifier, ref LinkCursor cursor)
    {
        if (identifier != VlanTag.NullIdentifier)
            cursor.Packet.Vlan = cursor.Packet.Vlan.Push(identifier);
    }

    private static bool TryReadService(ref LinkCursor cursor)
    {
        if (!cursor.TryRead(out ServiceInstanceTag tag))
            return false;

        (cursor.Packet.HasService, cursor.Packet.Service) = (true, tag.Identifier);
        return cursor.Reach(tag.EtherType);
    }

    private static bool TryReadSwitchPort(SwitchPortTag kind, ref LinkCursor cursor)
    {
        if (!SwitchPortFrame.TryParse(cursor.Layer.Bytes, kind, out var frame, out var error))
            return cursor.Refuse(error);

        PushVlan(frame.Vlan, ref cursor);
        cursor.Layer = cursor.Layer.Inner(frame.Payload, frame.HeaderLength);
        return cursor.Reach(frame.EtherType);
    }

    private static bool TryReadArcnet(bool isOfLinux, ref LinkCursor cursor)
    {
        if (!ArcnetFrame.TryParse(cursor.Layer.Bytes, isOfLinux, out var frame, out var error))
            return cursor.Refuse(error);

        cursor.Layer = cursor.Layer.Inner(frame.Payload, frame.HeaderLength);
        return cursor.Reach(frame.EtherType);
    }

    private static bool TryReadLoopback(bool isHostOrder, ref LinkCursor cursor) =>
        cursor.TryRead(out LoopbackFrame frame)
        && cursor.Reach(isHostOrder ? frame.HostOrderEtherType : frame.NetworkOrderEtherType);

    private static bool TryReadVersion(DecodeReason otherwise, ref LinkCursor cursor)
    {
        if (cursor.Layer.Bytes.IsEmpty)
            return cursor.Refuse(ParseError.Incomplete);
        var etherType = IpVersion.ToEtherType(cursor.Layer.Bytes);
        return etherType != EtherType.None ? cursor.Reach(etherType) : cursor.Refuse(otherwise);
    }

    /// <summary>PPP, or Cisco HDLC, which some writers put into PPP captures, too; no PPP protocol begins with its
    /// address.</summary>
    private static bool TryReadHdlc(ref LinkCursor cursor) =>
        cursor.Layer.Bytes is [var address, ..] && CiscoHdlcFrame.IsAddress(address)
            ? cursor.TryFollow<CiscoHdlcFrame>()
            : TryReadPpp(ref cursor);

    private static bool TryReadPpp(ref LinkCursor cursor)
    {
        if (!cursor.TryFollow<PppFrame>())
            return false;
        if (cursor.Next == EtherType.None)
            cursor.Packet.LinkProtocol = LinkProtocol.PppControl;
        return true;
    }

    private static bool TryReadLlc(ref LinkCursor cursor)
    {
        var frame = cursor.Layer.Bytes;
        if (!cursor.TryFollow<LlcFrame>())
            return false;
        if (cursor.Next == EtherType.None)
            cursor.Packet.LinkProtocol = LinkProtocols.OfLlc(frame);
        return true;
    }

    private static bool TryReadPppoe(ref LinkCursor cursor)
    {
        if (!cursor.TryRead(out PppoePacket packet))
            return false;
        if (!packet.IsSession)
            return cursor.Refuse(DecodeReason.NotDecoded);

        cursor.Layer = cursor.Layer.Inner(cursor.Layer.Bytes, 0, packet.AnnouncedPayloadLength);
        return TryReadPpp(ref cursor);
    }

    private static bool TryReadNsh(ref LinkCursor cursor)
    {
        if (!cursor.TryRead(out NshHeader header))
            return false;
        return header.EtherType == EtherType.TransparentEthernet
            ? cursor.TryFollow<EthernetFrame>()
            : cursor.Reach(header.EtherType);
    }

    private static bool TryReadMacsec(ref LinkCursor cursor)
    {
        if (!cursor.TryRead(out MacsecTag tag))
            return false;
        return tag.IsEncrypted ? cursor.Refuse(DecodeReason.Encrypted) : cursor.Reach(tag.EtherType);
    }

    /// <summary>Reads the header and continues with its own link type, except another such header, so there is one step
    /// at most.</summary>
    private static bool TryReadPktap(ref LinkCursor cursor)
    {
        if (!cursor.TryRead(out PktapHeader header))
            return false;
        return header.HasPacket && header.LinkType is not (Pktap or PktapOfDarwin or Ppi or > ushort.MaxValue)
            ? TryReadFirst(new LinkType((ushort)header.LinkType), ref cursor)
            : cursor.Refuse(DecodeReason.NotDecoded);
    }

    private static bool TryReadJuniper(ushort inner, ref LinkCursor cursor)
    {
        if (!cursor.TryRead(out JuniperHeader header))
            return false;
        return header.HasFrame
            ? TryReadFirst(new LinkType(inner), ref cursor)
            : TryReadVersion(DecodeReason.NotDecoded, ref cursor);
    }

    private static bool TryReadPpi(ref LinkCursor cursor)
    {
        if (!cursor.TryRead(out PpiHeader header))
            return false;
        if (header.LinkType is Ppi or Pktap or PktapOfDarwin or > ushort.MaxValue)
            return cursor.Refuse(DecodeReason.NotDecoded);

        return WirelessDecoder.TryEndFrame(header.HasFrameCheckSequence, header.IsDamaged, ref cursor)
            && TryReadFirst(new LinkType((ushort)header.LinkType), ref cursor);
    }

    /// <summary>Reads one label. The stack does not name its payload (<see cref="LabelledPayload"/>).</summary>
    private static bool TryReadLabel(ref LinkCursor cursor)
    {
        if (!cursor.TryRead(out MplsLabel label))
            return false;
        if (!label.IsBottom)
            return true;
        if (cursor.Layer.Bytes.IsEmpty)
            return cursor.Refuse(ParseError.Incomplete);

        var etherType = LabelledPayload.TypeOf(ref cursor.Layer);
        if (etherType == EtherType.TransparentEthernet)
            return cursor.TryFollow<EthernetFrame>();
        return etherType != EtherType.None ? cursor.Reach(etherType) : cursor.Refuse(DecodeReason.NotDecoded);
    }
}
