using PacketDotNet;
using PortAudit.Traffic.Observation;

namespace PortAudit.Reports.Packets;

/// <summary>The link headers of a packet, as far as the own decoder found them good. Those that PacketDotNet does not
/// know are named together.</summary>
internal static class LinkLayers
{
    /// <summary>Tags and labels that are shown; the decoder follows no more.</summary>
    private const int MaximumHeaders = 16;

    private const ushort NullLink = 0;
    private const ushort EthernetLink = 1;
    private const ushort CookedLink = 113;
    private const ushort Cooked2Link = 276;

    public static IEnumerable<PacketLayer> Of(byte[] bytes, FramePacket packet)
    {
        var (at, next) = (packet.Offset, -1);
        for (var header = 0; header < MaximumHeaders && at < packet.LinkEnd; header++)
        {
            var layer = LayerDraft.Read(bytes, at, draft => header == 0
                ? First(draft, packet.LinkType.Value, out next)
                : Next(draft, next, out next), () => null);
            if (layer is null || layer.Length == 0 || at + layer.Length > packet.LinkEnd)
                break;
            yield return layer;
            at += layer.Length;
        }

        if (at < packet.LinkEnd)
            yield return new PacketLayer(
                at == packet.Offset ? $"Link header: {packet.LinkType}" : "Further link headers", at,
                packet.LinkEnd - at, []);
    }

    public static string EtherTypeText(int value) => value < 0x0600
        ? $"{value} (length)"
        : $"0x{value:X4}" + value switch
        {
            0x0800 => " (IPv4)",
            0x0806 => " (ARP)",
            0x8100 => " (VLAN tag)",
            0x86DD => " (IPv6)",
            0x8847 or 0x8848 => " (MPLS)",
            0x8863 => " (PPPoE discovery)",
            0x8864 => " (PPPoE)",
            0x888E => " (802.1X)",
            0x88A8 => " (service VLAN tag)",
            0x88CC => " (LLDP)",
            0x88E5 => " (MACsec)",
            _ => "",
        };

    /// <summary>A hardware address, six bytes or as many as there are.</summary>
    public static string HardwareText(ReadOnlySpan<byte> address) =>
        string.Join(':', address.ToArray().Select(octet => octet.ToString("x2", null)));

    private static PacketLayer? First(LayerDraft draft, ushort linkType, out int next)
    {
        next = -1;
        return linkType switch
        {
            EthernetLink => Ethernet(draft, out next),
            CookedLink => Cooked(draft, out next),
            Cooked2Link => Cooked2(draft, out next),
            NullLink => Loopback(draft),
            _ => null,
        };
    }

    private static PacketLayer? Next(LayerDraft draft, int etherType, out int next)
    {
        next = -1;
        return etherType switch
        {
            0x8100 or 0x88A8 or 0x9100 => Vlan(draft, out next),
            0x8864 => Pppoe(draft),
            _ => null,
        };
    }

    private static PacketLayer Ethernet(LayerDraft draft, out int next)
    {
        var header = new EthernetPacket(draft.Segment);
        next = (ushort)header.Type;
        draft.Add(EthernetFields.DestinationMacPosition, "Destination",
            HardwareText(header.DestinationHardwareAddress.GetAddressBytes()));
        draft.Add(EthernetFields.SourceMacPosition, "Source",
            HardwareText(header.SourceHardwareAddress.GetAddressBytes()));
        draft.Add(EthernetFields.TypePosition, "Type", EtherTypeText(next));
        return draft.ToLayer("Ethernet", EthernetFields.HeaderLength);
    }

    private static PacketLayer Vlan(LayerDraft draft, out int next)
    {
        var tag = new Ieee8021QPacket(draft.Segment);
        next = (ushort)tag.Type;
        draft.Add(Ieee8021QFields.TagControlInformationPosition, "Priority", (int)tag.PriorityControlPoint);
        draft.Add(Ieee8021QFields.TagControlInformationPosition, "VLAN identifier", tag.VlanIdentifier);
        draft.Add(Ieee8021QFields.TypePosition, "Type", EtherTypeText(next));
        return draft.ToLayer("802.1Q tag", Ieee8021QFields.HeaderLength);
    }

    private static PacketLayer Pppoe(LayerDraft draft)
    {
        var header = new PppoePacket(draft.Segment);
        draft.Add(PppoeFields.CodePosition, "Code", (int)header.Code);
        draft.Add(PppoeFields.SessionIdPosition, "Session", header.SessionId);
        draft.Add(PppoeFields.LengthPosition, "Length", header.Length);
        return draft.ToLayer("PPPoE", PppoeFields.HeaderLength);
    }

    private static PacketLayer Cooked(LayerDraft draft, out int next)
    {
        var header = new LinuxSllPacket(draft.Segment);
        next = (ushort)header.EthernetProtocolType;
        draft.Add(LinuxSllFields.PacketTypePosition, "Direction", DirectionText((int)header.Type));
        draft.Add(LinuxSllFields.LinkLayerAddressTypePosition, "Address type", header.LinkLayerAddressType);
        draft.Add(LinuxSllFields.LinkLayerAddressPosition, "Address", HardwareText(header.LinkLayerAddress));
        draft.Add(LinuxSllFields.EthernetProtocolTypePosition, "Type", EtherTypeText(next));
        return draft.ToLayer("Linux cooked", LinuxSllFields.SLLHeaderLength);
    }

    private static PacketLayer Cooked2(LayerDraft draft, out int next)
    {
        var header = new LinuxSll2Packet(draft.Segment);
        next = (ushort)header.EthernetProtocolType;
        draft.Add(LinuxSll2Fields.EthernetProtocolTypePosition, "Type", EtherTypeText(next));
        draft.Add(LinuxSll2Fields.InterfaceIndexPosition, "Interface index", header.InterfaceIndex);
        draft.Add(LinuxSll2Fields.PacketTypePosition, "Direction", DirectionText((int)header.Type));
        draft.Add(LinuxSll2Fields.LinkLayerAddressPosition, "Address", HardwareText(header.LinkLayerAddress));
        return draft.ToLayer("Linux cooked version 2", LinuxSll2Fields.SLL2HeaderLength);
    }

    /// <summary>The family is in the byte order of the machine that captured.</summary>
    private static PacketLayer Loopback(LayerDraft draft)
    {
        draft.Add(NullFields.ProtocolPosition, "Address family",
            Convert.ToHexString(draft.Slice(0, NullFields.HeaderLength)));
        return draft.ToLayer("BSD loopback", NullFields.HeaderLength);
    }

    /// <summary>The packet types of tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html.</summary>
    private static string DirectionText(int type) => type switch
    {
        0 => "to this host",
        1 => "broadcast",
        2 => "multicast",
        3 => "between other hosts",
        4 => "from this host",
        _ => $"{type}",
    };
}
