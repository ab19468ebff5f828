using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Afp;
using PortAudit.Traffic.Protocols.Bacnet;
using PortAudit.Traffic.Protocols.BitTorrent;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Cotp;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Protocols.Dhcp;
using PortAudit.Traffic.Protocols.Dns;
using PortAudit.Traffic.Protocols.Dropbox;
using PortAudit.Traffic.Protocols.Dtls;
using PortAudit.Traffic.Protocols.Finger;
using PortAudit.Traffic.Protocols.Ftp;
using PortAudit.Traffic.Protocols.H323;
using PortAudit.Traffic.Protocols.Http;
using PortAudit.Traffic.Protocols.Iax;
using PortAudit.Traffic.Protocols.Icmp;
using PortAudit.Traffic.Protocols.Imap;
using PortAudit.Traffic.Protocols.Ipsec;
using PortAudit.Traffic.Protocols.Irc;
using PortAudit.Traffic.Protocols.Kerberos;
using PortAudit.Traffic.Protocols.L2tp;
using PortAudit.Traffic.Protocols.Ldap;
using PortAudit.Traffic.Protocols.Lpd;
using PortAudit.Traffic.Protocols.Megaco;
using PortAudit.Traffic.Protocols.Messaging;
using PortAudit.Traffic.Protocols.Mgcp;
using PortAudit.Traffic.Protocols.Mms;
using PortAudit.Traffic.Protocols.Msmq;
using PortAudit.Traffic.Protocols.Msnms;
using PortAudit.Traffic.Protocols.NetBios;
using PortAudit.Traffic.Protocols.Nntp;
using PortAudit.Traffic.Protocols.Ntlm;
using PortAudit.Traffic.Protocols.Ntp;
using PortAudit.Traffic.Protocols.OncRpc;
using PortAudit.Traffic.Protocols.OpenVpn;
using PortAudit.Traffic.Protocols.Overlays;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Protocols.Pop;
using PortAudit.Traffic.Protocols.Pptp;
using PortAudit.Traffic.Protocols.ProxyHeader;
using PortAudit.Traffic.Protocols.Quic;
using PortAudit.Traffic.Protocols.Radius;
using PortAudit.Traffic.Protocols.Rdp;
using PortAudit.Traffic.Protocols.RemoteControl;
using PortAudit.Traffic.Protocols.Routing;
using PortAudit.Traffic.Protocols.Rtp;
using PortAudit.Traffic.Protocols.Rtsp;
using PortAudit.Traffic.Protocols.Sap;
using PortAudit.Traffic.Protocols.ServiceLocation;
using PortAudit.Traffic.Protocols.Simple;
using PortAudit.Traffic.Protocols.Sip;
using PortAudit.Traffic.Protocols.Skinny;
using PortAudit.Traffic.Protocols.Smb;
using PortAudit.Traffic.Protocols.Smtp;
using PortAudit.Traffic.Protocols.Snmp;
using PortAudit.Traffic.Protocols.Socks;
using PortAudit.Traffic.Protocols.Sql;
using PortAudit.Traffic.Protocols.Ssh;
using PortAudit.Traffic.Protocols.Stores;
using PortAudit.Traffic.Protocols.Stun;
using PortAudit.Traffic.Protocols.Syslog;
using PortAudit.Traffic.Protocols.Tds;
using PortAudit.Traffic.Protocols.Telnet;
using PortAudit.Traffic.Protocols.Tftp;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Protocols.Vnc;
using PortAudit.Traffic.Protocols.Whois;
using PortAudit.Traffic.Protocols.WinsReplication;
using PortAudit.Traffic.Protocols.WireGuard;
using PortAudit.Traffic.Protocols.X11;
using PortAudit.Traffic.Protocols.Xmpp;
using PortAudit.Traffic.Protocols.Ymsg;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols;

