namespace PortAudit.Traffic.Wire;

/// <summary>Encapsulations of a packet inside another.</summary>
internal enum TunnelKind : byte
{
    /// <summary>No tunnel.</summary>
    None,

    /// <summary>Generic Routing Encapsulation (RFC 2784, RFC 2890).</summary>
    Gre,

    /// <summary>PPTP data: PPP in enhanced GRE (RFC 2637 §4.1).</summary>
    Pptp,

    /// <summary>Mirrored frames in GRE (draft-foschiano-erspan).</summary>
    Erspan,

    /// <summary>IP within IP of the same family (RFC 2003; RFC 2473).</summary>
    IpInIp,

    /// <summary>IPv6 within IPv4 (RFC 4213).</summary>
    Ipv6InIpv4,

    /// <summary>IPv4 within IPv6 (RFC 2473).</summary>
    Ipv4InIpv6,

    /// <summary>Authentication Header (RFC 4302): readable, but IP protocol 51 to a firewall.</summary>
    AuthenticationHeader,

    /// <summary>Ethernet within IP (RFC 3378).</summary>
    EtherIp,

    /// <summary>VXLAN (RFC 7348).</summary>
    Vxlan,

    /// <summary>Geneve (RFC 8926).</summary>
    Geneve,

    /// <summary>Teredo: IPv6 within UDP (RFC 4380).</summary>
    Teredo,

    /// <summary>PPP in the Layer Two Tunneling Protocol, version 2 (RFC 2661).</summary>
    L2tp,

    /// <summary>User data of the GPRS Tunnelling Protocol (3GPP TS 29.281).</summary>
    GtpUser,

    /// <summary>An MPLS label stack within IP or UDP (RFC 4023; RFC 7510).</summary>
    Mpls,

    /// <summary>Frames of wireless stations between access points and their controller (RFC 5415).</summary>
    Capwap,

    /// <summary>The data plane of the Locator/ID Separation Protocol (RFC 9300).</summary>
    Lisp,

    /// <summary>A multicast packet on its way to the rendezvous point (RFC 7761 §4.9.3).</summary>
    PimRegister,

    /// <summary>Mirrored frames streamed by a router or access point (TaZmen Sniffer Protocol).</summary>
    Tzsp,

    /// <summary>NVGRE: Ethernet in GRE, by virtual subnet (RFC 7637).</summary>
    Nvgre,

    /// <summary>A service of a provider backbone bridge: Ethernet within Ethernet (IEEE 802.1Q §25).</summary>
    BackboneService,

    /// <summary>AYIYA: IP within UDP, with identity and signature (draft-massar-v6ops-ayiya).</summary>
    Ayiya,
}
