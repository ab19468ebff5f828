using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Protocols.Dhcp;
using PortAudit.Traffic.Protocols.Kerberos;
using PortAudit.Traffic.Protocols.Ldap;
using PortAudit.Traffic.Protocols.NetBios;
using PortAudit.Traffic.Protocols.Ntlm;
using PortAudit.Traffic.Protocols.Ntp;
using PortAudit.Traffic.Protocols.Radius;
using PortAudit.Traffic.Protocols.Snmp;
using PortAudit.Traffic.Protocols.Syslog;
using PortAudit.Traffic.Protocols.WinsReplication;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols;

/// <summary>Domain and host management: RPC, NetBIOS, Kerberos, directories, time, addresses, logs.</summary>
internal static class DomainProtocols
{
    /// <summary>The rows, in registry order.</summary>
    public static readonly ImmutableArray<ProtocolRow> Rows =
    [
        new("dcerpc", "DCE/RPC and Microsoft RPC")
        {
            CarriesControl = true,
            TcpPorts = [135, 593],
            UdpPorts = [135],
            HasInterfaces = true,
            LeastDynamicPorts = 20, // for DCOM: cisco-unity-5, unity.dcom-range-size
            OverTcp = new DceRpcRecogniser(),
            OverUdp = new DceRpcRecogniser(),
            Names = new TokenNameReader(),
            Credentials = new NtlmReader(),
            Tracker = () => new DceRpcPortTracker(),
        },
        new("nbns", "NetBIOS Name Service")
        {
            IsQueries = true,
            TcpPorts = [137],
            UdpPorts = [137],
            IsDiscovery = true,
            AsksNeighbours = true, // RFC 1002 §4.2
            IsBroadcast = true, // RFC 1002 §4.2.1
            IsOrdinary = true,
            OverTcp = new NbnsRecogniser(),
            OverUdp = new NbnsRecogniser(),
            Names = new NbnsNameReader(),
        },
        new("nbdgm", "NetBIOS Datagram Service")
        {
            UdpPorts = [138],
            IsDiscovery = true,
            IsBroadcast = true, // RFC 1002 §4.4
            IsOrdinary = true,
            OverUdp = new NbdgmRecogniser(),
            Names = new NbdgmNameReader(),
        },
        new("kerberos", "Kerberos")
        {
            IsQueries = true,
            TcpPorts = [88],
            UdpPorts = [88],
            OverTcp = new KerberosRecogniser(),
            OverUdp = new KerberosRecogniser(),
            Names = new KerberosNameReader(),
        },
        new("kpasswd", "Kerberos password change") { IsQueries = true, TcpPorts = [464], UdpPorts = [464],
            OverTcp = new KpasswdRecogniser(), OverUdp = new KpasswdRecogniser() },
        new("ldap", "Lightweight Directory Access Protocol")
        {
            IsQueries = true,
            TcpPorts = [389, 636, 3268, 3269],
            MayStartTls = true,
            Kin = ["cldap"], // LDAP over UDP, [MS-ADTS] §6.3.3
            ObsoleteForms = [new("ldap-simple-bind", CredentialUse.Password)],
            OverTcp = new LdapRecogniser(),
            Names = new TokenNameReader(),
            Credentials = new LdapBindReader(),
        },
        new("cldap", "Connectionless LDAP") { IsQueries = true, UdpPorts = [389], OverUdp = new CldapRecogniser() },
        new("winsrepl", "WINS replication") { TcpPorts = [42], OverTcp = new WinsReplicationRecogniser() },
        new("ntp", "Network Time Protocol") { IsQueries = true, UdpPorts = [123], IsOrdinary = true,
            OverUdp = new NtpRecogniser() },
        new("dhcp", "Dynamic Host Configuration Protocol")
        {
            IsQueries = true,
            UdpPorts = [67, 68, 4011],
            IsDiscovery = true,
            AnswersToAll = (67, 68), // RFC 2131 §4.1
            IsOrdinary = true,
            OverUdp = new DhcpRecogniser(),
            Names = new DhcpNameReader(),
        },
        new("dhcpv6", "Dynamic Host Configuration Protocol for IPv6") { UdpPorts = [546, 547],
            OverUdp = new Dhcpv6Recogniser() },
        new("madcap", "Multicast Address Dynamic Client Allocation Protocol") { UdpPorts = [2535],
            OverUdp = new MadcapRecogniser() },
        new("snmp", "Simple Network Management Protocol")
        {
            IsQueries = true,
            TcpPorts = [161, 162],
            UdpPorts = [161, 162],
            OverTcp = new SnmpRecogniser(),
            OverUdp = new SnmpRecogniser(),
            Credentials = new CommunityReader(),
        },
        new("syslog", "Syslog") { IsQueries = true, TcpPorts = [601, 6514], UdpPorts = [514],
            OverTcp = new SyslogRecogniser(), OverUdp = new SyslogRecogniser() },
        new("radius", "RADIUS")
        {
            IsQueries = true,
            UdpPorts = [1645, 1646, 1812, 1813, 3799],
            AlpnNames = ["radius/1.0", "radius/1.1"],
            OverUdp = new RadiusRecogniser(),
        },
    ];
}
