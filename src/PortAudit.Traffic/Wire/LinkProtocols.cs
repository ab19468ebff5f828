using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>Protocols by their numbers in link headers, and their names.</summary>
public static class LinkProtocols
{
    // Destination addresses of logical link control (IEEE 802.2; IEEE registry).
    private const byte GroupBit = 0x01;
    private const byte Sna = 0x04;
    private const byte SpanningTree = 0x42;
    private const byte Snap = 0xAA;
    private const byte NetWare = 0xE0;
    private const byte NetBeui = 0xF0;
    private const byte IsoNetwork = 0xFE;
    private const int SnapLength = 8;

    /// <summary>The protocol's name in output.</summary>
    public static string NameOf(LinkProtocol protocol) => protocol switch
    {
        LinkProtocol.None => "unknown",
        LinkProtocol.Arp => "ARP",
        LinkProtocol.Rarp => "RARP",
        LinkProtocol.Ipx => "IPX",
        LinkProtocol.AppleTalk => "AppleTalk",
        LinkProtocol.Aarp => "AARP",
        LinkProtocol.SpanningTree => "STP",
        LinkProtocol.Cdp => "CDP",
        LinkProtocol.Vtp => "VTP",
        LinkProtocol.Dtp => "DTP",
        LinkProtocol.Udld => "UDLD",
        LinkProtocol.Lldp => "LLDP",
        LinkProtocol.SlowProtocols => "LACP/OAM",
        LinkProtocol.MacControl => "MAC control",
        LinkProtocol.Eapol => "EAPOL",
        LinkProtocol.Loopback => "loopback test",
        LinkProtocol.PppoeDiscovery => "PPPoE discovery",
        LinkProtocol.PppControl => "PPP control",
        LinkProtocol.NetBeui => "NetBEUI",
        LinkProtocol.IsoNetwork => "IS-IS/CLNP",
        LinkProtocol.Sna => "SNA",
        LinkProtocol.Dec => "DECnet/LAT/MOP",
        LinkProtocol.Profinet => "PROFINET",
        LinkProtocol.EtherCat => "EtherCAT",
        LinkProtocol.Iec61850 => "IEC 61850",
        LinkProtocol.Ptp => "PTP",
        LinkProtocol.Cfm => "CFM",
        LinkProtocol.HomePlug => "HomePlug",
        LinkProtocol.FibreChannel => "FCoE",
        LinkProtocol.Roce => "RoCE",
        LinkProtocol.AtaOverEthernet => "AoE",
        LinkProtocol.WakeOnLan => "Wake-on-LAN",
        LinkProtocol.Realtek => "Realtek loop detection",
        LinkProtocol.WirelessControl => "802.11 management",
        LinkProtocol.OtherEtherType => "other EtherTypes",
        LinkProtocol.OtherLlc => "other LLC",
    };

    /// <summary>The protocol of an EtherType, or of a type in Cisco HDLC (IEEE Registration Authority; RFC 9542
    /// appendix B).</summary>
    internal static LinkProtocol OfEtherType(ushort etherType) => etherType switch
    {
        EtherType.None => LinkProtocol.None,
        0x0806 => LinkProtocol.Arp,
        0x8035 => LinkProtocol.Rarp,
        0x8137 or 0x8138 => LinkProtocol.Ipx,
        0x809B => LinkProtocol.AppleTalk,
        0x80F3 => LinkProtocol.Aarp,
        0x2000 => LinkProtocol.Cdp,
        0x88CC => LinkProtocol.Lldp,
        0x8809 => LinkProtocol.SlowProtocols,
        0x8808 => LinkProtocol.MacControl,
        0x888E => LinkProtocol.Eapol,
        0x9000 => LinkProtocol.Loopback,
        0x8863 => LinkProtocol.PppoeDiscovery,
        0x6001 or 0x6002 or 0x6003 or 0x6004 or 0x6007 => LinkProtocol.Dec,
        0x8892 => LinkProtocol.Profinet,
        0x88A4 => LinkProtocol.EtherCat,
        0x88B8 or 0x88B9 or 0x88BA => LinkProtocol.Iec61850,
        0x88F7 => LinkProtocol.Ptp,
        0x8902 => LinkProtocol.Cfm,
        0x887B or 0x88E1 => LinkProtocol.HomePlug,
        0x8906 or 0x8914 => LinkProtocol.FibreChannel,
        0x8915 => LinkProtocol.Roce,
        0x88A2 => LinkProtocol.AtaOverEthernet,
        0x0842 => LinkProtocol.WakeOnLan,
        0x8899 => LinkProtocol.Realtek,
        _ => LinkProtocol.OtherEtherType,
    };

    /// <summary>The protocol of a logical link control frame without IP or an EtherType.</summary>
    /// <param name="frame">The frame from its first access point; at least two bytes.</param>
    internal static LinkProtocol OfLlc(ReadOnlySpan<byte> frame) => (byte)(frame[0] & ~GroupBit) switch
    {
        SpanningTree => LinkProtocol.SpanningTree,
        NetWare => LinkProtocol.Ipx,
        // Length, then FF FF, an unused checksum: NetWare's raw IPX, without access points.
        0xFE when frame[0] == 0xFF && frame[1] == 0xFF => LinkProtocol.Ipx,
        IsoNetwork => LinkProtocol.IsoNetwork,
        NetBeui => LinkProtocol.NetBeui,
        Sna => LinkProtocol.Sna,
        Snap when frame.Length >= SnapLength => OfSnap(frame[3..]),
        _ => LinkProtocol.OtherLlc,
    };

    // Protocols numbered by an organisation: Cisco (00-00-0C) and Apple (08-00-07).
    private static LinkProtocol OfSnap(ReadOnlySpan<byte> header) =>
        (BinaryPrimitives.ReadUInt32BigEndian(header) >> 8, BinaryPrimitives.ReadUInt16BigEndian(header[3..])) switch
        {
            (0x00000C, 0x2000) => LinkProtocol.Cdp,
            (0x00000C, 0x2003) => LinkProtocol.Vtp,
            (0x00000C, 0x2004) => LinkProtocol.Dtp,
            (0x00000C, 0x0111) => LinkProtocol.Udld,
            (0x00000C, 0x010B) => LinkProtocol.SpanningTree,
            (0x080007, 0x809B) => LinkProtocol.AppleTalk,
            _ => LinkProtocol.OtherLlc,
        };
}
