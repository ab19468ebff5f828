namespace PortAudit.Tests.Wire;

/// <summary>A UDP datagram from port 49153 to 53 behind each link header, and each combination, that is read.</summary>
internal static class LinkFrames
{
    private const string Snap4 = "AAAA03 000000 0800";
    private const string Snap6 = "AAAA03 000000 86DD";
    private static readonly string Avs = "80211001 00000040" + new string('0', 112);

    private static readonly byte[] Ipv4 = Frames.Ipv4(17, Frames.Udp("text"u8.ToArray()));
    private static readonly byte[] Ipv6 = Frames.Ipv6(17, Frames.Udp("text"u8.ToArray()));

    /// <summary>Name, link type, frame, and the length of the link headers.</summary>
    public static (string Name, ushort LinkType, byte[] Bytes, int LinkLength)[] All { get; } =
    [
        V4("Linux cooked", 113, "0000 0001 0006 0200000000010000 0800"),
        V6("Linux cooked with a tag", 113, "0000 0001 0006 0200000000010000 8100 0064 86DD"),
        V4("Linux cooked with LLC", 113, "0000 0001 0006 0200000000010000 0004 AAAA03 000000 0800"),
        V6("Linux cooked 2", 276, "86DD 0000 00000002 0001 00 06 0200000000010000"),
        V4("Linux cooked 2 with two tags", 276, "88A8 0000 00000002 0001 00 06 0200000000010000 0064 8100 0065 0800"),
        V4("null, little-endian", 0, "02000000"),
        V6("null, big-endian", 0, "0000001E"),
        V6("loop", 108, "00000018"),
        V4("raw", 101, ""),
        V6("raw", 101, ""),
        V4("raw of BSD", 12, ""),
        V6("raw of OpenBSD", 14, ""),
        V4("raw IPv4", 228, ""),
        V6("raw IPv6", 229, ""),
        V4("PPP", 9, "0021"),
        V6("PPP, framed", 9, "FF03 0057"),
        V4("PPP, compressed", 9, "21"),
        V4("Cisco HDLC where PPP is said", 9, "0F00 0800"),
        V4("PPP with a label", 9, "FF03 0281 00010140"),
        V4("PPP over HDLC", 50, "FF03 0021"),
        V6("Cisco HDLC", 50, "0F00 86DD"),
        V4("PPPoE", 51, "11000064 0022 0021"),
        V4("PPPoE in Ethernet", 1, "020000000001 020000000002 8864 11000064 0022 0021"),
        V6("PPPoE in a VLAN", 1, "020000000001 020000000002 8100 0064 8864 11000064 0036 0057"),
        V4("SNAP", 1, "020000000001 020000000002 0028 AAAA03 000000 0800"),
        V4("SNAP in a VLAN", 1, "020000000001 020000000002 8100 0064 0028 AAAA03 000000 0800"),
        V4("802.2 of IP", 1, "020000000001 020000000002 0023 060603"),
        V6("jumbo LLC", 1, "020000000001 020000000002 8870 AAAA03 000000 86DD"),
        V4("one label", 1, "020000000001 020000000002 8847 0001D140"),
        V4("802.11 from the access point", 105, Wlan("0802") + Snap4),
        V6("802.11 to the access point, QoS", 105, Wlan("8801") + "0000" + Snap6),
        V4("802.11 between access points, QoS and HT control", 105,
            Wlan("8883") + "020000000004 0000 00000000" + Snap4),
        V4("802.11 with a bridge tunnel", 105, Wlan("0801") + "AAAA03 0000F8 0800"),
        V6("radiotap", 127, "0000 0800 00000000" + Wlan("0801") + Snap6),
        V4("radiotap, padded after two words of presence", 127,
            "0000 1900 030000A0 00000000 00000000 0000000000000000 20" + Wlan("8801") + "0000 0000" + Snap4),
        V4("Prism", 119, "44000000 90000000" + new string('0', 272) + Wlan("0801") + Snap4),
        V6("AVS for Prism", 119, Avs + Wlan("0801") + Snap6),
        V4("AVS", 163, Avs + Wlan("0801") + Snap4),
        V4("PPI", 192, "00 00 0800 69000000" + Wlan("0801") + Snap4),
        V4("pktap of Ethernet", 258, Pktap("01000000", "01000000") + "020000000001 020000000002 0800"),
        V6("pktap of raw IP", 258, Pktap("01000000", "65000000")),
        V6("PPI of Ethernet", 192, "00 00 0800 01000000 020000000001 020000000002 86DD"),
        V6("C-HDLC", 104, "0F00 86DD"),
        V4("Frame Relay", 107, "1841 03 CC"),
        V6("Frame Relay, four bytes of address", 107, "18400041 03 00 80 000000 86DD"),
        V4("Frame Relay of Cisco", 107, "1841 0800"),
        V4("FDDI", 10, "50 020000000001 020000000002" + Snap4),
        V4("Token Ring", 6, "1040 020000000001 020000000002" + Snap4),
        V6("Token Ring with a route", 6, "1040 020000000001 820000000002 0630 00110020" + Snap6),
        V4("ARCNET of Linux", 129, "BE50 A8E7 D4 00 0166"),
        V4("ARCNET of Linux, old", 129, "BE50 AB08 F0"),
        V6("ARCNET of BSD", 7, "BE50 C4 FF FFFF C4 00 0166"),
        V4("pflog", 117, "3D 02 00 00" + "656D3000000000000000000000000000" + new string('0', 88)),
        V4("MAC-in-MAC", 1, "020000000001 020000000002 88A8 0064 88E7 00000101 020000000003 020000000004 0800"),
        V4("FabricPath", 1, "02ABD0000000 02ABC0000000 8903 4020 020000000003 020000000004 0800"),
        V4("FabricPath with a VLAN", 1, "02ABD0000000 02ABC0000000 8903 4020 020000000003 020000000004 8100 0064 0800"),
        V4("Cisco MetaData", 1, "020000000001 020000000002 8909 01 01 0001 0002 0800"),
        V6("Cisco MetaData with a VLAN", 1, "020000000001 020000000002 8100 0064 8909 01 01 0001 FFFF 86DD"),
        V4("VN-Tag", 1, "020000000001 020000000002 8926 80330000 0800"),
        V6("VN-Tag between VLANs", 1, "020000000001 020000000002 8100 00FA 8926 00000033 8100 00FA 86DD"),
        V4("E-TAG", 1, "020000000001 020000000002 893F 0000 0064 0000 0800"),
        V4("HSR", 1, "020000000001 020000000002 892F 003C 0001 0800"),
        V6("HSR with a VLAN", 1, "020000000001 020000000002 8100 0064 892F 103C 0001 86DD"),
        V4("R-TAG", 1, "020000000001 020000000002 F1C1 0000 0001 0800"),
        V4("TRILL", 1, "020000000001 020000000002 22F3 003F 0001 0002 020000000003 020000000004 0800"),
        V6("TRILL with options and a VLAN", 1,
            "020000000001 020000000002 22F3 007F 0001 0002 00000000 020000000003 020000000004 8100 0064 86DD"),
        V4("NSH of an Ethernet frame", 1,
            "020000000001 020000000002 894F 0FC20203 00000AFF 020000000003 020000000004 0800"),
        V6("NSH with context", 1,
            "020000000001 020000000002 894F 0FC60102 00000AFF 00000001 00000002 00000003 00000004"),
        V4("NFLOG", 239, "02 00 0014 08000100 08000127 05000A00 00000000 24000900"),
        V6("NFLOG", 239, "0A 00 0000 08000A00 00000002 38000900"),
        V4("Juniper", 178, "4D4743 00 020000000001 020000000002 0800"),
        V4("Juniper with extensions", 178,
            "4D4743 80 0010 030101 06010E 01028C00 04044C010000 020000000001 020000000002 8100 0064 0800"),
        V4("Juniper without a link header", 178, "4D4743 02 02000000"),
        V4("PPP of Juniper", 179, "4D4743 00 FF03 0021"),
        V4("Frame Relay of Juniper", 180, "4D4743 00 1841 03 CC"),
        V6("Cisco HDLC of Juniper", 181, "4D4743 00 0F00 86DD"),
        V4("SLIP", 8, new string('0', 32)),
        V4("enc", 109, "02000000 00001234 00000000"),
        V6("enc", 109, "18000000 00001234 00000000"),
        V4("IP over Fibre Channel", 122, "1000020000000001 0000020000000002" + Snap4),
        V4("PPP of pppd", 166, "01 03 0021"),
        V4("PPP with direction", 204, "01 FF03 0021"),
        V4("netANALYZER", 240, "00000000 020000000001 020000000002 0800"),
        V4("EPON", 259, "5555D55555000000 020000000001 020000000002 8100 0064 0800"),
        V4("IPNET", 226, "01 02 0000 00000020 00000001 00000000 00000000 00000000"),
        V6("IPNET", 226, "01 1A 0000 00000034 00000001 00000000 00000000 00000000"),
        V4("IP over InfiniBand", 242, new string('0', 80) + "0800 0000"),
        V6("ATM with LLC", 100, Snap6),
        V4("pktap as a user's link type", 149, Pktap("01000000", "01000000") + "020000000001 020000000002 0800"),
        V4("null with an EtherType", 0, "00080000"),
        V6("null with an EtherType, big-endian", 0, "000086DD"),
        V4("null with Cisco's framing", 0, "0F000800"),
        V4("MPLS", 219, "00010040 00012140"),
        V4("Broadcom's switch tag", 281, "020000000001 020000000002 2C000080 0800"),
        V6("Broadcom's switch tag before the addresses", 282, "2C000080 020000000001 020000000002 86DD"),
        V4("Marvell's switch tag", 284, "020000000001 020000000002 C00A0000 0800"),
        V6("Marvell's switch tag with a type", 285, "020000000001 020000000002 DADA0000 C00A0000 8100 0064 86DD"),
        V4("MACsec, clear", 1, "020000000001 020000000002 88E5 2000 00000001 0200000000020001 0800"),
        V6("two labels in a VLAN", 1, "020000000001 020000000002 8100 0064 8848 0001D040 00012140"),
    ];

    /// <summary>A pktap header (108 bytes) with a record type and a link type.</summary>
    private static string Pktap(string record, string linkType) =>
        "6C000000" + record + linkType + string.Concat(Enumerable.Repeat("00", 96));

    private static string Wlan(string control) => control + "0000 020000000001 020000000002 020000000003 1000";

    private static (string, ushort, byte[], int) V4(string name, ushort linkType, string link) =>
        Of($"{name}, IPv4", linkType, link, Ipv4);

    private static (string, ushort, byte[], int) V6(string name, ushort linkType, string link) =>
        Of($"{name}, IPv6", linkType, link, Ipv6);

    private static (string, ushort, byte[], int) Of(string name, ushort linkType, string link, byte[] packet) =>
        (name, linkType, [.. Hex.Bytes(link), .. packet], Hex.Bytes(link).Length);
}
