using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Http;
using PortAudit.Traffic.Protocols.Icmp;
using PortAudit.Traffic.Protocols.Ipsec;
using PortAudit.Traffic.Protocols.L2tp;
using PortAudit.Traffic.Protocols.OpenVpn;
using PortAudit.Traffic.Protocols.Overlays;
using PortAudit.Traffic.Protocols.Pptp;
using PortAudit.Traffic.Protocols.Routing;
using PortAudit.Traffic.Protocols.Ssh;
using PortAudit.Traffic.Protocols.WireGuard;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols;

/// <summary>The network itself: IPsec, IP protocols, tunnels, overlays, routing.</summary>
internal static class NetworkProtocols
{
    /// <summary>The rows, in registry order.</summary>
    public static readonly ImmutableArray<ProtocolRow> Rows =
    [
        new("isakmp", "Internet Key Exchange") { UdpPorts = [500, 4500], IsTunnel = true,
            OverTcp = new IsakmpRecogniser(), OverUdp = new IsakmpRecogniser() },
        new("esp", "Encapsulating Security Payload") { IpProtocols = [50], HidesContent = true, IsTunnel = true,
            OverUdp = new EspRecogniser() },
        new("ah", "Authentication Header") { IpProtocols = [51] },
        new("gre", "Generic Routing Encapsulation") { IpProtocols = [47], IsTunnel = true },
        new("icmp", "Internet Control Message Protocol")
        {
            IpProtocols = [1],
            IsOrdinary = true,
            OverIcmp = new IcmpTunnelRecogniser(IpProtocol.Icmp, new SshRecogniser(), CommonProtocols.Tls,
                new HttpRecogniser()),
        },
        new("icmpv6", "Internet Control Message Protocol for IPv6")
        {
            IpProtocols = [58],
            IsOrdinary = true,
            OverIcmp = new IcmpTunnelRecogniser(IpProtocol.IcmpV6, new SshRecogniser(), CommonProtocols.Tls,
                new HttpRecogniser()),
        },
        new("igmp", "Internet Group Management Protocol") { IpProtocols = [2] },
        new("egp", "Exterior Gateway Protocol") { IpProtocols = [8] },
        new("igrp", "Interior Gateway Routing Protocol (Cisco)") { IpProtocols = [9] },
        new("rsvp", "Resource Reservation Protocol") { IpProtocols = [46] },
        new("eigrp", "Enhanced Interior Gateway Routing Protocol") { IpProtocols = [88] },
        new("ospf", "Open Shortest Path First") { IpProtocols = [89] },
        new("etherip", "Ethernet within IP") { IpProtocols = [97], IsTunnel = true },
        new("pim", "Protocol Independent Multicast") { IpProtocols = [103] },
        new("ipcomp", "IP Payload Compression") { IpProtocols = [108] },
        new("vrrp", "Virtual Router Redundancy Protocol") { IpProtocols = [112] },
        new("hip", "Host Identity Protocol") { IpProtocols = [139] },
        new("l2tp", "Layer Two Tunneling Protocol")
        {
            UdpPorts = [1701],
            IpProtocols = [115],
            IsTunnel = true,
            ObsoleteForms = [new("ppp-pap", CredentialUse.Password)],
            OverUdp = new L2tpRecogniser(),
            Credentials = new PapReader(),
        },
        new("pptp", "Point-to-Point Tunneling Protocol")
        {
            TcpPorts = [1723],
            IsTunnel = true,
            OverTcp = new PptpRecogniser(),
            Tracker = () => new PptpPortTracker(),
        },
        new("openvpn", "OpenVPN") { TcpPorts = [1194], UdpPorts = [1194], HidesContent = true,
            IsTunnel = true, OverTcp = new OpenVpnRecogniser(), OverUdp = new OpenVpnRecogniser() },
        new("wg", "WireGuard") { HidesContent = true, IsTunnel = true, OverUdp = new WireGuardRecogniser() },
        new("vxlan", "Virtual Extensible Local Area Network") { UdpPorts = [4789, 4790],
            IsTunnel = true, OverUdp = new VxlanRecogniser() },
        new("geneve", "Generic Network Virtualization Encapsulation") { UdpPorts = [6081],
            IsTunnel = true, OverUdp = new GeneveRecogniser() },
        new("gtp", "GPRS Tunnelling Protocol") { UdpPorts = [2123, 2152], IsTunnel = true,
            OverUdp = new GtpRecogniser() },
        new("capwap", "Control and Provisioning of Wireless Access Points") { UdpPorts = [5246, 5247],
            IsTunnel = true, OverUdp = new CapwapRecogniser() },
        new("lisp", "Locator/ID Separation Protocol") { UdpPorts = [4341, 4342], IsTunnel = true,
            OverUdp = new LispRecogniser() },
        new("tzsp", "TaZmen Sniffer Protocol") { OverUdp = new TzspRecogniser() },
        new("teredo", "Teredo") { UdpPorts = [3544], IsTunnel = true, OverUdp = new TeredoRecogniser() },
        new("rip", "Routing Information Protocol") { UdpPorts = [520], IsBroadcast = true, // RFC 1058 §3.5
            OverUdp = new RipRecogniser() },
        new("ripng", "Routing Information Protocol for IPv6") { UdpPorts = [521], OverUdp = new RipngRecogniser() },
        new("bgp", "Border Gateway Protocol") { TcpPorts = [179], OverTcp = new BgpRecogniser() },
        new("ldp", "Label Distribution Protocol") { TcpPorts = [646], UdpPorts = [646], OverTcp = new LdpRecogniser(),
            OverUdp = new LdpRecogniser() },
        new("bfd", "Bidirectional Forwarding Detection") { UdpPorts = [3784, 4784], OverUdp = new BfdRecogniser() },
        new("hsrp", "Hot Standby Router Protocol") { UdpPorts = [1985, 2029], OverUdp = new HsrpRecogniser() },
        new("wccp", "Web Cache Communication Protocol") { UdpPorts = [2048], OverUdp = new WccpRecogniser() },
    ];
}
