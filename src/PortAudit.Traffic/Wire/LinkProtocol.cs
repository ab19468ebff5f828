namespace PortAudit.Traffic.Wire;

/// <summary>A protocol directly above the link headers other than IP.</summary>
public enum LinkProtocol : byte
{
    /// <summary>IP, or unknown content.</summary>
    None,

    /// <summary>Address Resolution Protocol (RFC 826).</summary>
    Arp,

    /// <summary>Reverse ARP (RFC 903).</summary>
    Rarp,

    /// <summary>IPX of NetWare, in any of its four framings.</summary>
    Ipx,

    /// <summary>AppleTalk.</summary>
    AppleTalk,

    /// <summary>AppleTalk address resolution.</summary>
    Aarp,

    /// <summary>Spanning tree of bridges (IEEE 802.1D), including Cisco's per VLAN.</summary>
    SpanningTree,

    /// <summary>Cisco Discovery Protocol.</summary>
    Cdp,

    /// <summary>VLAN Trunking Protocol of Cisco.</summary>
    Vtp,

    /// <summary>Dynamic Trunking Protocol of Cisco.</summary>
    Dtp,

    /// <summary>Unidirectional Link Detection of Cisco (RFC 5171).</summary>
    Udld,

    /// <summary>Link Layer Discovery Protocol (IEEE 802.1AB).</summary>
    Lldp,

    /// <summary>Slow protocols: link aggregation (LACP), OAM (IEEE 802.3 annex 57A).</summary>
    SlowProtocols,

    /// <summary>MAC control: pause frames (IEEE 802.3 clause 31).</summary>
    MacControl,

    /// <summary>Port access control, EAP over LAN (IEEE 802.1X).</summary>
    Eapol,

    /// <summary>Configuration test, the keepalive of Cisco's ports (Ethernet 2.0 §8).</summary>
    Loopback,

    /// <summary>PPPoE in its discovery stage (RFC 2516 §5).</summary>
    PppoeDiscovery,

    /// <summary>Link control, authentication and network control of PPP (RFC 1661).</summary>
    PppControl,

    /// <summary>NetBIOS over logical link control (NetBEUI).</summary>
    NetBeui,

    /// <summary>IS-IS and other ISO network layers (ISO 9577).</summary>
    IsoNetwork,

    /// <summary>Systems Network Architecture of IBM.</summary>
    Sna,

    /// <summary>DECnet, LAT and MOP of Digital.</summary>
    Dec,

    /// <summary>PROFINET in real time (IEC 61158).</summary>
    Profinet,

    /// <summary>EtherCAT (IEC 61158).</summary>
    EtherCat,

    /// <summary>GOOSE, GSE or sampled values of substations (IEC 61850).</summary>
    Iec61850,

    /// <summary>Precision Time Protocol over Ethernet (IEEE 1588 annex F).</summary>
    Ptp,

    /// <summary>Fault management and performance of Ethernet services (IEEE 802.1Q clause 20; ITU-T Y.1731).</summary>
    Cfm,

    /// <summary>Power line networks (IEEE 1901; HomePlug).</summary>
    HomePlug,

    /// <summary>Fibre Channel over Ethernet and its initialisation (INCITS FC-BB-5).</summary>
    FibreChannel,

    /// <summary>RDMA over converged Ethernet, version 1.</summary>
    Roce,

    /// <summary>ATA over Ethernet.</summary>
    AtaOverEthernet,

    /// <summary>Wake-on-LAN.</summary>
    WakeOnLan,

    /// <summary>Realtek's switch and loop detection frames.</summary>
    Realtek,

    /// <summary>IEEE 802.11 management and control frames.</summary>
    WirelessControl,

    /// <summary>Another EtherType.</summary>
    OtherEtherType,

    /// <summary>Other logical link control.</summary>
    OtherLlc,
}