/// <summary>
/// Every application protocol by name: the one list that rules, recognisers and reports share. To add a protocol, add a
/// row and, when its bytes can be read, a folder with its parts (docs/adding-a-protocol.md).
/// </summary>
/// <remarks>
/// Ports are those of the IANA "Service Name and Transport Protocol Port Number Registry" and, for Microsoft's and
/// Cisco's own protocols, of their documents. A port whose registered meaning is a protocol within TLS (636, 993, 5061
/// …) stands with that protocol; 443 stands with TLS. Ports that several vendors claim and dynamic ranges are left out:
/// the role catalog knows them by place. Where one port is registered for two rows, it stands with the first alone, so
/// SMB 2 and Microsoft's TURN have none. Three simple services have no bytes of their own and so no recogniser, and are
/// named by port alone: discard (RFC 863) answers nothing, quote of the day (RFC 865) is any text, as a banner is, and
/// time (RFC 868) any four bytes. TLS has no reader of names, as its handshake notes have them. L2TP, whose responder
/// may answer from another port (RFC 2661 §8.1), has no tracker: no message names that port, and the answer that comes
/// from it is L2TP by its own bytes, which say who asked.
/// </remarks>
public static class ProtocolRegistry
{
    /// <summary>Looks the services of ALPN names up in all rows, once there are any to read.</summary>
    private static readonly TlsRecogniser Tls = new(ServicesByAlpn);

