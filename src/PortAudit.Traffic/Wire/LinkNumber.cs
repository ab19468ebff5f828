namespace PortAudit.Traffic.Wire;

/// <summary>LINKTYPE_ numbers of supported frames (draft-ietf-opsawg-pcaplinktype).</summary>
internal static class LinkNumber
{
    public const ushort Null = 0;
    public const ushort Ethernet = 1;
    public const ushort TokenRing = 6;
    public const ushort ArcnetOfBsd = 7;
    public const ushort Slip = 8;
    public const ushort Ppp = 9;
    public const ushort Fddi = 10;
    public const ushort RawOfBsd = 12;
    public const ushort RawOfOpenBsd = 14;
    public const ushort PppHdlc = 50;
    public const ushort PppEther = 51;
    public const ushort AtmRfc1483 = 100;
    public const ushort Raw = 101;
    public const ushort CiscoHdlc = 104;
    public const ushort Ieee80211 = 105;
    public const ushort FrameRelay = 107;
    public const ushort Loop = 108;
    public const ushort Enc = 109;
    public const ushort LinuxCooked = 113;
    public const ushort Pflog = 117;
    public const ushort Ieee80211Prism = 119;
    public const ushort IpOverFibreChannel = 122;
    public const ushort Ieee80211Radiotap = 127;
    public const ushort ArcnetOfLinux = 129;
    public const ushort PktapOfDarwin = 149;
    public const ushort Ieee80211Avs = 163;
    public const ushort PppOfPppd = 166;
    public const ushort JuniperEthernet = 178;
    public const ushort JuniperPpp = 179;
    public const ushort JuniperFrameRelay = 180;
    public const ushort JuniperCiscoHdlc = 181;
    public const ushort Ppi = 192;
    public const ushort PppWithDirection = 204;
    public const ushort Mpls = 219;
    public const ushort Ipnet = 226;
    public const ushort Ipv4 = 228;
    public const ushort Ipv6 = 229;
    public const ushort Nflog = 239;
    public const ushort Netanalyzer = 240;
    public const ushort Ipoib = 242;
    public const ushort Pktap = 258;
    public const ushort Epon = 259;
    public const ushort LinuxCooked2 = 276;
    public const ushort TagOfBroadcom = 281;
    public const ushort TagOfBroadcomFirst = 282;
    public const ushort TagOfMarvell = 284;
    public const ushort TypedTagOfMarvell = 285;
}
