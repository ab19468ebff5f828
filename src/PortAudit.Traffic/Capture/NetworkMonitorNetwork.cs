namespace PortAudit.Traffic.Capture;

/// <summary>A network type in a Network Monitor file: the NDIS medium; from 2.1 on with values of its own ("Media
/// types" in the help of Network Monitor 3.4).</summary>
/// <param name="Value">The number.</param>
internal readonly record struct NetworkMonitorNetwork(ushort Value)
{
    /// <summary>Length of the metadata before an 802.11 frame, if its length field cannot be read.</summary>
    private const int WirelessMetadataLeast = 3;

    private const ushort Wireless = 6;
    private const ushort FirstMetadata = 0xFFE0;
    private const ushort NetworkEvent = 0xFFE0;
    private const ushort NetworkInformationEx = 0xFFFB;
    private const ushort Filter = 0xFFFF;

    /// <summary>Types from here are LINKTYPE_ numbers of a converted pcap file.</summary>
    private const ushort FirstPcap = 0xE000;

    private const ushort PcapMask = 0x0FFF;
    private const ushort WirelessMessage = 0xE080;
    private const ushort LastMessage = 0xE08A;

    /// <summary>True for records that are no traffic: events, adapter lists, filters, DNS caches and headers of
    /// reassembled payload.</summary>
    public bool IsMetadata => Value >= FirstMetadata;

    /// <summary>True for metadata that Wireshark numbers as a frame.</summary>
    public bool IsNumberedMetadata => Value is NetworkEvent or NetworkInformationEx or Filter;

    /// <summary>Link type of the network's frames.</summary>
    public LinkType LinkType => Value switch
    {
        0 or 1 => LinkType.Ethernet, // 0 is written for VPN adapters, whose frames have Ethernet headers
        2 => new LinkType(6),        // IEEE 802.5 token ring
        3 => new LinkType(10),       // FDDI
        Wireless or WirelessMessage => new LinkType(105),
        7 or 8 or 9 => new LinkType(101), // tunnel, wireless WAN, raw IP: LINKTYPE_RAW
        > WirelessMessage and <= LastMessage => LinkType.Unknown,
        >= FirstPcap and <= (FirstPcap | PcapMask) => new LinkType((ushort)(Value & PcapMask)),
        _ => LinkType.Unknown,
    };

    /// <summary>Bytes before the link layer: 802.11 frames have radio metadata with its length in bytes 1 and
    /// 2.</summary>
    public int PrefixLength(ReadOnlySpan<byte> frame) =>
        Value == Wireless && frame.Length >= WirelessMetadataLeast
            ? Math.Min(ByteOrder.LittleEndian.ReadUInt16(frame[1..]), frame.Length)
            : 0;
}