    /// <summary>The rows. Recognisers are asked in this order; no two claim the same bytes.</summary>
    public static readonly ImmutableArray<ProtocolRow> Rows =
    [
        new("dns", "Domain Name System")
        {
            TcpPorts = [53, 853],
            UdpPorts = [53, 853],
            AlpnNames = ["dot", "doq", "doq-*"],
            OverTcp = new DnsRecogniser(DnsDialect.Unicast),
            OverUdp = new DnsRecogniser(DnsDialect.Unicast),
            Names = new DnsNameReader(DnsDialect.Unicast, NameBasis.DnsAnswer),
            NameContent = DnsNameContent.Read,
        },
        new("mdns", "Multicast DNS")
        {
            TcpPorts = [5353],
            UdpPorts = [5353],
            IsDiscovery = true,
            OverTcp = new DnsRecogniser(DnsDialect.Multicast),
            OverUdp = new DnsRecogniser(DnsDialect.Multicast),
            Names = new DnsNameReader(DnsDialect.Multicast, NameBasis.Mdns),
        },
        new("llmnr", "Link-Local Multicast Name Resolution")
        {
            TcpPorts = [5355],
            UdpPorts = [5355],
            IsDiscovery = true,
            OverTcp = new DnsRecogniser(DnsDialect.LinkLocal),
            OverUdp = new DnsRecogniser(DnsDialect.LinkLocal),
            Names = new DnsNameReader(DnsDialect.LinkLocal, NameBasis.Llmnr),
        },
        new("tls", "Transport Layer Security")
        {
            TcpPorts = [443],
            HidesContent = true,
            OverTcp = Tls,
            HandshakeNotes = TlsHandshakeNotes.Write,
        },
        new("msturn", "Microsoft TURN (Lync, Skype for Business)")
        {
            OverTcp = new MsTurnRecogniser(),
            OverUdp = new MsTurnRecogniser(),
            Tracker = () => new StunPortTracker("msturn", isMicrosoft: true),
        },
        new("stun", "Session Traversal Utilities for NAT, with TURN")
        {
            TcpPorts = [3478, 5349],
            UdpPorts = [3478, 5349],
            AlpnNames = ["stun.turn", "stun.nat-discovery"],
            IsDiscovery = true,
            OverTcp = new StunRecogniser(),
            OverUdp = new StunRecogniser(),
            Tracker = () => new StunPortTracker("stun", isMicrosoft: false),
        },
        new("http", "Hypertext Transfer Protocol 1.x")
        {
            TcpPorts = [80, 591, 8008, 8080],
            // SPDY and gRPC are HTTP 2 under older and narrower names
            AlpnNames = ["http/*", "h2", "h2-*", "h2c", "h3", "h3-*", "spdy/*", "grpc-exp"],
            Kin = ["http2"], // the same semantics, RFC 9110 §2.5
            ObsoleteForms = [new("http-password", CredentialUse.Password)],
            OverTcp = new HttpRecogniser(),
            Names = new HttpNameReader(),
            Credentials = new HttpLoginReader(),
            Refusals = HttpRefusal.Read,
        },
        new("http2", "Hypertext Transfer Protocol 2 without TLS") { OverTcp = new Http2Recogniser() },
        new("ssdp", "Simple Service Discovery Protocol")
        {
            UdpPorts = [1900],
            IsDiscovery = true,
            OverUdp = new SsdpRecogniser(),
        },
        new("sip", "Session Initiation Protocol")
        {
            TcpPorts = [5060, 5061],
            UdpPorts = [5060, 5061],
            AlpnNames = ["sip/2", "sip"],
            OverTcp = new SipRecogniser(),
            OverUdp = new SipRecogniser(),
            Tracker = () => new SipPortTracker(),
        },
        new("smb", "Server Message Block 1")
        {
            TcpPorts = [445],
            UdpPorts = [445],
            Kin = ["smb2"], // [MS-SMB2] §1.7: the version is negotiated on the same port
            ObsoleteForms = [new("smb-1")],
            OverTcp = new SmbRecogniser(SmbGeneration.First),
            Names = new SmbNameReader(),
            Credentials = new NtlmReader(),
            Tracker = () => new SmbPortTracker(() => new DceRpcPortTracker(overPipe: true)),
        },
        new("smb2", "Server Message Block 2 and 3")
        {
            AlpnNames = ["smb"],
            OverTcp = new SmbRecogniser(SmbGeneration.Second),
            Names = new SmbNameReader(),
            Credentials = new NtlmReader(),
            Tracker = () => new SmbPortTracker(() => new DceRpcPortTracker(overPipe: true)),
        },
        new("nbss", "NetBIOS Session Service")
        {
            TcpPorts = [139],
            Kin = ["smb", "smb2"], // the NetBIOS session service carries nothing else today, [MS-SMB] §2.1
            OverTcp = new NbssRecogniser(),
            Names = new SmbNameReader(),
            Credentials = new NtlmReader(),
        },
        new("xmpp", "Extensible Messaging and Presence Protocol")
        {
            TcpPorts = [5222, 5269],
            AlpnNames = ["xmpp-client", "xmpp-server"],
            MayStartTls = true,
            ObsoleteForms = [new("xmpp-password", CredentialUse.Password)],
            OverTcp = new XmppRecogniser(),
            Credentials = new XmppLoginReader(),
        },
        new("ssh", "Secure Shell") { TcpPorts = [22], HidesContent = true, OverTcp = new SshRecogniser() },
        new("dtls", "Datagram Transport Layer Security") { HidesContent = true, OverTcp = new DtlsRecogniser(),
            OverUdp = new DtlsRecogniser() },
        new("quic", "QUIC") { UdpPorts = [443], HidesContent = true, OverUdp = new QuicRecogniser() },
        new("rtp", "Real-time Transport Protocol")
        {
            UdpPorts = [5004],
            IsMedia = true,
            OverTcp = new RtpStreamRecogniser(),
            OverUdp = new RtpRecogniser(),
        },
        new("rtcp", "RTP Control Protocol") { UdpPorts = [5005], IsMedia = true, OverUdp = new RtcpRecogniser() },
        new("dcerpc", "DCE/RPC and Microsoft RPC")
        {
            TcpPorts = [135, 593],
            UdpPorts = [135],
            OverTcp = new DceRpcRecogniser(),
            OverUdp = new DceRpcRecogniser(),
            Names = new TokenNameReader(),
            Credentials = new NtlmReader(),
            Tracker = () => new DceRpcPortTracker(),
        },
        new("nbns", "NetBIOS Name Service")
        {
            TcpPorts = [137],
            UdpPorts = [137],
            IsDiscovery = true,
            OverTcp = new NbnsRecogniser(),
            OverUdp = new NbnsRecogniser(),
            Names = new NbnsNameReader(),
        },
        new("nbdgm", "NetBIOS Datagram Service")
        {
            UdpPorts = [138],
            IsDiscovery = true,
            OverUdp = new NbdgmRecogniser(),
            Names = new NbdgmNameReader(),
        },
        new("kerberos", "Kerberos")
        {
            TcpPorts = [88],
            UdpPorts = [88],
            OverTcp = new KerberosRecogniser(),
            OverUdp = new KerberosRecogniser(),
            Names = new KerberosNameReader(),
        },
        new("kpasswd", "Kerberos password change") { TcpPorts = [464], UdpPorts = [464],
            OverTcp = new KpasswdRecogniser(), OverUdp = new KpasswdRecogniser() },
        new("ldap", "Lightweight Directory Access Protocol")
        {
            TcpPorts = [389, 636, 3268, 3269],
            MayStartTls = true,
            Kin = ["cldap"], // LDAP over UDP, [MS-ADTS] §6.3.3
            ObsoleteForms = [new("ldap-simple-bind", CredentialUse.Password)],
            OverTcp = new LdapRecogniser(),
            Names = new TokenNameReader(),
            Credentials = new LdapBindReader(),
        },
        new("cldap", "Connectionless LDAP") { UdpPorts = [389], OverUdp = new CldapRecogniser() },
        new("winsrepl", "WINS replication") { TcpPorts = [42], OverTcp = new WinsReplicationRecogniser() },
        new("ntp", "Network Time Protocol") { UdpPorts = [123], OverUdp = new NtpRecogniser() },
        new("dhcp", "Dynamic Host Configuration Protocol")
        {
            UdpPorts = [67, 68, 4011],
            IsDiscovery = true,
            OverUdp = new DhcpRecogniser(),
            Names = new DhcpNameReader(),
        },
        new("dhcpv6", "Dynamic Host Configuration Protocol for IPv6") { UdpPorts = [546, 547],
            OverUdp = new Dhcpv6Recogniser() },
        new("madcap", "Multicast Address Dynamic Client Allocation Protocol") { UdpPorts = [2535],
            OverUdp = new MadcapRecogniser() },
        new("snmp", "Simple Network Management Protocol")
        {
            TcpPorts = [161, 162],
            UdpPorts = [161, 162],
            OverTcp = new SnmpRecogniser(),
            OverUdp = new SnmpRecogniser(),
            Credentials = new CommunityReader(),
        },
        new("syslog", "Syslog") { TcpPorts = [601, 6514], UdpPorts = [514], OverTcp = new SyslogRecogniser(),
            OverUdp = new SyslogRecogniser() },
        new("radius", "RADIUS")
        {
            UdpPorts = [1645, 1646, 1812, 1813, 3799],
            AlpnNames = ["radius/1.0", "radius/1.1"],
            OverUdp = new RadiusRecogniser(),
        },
        new("isakmp", "Internet Key Exchange") { UdpPorts = [500, 4500], OverTcp = new IsakmpRecogniser(),
            OverUdp = new IsakmpRecogniser() },
        new("esp", "Encapsulating Security Payload") { IpProtocols = [50], OverUdp = new EspRecogniser() },
        new("ah", "Authentication Header") { IpProtocols = [51] },
        new("gre", "Generic Routing Encapsulation") { IpProtocols = [47] },
        new("icmp", "Internet Control Message Protocol")
        {
            IpProtocols = [1],
            OverIcmp = new IcmpTunnelRecogniser(IpProtocol.Icmp, new SshRecogniser(), Tls, new HttpRecogniser()),
        },
        new("icmpv6", "Internet Control Message Protocol for IPv6")
        {
            IpProtocols = [58],
            OverIcmp = new IcmpTunnelRecogniser(IpProtocol.IcmpV6, new SshRecogniser(), Tls, new HttpRecogniser()),
        },
        new("igmp", "Internet Group Management Protocol") { IpProtocols = [2] },
        new("egp", "Exterior Gateway Protocol") { IpProtocols = [8] },
        new("igrp", "Interior Gateway Routing Protocol (Cisco)") { IpProtocols = [9] },
        new("rsvp", "Resource Reservation Protocol") { IpProtocols = [46] },
        new("eigrp", "Enhanced Interior Gateway Routing Protocol") { IpProtocols = [88] },
        new("ospf", "Open Shortest Path First") { IpProtocols = [89] },
        new("etherip", "Ethernet within IP") { IpProtocols = [97] },
        new("pim", "Protocol Independent Multicast") { IpProtocols = [103] },
        new("ipcomp", "IP Payload Compression") { IpProtocols = [108] },
        new("vrrp", "Virtual Router Redundancy Protocol") { IpProtocols = [112] },
        new("hip", "Host Identity Protocol") { IpProtocols = [139] },
        new("l2tp", "Layer Two Tunneling Protocol")
        {
            UdpPorts = [1701],
            IpProtocols = [115],
            ObsoleteForms = [new("ppp-pap", CredentialUse.Password)],
            OverUdp = new L2tpRecogniser(),
            Credentials = new PapReader(),
        },
        new("pptp", "Point-to-Point Tunneling Protocol")
        {
            TcpPorts = [1723],
            OverTcp = new PptpRecogniser(),
            Tracker = () => new PptpPortTracker(),
        },
        new("openvpn", "OpenVPN") { TcpPorts = [1194], UdpPorts = [1194], HidesContent = true,
            OverTcp = new OpenVpnRecogniser(), OverUdp = new OpenVpnRecogniser() },
        new("wg", "WireGuard") { HidesContent = true, OverUdp = new WireGuardRecogniser() },
        new("vxlan", "Virtual Extensible Local Area Network") { UdpPorts = [4789, 4790],
            OverUdp = new VxlanRecogniser() },
        new("geneve", "Generic Network Virtualization Encapsulation") { UdpPorts = [6081],
            OverUdp = new GeneveRecogniser() },
        new("gtp", "GPRS Tunnelling Protocol") { UdpPorts = [2123, 2152], OverUdp = new GtpRecogniser() },
        new("capwap", "Control and Provisioning of Wireless Access Points") { UdpPorts = [5246, 5247],
            OverUdp = new CapwapRecogniser() },
        new("lisp", "Locator/ID Separation Protocol") { UdpPorts = [4341, 4342], OverUdp = new LispRecogniser() },
        new("tzsp", "TaZmen Sniffer Protocol") { OverUdp = new TzspRecogniser() },
        new("teredo", "Teredo") { UdpPorts = [3544], OverUdp = new TeredoRecogniser() },
        new("rip", "Routing Information Protocol") { UdpPorts = [520], OverUdp = new RipRecogniser() },
        new("ripng", "Routing Information Protocol for IPv6") { UdpPorts = [521], OverUdp = new RipngRecogniser() },
        new("bgp", "Border Gateway Protocol") { TcpPorts = [179], OverTcp = new BgpRecogniser() },
        new("ldp", "Label Distribution Protocol") { TcpPorts = [646], UdpPorts = [646], OverTcp = new LdpRecogniser(),
            OverUdp = new LdpRecogniser() },
        new("bfd", "Bidirectional Forwarding Detection") { UdpPorts = [3784, 4784], OverUdp = new BfdRecogniser() },
        new("hsrp", "Hot Standby Router Protocol") { UdpPorts = [1985, 2029], OverUdp = new HsrpRecogniser() },
        new("wccp", "Web Cache Communication Protocol") { UdpPorts = [2048], OverUdp = new WccpRecogniser() },
        new("smtp", "Simple Mail Transfer Protocol")
        {
            TcpPorts = [25, 465, 587],
            MayStartTls = true,
            ObsoleteForms = [new("mail-password", CredentialUse.Password)],
            OverTcp = new SmtpRecogniser(),
            Credentials = new LoginReader(LoginDialect.Smtp),
        },
        new("pop", "Post Office Protocol")
        {
            TcpPorts = [110, 995],
            AlpnNames = ["pop3"],
            MayStartTls = true,
            ObsoleteForms = [new("mail-password", CredentialUse.Password)],
            OverTcp = new PopRecogniser(),
            Credentials = new LoginReader(LoginDialect.Pop),
        },
        new("imap", "Internet Message Access Protocol")
        {
            TcpPorts = [143, 993],
            AlpnNames = ["imap"],
            MayStartTls = true,
            ObsoleteForms = [new("mail-password", CredentialUse.Password)],
            OverTcp = new ImapRecogniser(),
            Credentials = new LoginReader(LoginDialect.Imap),
        },
        new("nntp", "Network News Transfer Protocol")
        {
            TcpPorts = [119, 563],
            AlpnNames = ["nntp", "nnsp"],
            MayStartTls = true,
            OverTcp = new NntpRecogniser(),
        },
        new("ftp", "File Transfer Protocol, control connection")
        {
            TcpPorts = [21, 990],
            AlpnNames = ["ftp"],
            MayStartTls = true,
            ObsoleteForms = [new("ftp-password", CredentialUse.Password)],
            OverTcp = new FtpRecogniser(),
            Credentials = new LoginReader(LoginDialect.Ftp),
            Tracker = () => new FtpPortTracker(),
        },
        new("ftp-data", "File Transfer Protocol, data connection") { TcpPorts = [20, 989], CarriesFiles = true },
        new("tftp", "Trivial File Transfer Protocol")
        {
            UdpPorts = [69],
            OverUdp = new TftpRecogniser(),
            Tracker = () => new TftpPortTracker(),
        },
        new("telnet", "Telnet")
        {
            TcpPorts = [23, 992],
            ObsoleteForms = [new("telnet")],
            OverTcp = new TelnetRecogniser(),
        },
        new("socks", "SOCKS proxy, versions 4 and 5") { TcpPorts = [1080], MayStartTls = true,
            OverTcp = new SocksRecogniser() },
        new("proxy", "PROXY protocol header of a load balancer (HAProxy)") { MayStartTls = true,
            OverTcp = new ProxyHeaderRecogniser() },
        new("rdp", "Remote Desktop Protocol") { TcpPorts = [3389], MayStartTls = true,
            OverTcp = new CotpRecogniser(CotpUser.Rdp) },
        new("rdpudp", "Remote Desktop Protocol, UDP transport") { UdpPorts = [3389], OverUdp = new RdpUdpRecogniser() },
        new("x400", "X.400 message transfer") { TcpPorts = [102], OverTcp = new CotpRecogniser(CotpUser.X400) },
        new("cotp", "OSI transport (X.224) over TCP") { OverTcp = new CotpRecogniser(CotpUser.Other) },
        new("vnc", "Remote Framebuffer (VNC)") { TcpPorts = [5900], OverTcp = new VncRecogniser() },
        new("teamviewer", "TeamViewer") { TcpPorts = [5938], UdpPorts = [5938], OverTcp = new TeamViewerRecogniser() },
        new("anydesk", "AnyDesk") { AlpnNames = ["anydesk/*"] },
        new("radmin", "Radmin") { TcpPorts = [4899], OverTcp = new RadminRecogniser() },
        new("winrm", "Windows Remote Management (WS-Management)") { TcpPorts = [5985, 5986] },
        new("x11", "X Window System, version 11") { TcpPorts = [6000], OverTcp = new X11Recogniser() },
        new("irc", "Internet Relay Chat")
        {
            TcpPorts = [194, 6667, 6697],
            AlpnNames = ["irc"],
            MayStartTls = true,
            OverTcp = new IrcRecogniser(),
        },
        new("msnms", "MSN Messenger") { TcpPorts = [1863], OverTcp = new MsnmsRecogniser() },
        new("ymsg", "Yahoo Messenger") { TcpPorts = [5050], OverTcp = new YmsgRecogniser() },
        new("tds", "Tabular Data Stream (SQL Server)")
        {
            TcpPorts = [1433],
            AlpnNames = ["tds/8.0"],
            MayStartTls = true,
            OverTcp = new TdsRecogniser(),
            Names = new TokenNameReader(),
            Credentials = new NtlmReader(),
        },
        new("ssrp", "SQL Server Resolution Protocol (SQL Browser)")
        {
            UdpPorts = [1434],
            OverUdp = new SsrpRecogniser(),
            Tracker = () => new SsrpPortTracker(),
        },
        new("mysql", "MySQL and MariaDB") { TcpPorts = [3306], MayStartTls = true, OverTcp = new MySqlRecogniser() },
        new("pgsql", "PostgreSQL")
        {
            TcpPorts = [5432],
            AlpnNames = ["postgresql"],
            MayStartTls = true,
            OverTcp = new PgSqlRecogniser(),
        },
        new("tns", "Transparent Network Substrate (Oracle)") { TcpPorts = [1521], OverTcp = new TnsRecogniser() },
        new("srvloc", "Service Location Protocol") { TcpPorts = [427], UdpPorts = [427],
            OverTcp = new ServiceLocationRecogniser(), OverUdp = new ServiceLocationRecogniser() },
        new("lpd", "Line Printer Daemon") { TcpPorts = [515], OverTcp = new LpdRecogniser() },
        new("afp", "Apple Filing Protocol") { TcpPorts = [548], OverTcp = new AfpRecogniser() },
        new("rpc", "ONC Remote Procedure Call")
        {
            AlpnNames = ["sunrpc"],
            OverTcp = new RpcRecogniser(RpcProgram.AnyOther),
            OverUdp = new RpcRecogniser(RpcProgram.AnyOther),
            Tracker = () => new RpcPortTracker(),
        },
        new("portmap", "ONC RPC port mapper")
        {
            TcpPorts = [111],
            UdpPorts = [111],
            OverTcp = new RpcRecogniser("portmap"),
            OverUdp = new RpcRecogniser("portmap"),
            Tracker = () => new RpcPortTracker(),
        },
        new("nfs", "Network File System") { TcpPorts = [2049], UdpPorts = [2049], OverTcp = new RpcRecogniser("nfs"),
            OverUdp = new RpcRecogniser("nfs") },
        new("mount", "NFS mount protocol") { OverTcp = new RpcRecogniser("mount"),
            OverUdp = new RpcRecogniser("mount") },
        new("nlm", "NFS lock manager") { OverTcp = new RpcRecogniser("nlm"), OverUdp = new RpcRecogniser("nlm") },
        new("stat", "NFS status monitor") { OverTcp = new RpcRecogniser("stat"), OverUdp = new RpcRecogniser("stat") },
        new("ypserv", "Network Information Service, server") { OverTcp = new RpcRecogniser("ypserv"),
            OverUdp = new RpcRecogniser("ypserv") },
        new("ypbind", "Network Information Service, binder") { OverTcp = new RpcRecogniser("ypbind"),
            OverUdp = new RpcRecogniser("ypbind") },
        new("msmq", "Microsoft Message Queuing") { TcpPorts = [1801], UdpPorts = [1801, 3527],
            OverTcp = new MsmqRecogniser(), OverUdp = new MsmqRecogniser() },
        new("psom", "Persistent Shared Object Model (Lync web conferencing)") { TcpPorts = [8057] },
        new("rtsp", "Real Time Streaming Protocol")
        {
            TcpPorts = [322, 554],
            UdpPorts = [554],
            OverTcp = new RtspRecogniser(),
            OverUdp = new RtspRecogniser(),
            Tracker = () => new RtspPortTracker(),
        },
        new("mms", "Microsoft Media Server streaming") { TcpPorts = [1755], UdpPorts = [1755],
            OverTcp = new MmsRecogniser() },
        new("mgcp", "Media Gateway Control Protocol")
        {
            UdpPorts = [2427, 2727],
            OverUdp = new MgcpRecogniser(),
            Tracker = () => new MgcpPortTracker(),
        },
        new("h225", "H.225.0 call signalling, with RAS")
        {
            TcpPorts = [1720],
            UdpPorts = [1718, 1719],
            OverTcp = new H225Recogniser(),
            OverUdp = new H225Recogniser(),
            Tracker = () => new H225PortTracker(),
        },
        new("h245", "H.245 call control") { OverTcp = new H245Recogniser(), Tracker = () => new H245PortTracker() },
        new("skinny", "Skinny Client Control Protocol")
        {
            TcpPorts = [2000],
            OverTcp = new SkinnyRecogniser(),
            Tracker = () => new SkinnyPortTracker(),
        },
        new("whois", "WHOIS") { TcpPorts = [43], OverTcp = new WhoisRecogniser() },
        new("finger", "Finger") { TcpPorts = [79], OverTcp = new FingerRecogniser() },
        new("db-lsp-disc", "Dropbox LAN Sync discovery") { UdpPorts = [17500], OverUdp = new LanSyncRecogniser() },
        new("bittorrent", "BitTorrent") { OverTcp = new BitTorrentRecogniser() },
        new("bt-dht", "BitTorrent distributed hash table") { OverUdp = new DhtRecogniser() },
        new("bt-utp", "BitTorrent micro transport protocol") { OverUdp = new MicroTransportRecogniser() },
        new("lsd", "BitTorrent local service discovery") { UdpPorts = [6771], OverUdp = new LocalServiceRecogniser() },
        new("mqtt", "Message Queuing Telemetry Transport")
        {
            TcpPorts = [1883, 8883],
            AlpnNames = ["mqtt", "x-amzn-mqtt-ca"],
            OverTcp = new MqttRecogniser(),
        },
        new("amqp", "Advanced Message Queuing Protocol") { TcpPorts = [5671, 5672], OverTcp = new AmqpRecogniser() },
        new("zmtp", "ZeroMQ Message Transport Protocol") { OverTcp = new ZmtpRecogniser() },
        new("resp", "Redis serialization protocol") { TcpPorts = [6379], OverTcp = new RespRecogniser() },
        new("memcache", "memcached") { TcpPorts = [11211], UdpPorts = [11211], OverTcp = new MemcacheRecogniser() },
        new("megaco", "Media Gateway Control (Megaco, H.248)")
        {
            TcpPorts = [2944],
            UdpPorts = [2944],
            OverTcp = new MegacoRecogniser(),
            OverUdp = new MegacoRecogniser(),
            Tracker = () => new MegacoPortTracker(),
        },
        new("bacnet", "BACnet/IP, building automation") { UdpPorts = [47808], OverUdp = new BacnetRecogniser() },
        new("iax2", "Inter-Asterisk Exchange") { UdpPorts = [4569], OverUdp = new IaxRecogniser() },
        new("sap", "Session Announcement Protocol") { UdpPorts = [9875], OverUdp = new SapRecogniser() },
        new("echo", "Echo") { TcpPorts = [7], UdpPorts = [7], OverTcp = new EchoRecogniser(),
            OverUdp = new EchoRecogniser() },
        new("wol", "Wake-on-LAN") { OverUdp = new WakeOnLanRecogniser() },
        new("discard", "Discard") { TcpPorts = [9], UdpPorts = [9] },
        new("daytime", "Daytime") { TcpPorts = [13], UdpPorts = [13], OverTcp = new DaytimeRecogniser(),
            OverUdp = new DaytimeRecogniser() },
        new("time", "Time") { TcpPorts = [37], UdpPorts = [37] },
        new("qotd", "Quote of the Day") { TcpPorts = [17], UdpPorts = [17] },
        new("chargen", "Character Generator") { TcpPorts = [19], UdpPorts = [19], OverTcp = new ChargenRecogniser(),
            OverUdp = new ChargenRecogniser() },
    ];

