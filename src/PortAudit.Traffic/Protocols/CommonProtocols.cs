using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Cotp;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Protocols.Dns;
using PortAudit.Traffic.Protocols.Dtls;
using PortAudit.Traffic.Protocols.Http;
using PortAudit.Traffic.Protocols.NetBios;
using PortAudit.Traffic.Protocols.Ntlm;
using PortAudit.Traffic.Protocols.Quic;
using PortAudit.Traffic.Protocols.Rtp;
using PortAudit.Traffic.Protocols.Sip;
using PortAudit.Traffic.Protocols.Smb;
using PortAudit.Traffic.Protocols.Ssh;
using PortAudit.Traffic.Protocols.Stun;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Protocols.Vnc;
using PortAudit.Traffic.Protocols.Xmpp;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols;

/// <summary>Protocols of nearly every network: names, TLS, web, calls and media, file shares.</summary>
internal static class CommonProtocols
{
    /// <summary>Its ALPN services come from the rows of all lists, once these exist.</summary>
    public static readonly TlsRecogniser Tls = new(() => ProtocolRegistry.Alpn);

    /// <summary>The rows, in registry order.</summary>
    public static readonly ImmutableArray<ProtocolRow> Rows =
    [
        new("dns", "Domain Name System")
        {
            IsQueries = true,
            TcpPorts = [53, 853],
            UdpPorts = [53, 853],
            IsOrdinary = true,
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
            AsksNeighbours = true, // RFC 6762 §5
            IsOrdinary = true,
            OverTcp = new DnsRecogniser(DnsDialect.Multicast),
            OverUdp = new DnsRecogniser(DnsDialect.Multicast),
            Names = new DnsNameReader(DnsDialect.Multicast, NameBasis.Mdns),
        },
        new("llmnr", "Link-Local Multicast Name Resolution")
        {
            TcpPorts = [5355],
            UdpPorts = [5355],
            IsDiscovery = true,
            AsksNeighbours = true, // RFC 4795 §2
            IsOrdinary = true,
            OverTcp = new DnsRecogniser(DnsDialect.LinkLocal),
            OverUdp = new DnsRecogniser(DnsDialect.LinkLocal),
            Names = new DnsNameReader(DnsDialect.LinkLocal, NameBasis.Llmnr),
        },
        new("tls", "Transport Layer Security")
        {
            TcpPorts = [443],
            HidesContent = true,
            IsSecurityLayer = true,
            IsOrdinary = true,
            OverTcp = Tls,
            HandshakeNotes = TlsHandshakeNotes.Write,
        },
        new("msturn", "Microsoft TURN (Lync, Skype for Business)")
        {
            RelaysMedia = true,
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
            ChecksPaths = true,
            RelaysMedia = true,
            OverTcp = new StunRecogniser(),
            OverUdp = new StunRecogniser(),
            Tracker = () => new StunPortTracker("stun", isMicrosoft: false),
        },
        new("http", "Hypertext Transfer Protocol 1.x")
        {
            TcpPorts = [80, 591, 8008, 8080],
            // SPDY and gRPC are older and narrower names of HTTP 2
            AlpnNames = ["http/*", "h2", "h2-*", "h2c", "h3", "h3-*", "spdy/*", "grpc-exp"],
            Kin = ["http2"], // the same semantics, RFC 9110 §2.5
            IsProxy = true, // CONNECT, RFC 9110 §9.3.6
            IsOrdinary = true,
            ObsoleteForms = [new("http-password", CredentialUse.Password)],
            OverTcp = new HttpRecogniser(CarriedConversation.Of("ssh", new SshRecogniser()),
                CarriedConversation.Of("tls", Tls), CarriedConversation.Of("rdp", new CotpRecogniser(CotpUser.Rdp)),
                CarriedConversation.Of("vnc", new VncRecogniser())),
            Names = new HttpNameReader(),
            Credentials = new HttpLoginReader(),
            Refusals = HttpRefusal.Read,
        },
        new("http2", "Hypertext Transfer Protocol 2 without TLS") { OverTcp = new Http2Recogniser() },
        new("ssdp", "Simple Service Discovery Protocol")
        {
            UdpPorts = [1900],
            IsDiscovery = true,
            AsksNeighbours = true, // UPnP Device Architecture 2.0 §1.3
            IsOrdinary = true,
            OverUdp = new SsdpRecogniser(),
        },
        new("sip", "Session Initiation Protocol")
        {
            IsQueries = true,
            TcpPorts = [5060, 5061],
            UdpPorts = [5060, 5061],
            AlpnNames = ["sip/2", "sip"],
            MediaAnnouncers = ["sip"],
            OverTcp = new SipRecogniser(),
            OverUdp = new SipRecogniser(),
            Tracker = () => new SipPortTracker(),
        },
        new("smb", "Server Message Block 1")
        {
            CarriesControl = true,
            CarriesSeveral = true,
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
            CarriesSeveral = true,
            OverTcp = new SmbRecogniser(SmbGeneration.Second),
            Names = new SmbNameReader(),
            Credentials = new NtlmReader(),
            Tracker = () => new SmbPortTracker(() => new DceRpcPortTracker(overPipe: true)),
        },
        new("nbss", "NetBIOS Session Service")
        {
            CarriesControl = true,
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
        new("ssh", "Secure Shell") { TcpPorts = [22], HidesContent = true, IsRemoteControl = true,
            OverTcp = new SshRecogniser() },
        new("dtls", "Datagram Transport Layer Security") { HidesContent = true, OverTcp = new DtlsRecogniser(),
            OverUdp = new DtlsRecogniser() },
        new("quic", "QUIC") { UdpPorts = [443], HidesContent = true, IsOrdinary = true,
            OverUdp = new QuicRecogniser() },
        new("rtp", "Real-time Transport Protocol")
        {
            UdpPorts = [5004],
            IsMedia = true,
            OverTcp = new RtpStreamRecogniser(),
            OverUdp = new RtpRecogniser(),
        },
        new("rtcp", "RTP Control Protocol") { UdpPorts = [5005], IsMedia = true, IsMediaReport = true,
            OverUdp = new RtcpRecogniser() },
    ];
}
