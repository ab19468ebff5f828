using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Cotp;
using PortAudit.Traffic.Protocols.Ftp;
using PortAudit.Traffic.Protocols.Imap;
using PortAudit.Traffic.Protocols.Irc;
using PortAudit.Traffic.Protocols.Msnms;
using PortAudit.Traffic.Protocols.Nntp;
using PortAudit.Traffic.Protocols.Ntlm;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Protocols.Pop;
using PortAudit.Traffic.Protocols.ProxyHeader;
using PortAudit.Traffic.Protocols.Rdp;
using PortAudit.Traffic.Protocols.RemoteControl;
using PortAudit.Traffic.Protocols.Smtp;
using PortAudit.Traffic.Protocols.Socks;
using PortAudit.Traffic.Protocols.Sql;
using PortAudit.Traffic.Protocols.Tds;
using PortAudit.Traffic.Protocols.Telnet;
using PortAudit.Traffic.Protocols.Tftp;
using PortAudit.Traffic.Protocols.Vnc;
using PortAudit.Traffic.Protocols.X11;
using PortAudit.Traffic.Protocols.Ymsg;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols;

/// <summary>Mail, news, file transfer, proxies, remote screens, chat and databases.</summary>
internal static class ClientProtocols
{
    /// <summary>The rows, in registry order.</summary>
    public static readonly ImmutableArray<ProtocolRow> Rows =
    [
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
            IsRemoteControl = true,
            ObsoleteForms = [new("telnet")],
            OverTcp = new TelnetRecogniser(),
        },
        new("socks", "SOCKS proxy, versions 4 and 5") { TcpPorts = [1080], MayStartTls = true, IsProxy = true,
            OverTcp = new SocksRecogniser() },
        new("proxy", "PROXY protocol header of a load balancer (HAProxy)") { MayStartTls = true,
            OverTcp = new ProxyHeaderRecogniser() },
        new("rdp", "Remote Desktop Protocol") { TcpPorts = [3389], MayStartTls = true, IsRemoteControl = true,
            OverTcp = new CotpRecogniser(CotpUser.Rdp) },
        new("rdpudp", "Remote Desktop Protocol, UDP transport") { UdpPorts = [3389], OverUdp = new RdpUdpRecogniser() },
        new("x400", "X.400 message transfer")
        {
            TcpPorts = [102],
            ObsoleteForms = [new("x400-password", CredentialUse.Password)],
            OverTcp = new CotpRecogniser(CotpUser.X400),
            Credentials = new X400BindReader(),
        },
        new("cotp", "OSI transport (X.224) over TCP") { OverTcp = new CotpRecogniser(CotpUser.Other) },
        new("vnc", "Remote Framebuffer (VNC)")
        {
            TcpPorts = [5900],
            IsRemoteControl = true,
            DisplayPorts = (5800, 5999), // RFC 6143 §3: 5900 and the number of the display; from 5800 on for browsers
            OverTcp = new VncRecogniser(),
        },
        new("teamviewer", "TeamViewer") { TcpPorts = [5938], UdpPorts = [5938], IsRemoteControl = true,
            OverTcp = new TeamViewerRecogniser() },
        new("anydesk", "AnyDesk") { AlpnNames = ["anydesk/*"], IsRemoteControl = true },
        new("radmin", "Radmin") { TcpPorts = [4899], IsRemoteControl = true, OverTcp = new RadminRecogniser() },
        new("winrm", "Windows Remote Management (WS-Management)") { TcpPorts = [5985, 5986], IsRemoteControl = true },
        new("x11", "X Window System, version 11") { TcpPorts = [6000], IsRemoteControl = true,
            DisplayPorts = (6000, 6063), OverTcp = new X11Recogniser() },
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
            IsQueries = true,
            TcpPorts = [1433],
            AlpnNames = ["tds/8.0"],
            MayStartTls = true,
            OverTcp = new TdsRecogniser(),
            Names = new TokenNameReader(),
            Credentials = new NtlmReader(),
        },
        new("ssrp", "SQL Server Resolution Protocol (SQL Browser)")
        {
            IsQueries = true,
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
    ];
}