    private static readonly FrozenDictionary<string, ProtocolRow> ByName = Rows.ToFrozenDictionary(row => row.Name,
        StringComparer.Ordinal);

    /// <summary>The services of ALPN names.</summary>
    internal static readonly AlpnServices Alpn =
        new(Rows.SelectMany(row => row.AlpnNames.Select(name => (name, row.Name))));

    /// <summary>The rows by the TCP ports that are registered for them.</summary>
    internal static readonly RowIndex OfTcpPort = new(Rows, row => row.TcpPorts);

    /// <summary>The rows by their UDP ports.</summary>
    internal static readonly RowIndex OfUdpPort = new(Rows, row => row.UdpPorts);

    private static readonly RowIndex OfIpProtocol = new(Rows, row => row.IpProtocols);

    /// <summary>The row of a flow's protocol, null while that is unknown.</summary>
    /// <param name="number">Index of the row plus one, as flows keep it; 0 while the protocol is unknown.</param>
    internal static ProtocolRow? At(int number) => number == 0 ? null : Rows[number - 1];

    /// <summary>The row of a registry name, null when there is none.</summary>
    public static ProtocolRow? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The protocol for which a port is registered, null when there is none. A hint for direction and for a
    /// name of basis <c>port</c>; it proves nothing.</summary>
    public static ProtocolRow? ByPort(IpProtocol transport, ushort port) =>
        PlaceByPort(transport, port) is >= 0 and var place ? Rows[place] : null;

    /// <summary>The protocol that an IP protocol number names; null when there is none, and for transports with
    /// ports.</summary>
    public static ProtocolRow? ByTransport(IpProtocol transport) =>
        OfIpProtocol.PlaceOf(transport.Value) is >= 0 and var place ? Rows[place] : null;

    /// <summary>True when a port is registered for one of the rows.</summary>
    public static bool IsRegistered(IpProtocol transport, ushort port) => PlaceByPort(transport, port) >= 0;

    /// <summary>Index of the row for which a port is registered, -1 when there is none.</summary>
    internal static int PlaceByPort(IpProtocol transport, ushort port)
    {
        if (transport == IpProtocol.Tcp)
            return OfTcpPort.PlaceOf(port);
        return transport == IpProtocol.Udp ? OfUdpPort.PlaceOf(port) : -1;
    }

    private static AlpnServices ServicesByAlpn() => Alpn;
}
