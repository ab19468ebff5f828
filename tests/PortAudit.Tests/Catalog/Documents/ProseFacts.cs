using System.Collections.Immutable;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Catalog.Documents.DocumentIds;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>
/// Ports and IP protocols that sentences print, read by eye: sentences have no layout. <see cref="PrintedFactTests"/>
/// holds the list against every number that follows a word such as "port" in the documents, so a sentence cannot be
/// forgotten.
/// </summary>
internal static class ProseFacts
{
    private const int LastPort = 65535;
    private static readonly ImmutableArray<IpProtocol> Tcp = [IpProtocol.Tcp];
    private static readonly ImmutableArray<IpProtocol> Udp = [IpProtocol.Udp];
    private static readonly ImmutableArray<IpProtocol> TcpAndUdp = [IpProtocol.Tcp, IpProtocol.Udp];
    private static readonly ImmutableArray<IpProtocol> Unsaid = [];
    private static readonly ImmutableArray<IpProtocol> Esp = [new(50)];

    /// <summary>The facts in the order of documents and lines.</summary>
    public static readonly ImmutableArray<PrintedFact> All =
    [
        // Cisco Unity: DNS servers.
        new(Unity, 226, TcpAndUdp, Port(53)),
        new(Unity, 498, TcpAndUdp, Port(53)),
        new(Unity, 650, TcpAndUdp, Port(53)),
        // Cisco Unity: the sentences below "TCP 2000 or 2443" say which of both it is.
        new(Unity, 303, Unsaid, Port(2000)),
        new(Unity, 305, Unsaid, Port(2443)),
        // Cisco Unity: sections of one sentence: RTP, VNC, SNMP, Voice Connector out and in.
        new(Unity, 366, Udp, Range(22800, 32767)),
        new(Unity, 386, Tcp, Port(5900)),
        new(Unity, 390, Udp, Port(161)),
        new(Unity, 634, Tcp, Port(25)),
        new(Unity, 638, Tcp, Port(25)),
        // Cisco Unity: notifications of new mail from Exchange.
        new(Unity, 492, Udp, Range(1024, LastPort)),
        // Cisco Unity: the range of DCOM before and after restriction.
        new(Unity, 684, TcpAndUdp, Range(1024, LastPort), IsTraffic: false),
        new(Unity, 697, Unsaid, Range(5000, 5020), IsTraffic: false),
        // Mobile Information Server: what static RPC ports make unnecessary.
        new(Mobile, 70, Unsaid, Range(1025, LastPort), IsTraffic: false),
        // Windows: RPC in general; a service's own table says what it needs.
        new(Windows, 69, TcpAndUdp, Range(1025, LastPort), IsTraffic: false),
        // Active Directory: the range, and IPsec in its stead.
        new(Windows, 79, Tcp, Range(1024, 65536)),
        new(Windows, 79, Esp, null),
        new(Windows, 79, Udp, Port(4500)),
        new(Windows, 79, Udp, Port(500)),
        // Certificate Services.
        new(Windows, 122, Tcp, Range(1025, LastPort)),
        // Outlook to Exchange: directly, and by way of the RPC proxy.
        new(Windows, 248, Tcp, Port(135)),
        new(Windows, 252, Tcp, Range(1024, 65534)),
        new(Windows, 259, Tcp, Port(443)),
        new(Windows, 261, Tcp, Port(443)),
        new(Windows, 261, Tcp, Port(6001)),
        new(Windows, 261, Tcp, Port(6002)),
        new(Windows, 261, Tcp, Port(6004)),
        // FTP: control port and passive range.
        new(Windows, 318, Unsaid, Port(21)),
        new(Windows, 318, Tcp, Range(1025, 5000)),
        // Operations Manager: after Service Pack 1 all goes over 1270; the console takes a port of the dynamic range
        // (no bounds printed).
        new(Windows, 436, Tcp, Port(1270)),
        new(Windows, 436, Tcp, Range(1024, LastPort)),
        // Routing and Remote Access: L2TP with IPsec.
        new(Windows, 597, Esp, null),
        new(Windows, 597, Udp, Port(4500)),
        new(Windows, 597, Udp, Port(500)),
        // Server: echo requests before a session over 139 or 445.
        new(Windows, 614, [IpProtocol.Icmp], null),
        // SSDP event notifications: until Windows XP SP1, and later.
        new(Windows, 717, Tcp, Port(5000)),
        new(Windows, 717, Tcp, Port(2869)),
        // TFTP, NTP and SNTP, administrative Web site.
        new(Windows, 815, Udp, Port(69)),
        new(Windows, 867, Udp, Port(123)),
        new(Windows, 879, Tcp, Port(8098)),
        // Federation: where the SRV record points.
        new(Federation, 95, Tcp, Port(5061)),
    ];

    private static PrintedPorts Port(int port) => new(port, port);

    private static PrintedPorts Range(int first, int last) => new(first, last);
}
