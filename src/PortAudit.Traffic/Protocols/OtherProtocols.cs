using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Afp;
using PortAudit.Traffic.Protocols.BitTorrent;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Dropbox;
using PortAudit.Traffic.Protocols.Finger;
using PortAudit.Traffic.Protocols.H323;
using PortAudit.Traffic.Protocols.Iax;
using PortAudit.Traffic.Protocols.Lpd;
using PortAudit.Traffic.Protocols.Megaco;
using PortAudit.Traffic.Protocols.Messaging;
using PortAudit.Traffic.Protocols.Mgcp;
using PortAudit.Traffic.Protocols.Mms;
using PortAudit.Traffic.Protocols.Msmq;
using PortAudit.Traffic.Protocols.OncRpc;
using PortAudit.Traffic.Protocols.Rtsp;
using PortAudit.Traffic.Protocols.Sap;
using PortAudit.Traffic.Protocols.ServiceLocation;
using PortAudit.Traffic.Protocols.Simple;
using PortAudit.Traffic.Protocols.Skinny;
using PortAudit.Traffic.Protocols.Stores;
using PortAudit.Traffic.Protocols.Whois;

namespace PortAudit.Traffic.Protocols;

/// <summary>Printers and file servers, ONC RPC, streaming and calls, peer-to-peer, message queues, and simple
/// services.</summary>
internal static class OtherProtocols
{
    /// <summary>The rows, in registry order.</summary>
    public static readonly ImmutableArray<ProtocolRow> Rows =
    [
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
            MediaAnnouncers = ["rtsp"],
            OverTcp = new RtspRecogniser(),
            OverUdp = new RtspRecogniser(),
            Tracker = () => new RtspPortTracker(),
        },
        new("mms", "Microsoft Media Server streaming") { TcpPorts = [1755], UdpPorts = [1755],
            OverTcp = new MmsRecogniser() },
        new("mgcp", "Media Gateway Control Protocol")
        {
            UdpPorts = [2427, 2727],
            MediaAnnouncers = ["mgcp"],
            OverUdp = new MgcpRecogniser(),
            Tracker = () => new MgcpPortTracker(),
        },
        new("h225", "H.225.0 call signalling, with RAS")
        {
            TcpPorts = [1720],
            UdpPorts = [1718, 1719],
            MediaAnnouncers = ["h225", "h245"], // it opens calls, and mostly H.245 announces: ITU-T H.323 §7.3
            OverTcp = new H225Recogniser(),
            OverUdp = new H225Recogniser(),
            Tracker = () => new H225PortTracker(),
        },
        new("h245", "H.245 call control") { MediaAnnouncers = ["h245"], OverTcp = new H245Recogniser(),
            Tracker = () => new H245PortTracker() },
        new("skinny", "Skinny Client Control Protocol")
        {
            TcpPorts = [2000],
            MediaAnnouncers = ["skinny"],
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
            MediaAnnouncers = ["megaco"],
            OverTcp = new MegacoRecogniser(),
            OverUdp = new MegacoRecogniser(),
            Tracker = () => new MegacoPortTracker(),
        },
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
}
