using System.Text;
using PortAudit.Reports.Flows;
using PortAudit.Reports.Rows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Reports;

/// <summary>Flows built by hand, one for each way in which a column may look.</summary>
internal static class SampleFlows
{
    private const long StartNs = 1_367_402_400_000_001_234;

    /// <summary>A TLS flow with everything known.</summary>
    public static readonly FlowRecord Tls = new()
    {
        Id = 0x0011_2233_4455_66AA,
        CapturePoint = "",
        Capture = 0,
        StartNs = StartNs,
        EndNs = StartNs + 1_500_000_000,
        TimestampDigits = 6,
        Transport = IpProtocol.Tcp,
        Vlan = VlanTags.None.Push(10).Push(0),
        Originator = new Endpoint(Address("10.0.0.12"), 49152),
        Responder = new Endpoint(Address("172.16.0.5"), 5061),
        DirectionBasis = DirectionBasis.Syn,
        Outcome = Outcome.Established,
        History = "ShADadFf",
        Out = new DirectionCounters(10, 1500, 900),
        In = new DirectionCounters(9, 12_000, 11_400),
        Protocol = "tls",
        ProtocolBasis = IdentificationBasis.Payload,
        Service = "sip",
        ServiceBasis = IdentificationBasis.Port,
        Tls = new TlsHandshake
        {
            Version = 0x0303,
            SawServerHello = true,
            ServerName = "sip.contoso.test",
            CipherSuite = 0xC030,
            Resumption = TlsResumption.None,
            Ja3 = "0123456789abcdef0123456789abcdef",
            Ja4 = "t12d280800_d943125447b4_e7e480e5a997",
            Alerts = [new TlsAlert(false, 2, 48)],
            ServerCertificates = [CertificateOf("CN=sip.contoso.test") with { DnsNames = ["sip.contoso.test",
                "contoso.test"], Addresses = ["192.0.2.10"], NamesNotKept = 3, KeyUsages = ["digitalSignature"] }],
            ServerCertificatesNotKept = 1,
            ClientCertificate = ClientCertificate.Presented,
            ClientCertificates = [CertificateOf("CN=fe01.contoso.test")
                with { ExtendedKeyUsages = ["clientAuth"], NotAfterSeconds = null, IsSelfSigned = true }],
        },
    };

    /// <summary>An ICMPv6 flow with nanoseconds, nothing known about its protocol.</summary>
    public static readonly FlowRecord Ping = Tls with
    {
        Id = 0x0011_2233_4455_66BB,
        TimestampDigits = 9,
        Transport = IpProtocol.IcmpV6,
        Vlan = VlanTags.None,
        Originator = new Endpoint(Address("2001:db8::1"), 128),
        Responder = new Endpoint(Address("2001:db8::2"), 0),
        DirectionBasis = DirectionBasis.FirstPacket,
        Outcome = Outcome.Unanswered,
        History = "",
        Protocol = null,
        ProtocolBasis = IdentificationBasis.None,
        Service = null,
        ServiceBasis = IdentificationBasis.None,
        Tls = null,
    };

    /// <summary>A flow of a transport without ports, inside a tunnel, whose service is a name that wants to be a
    /// formula.</summary>
    public static readonly FlowRecord Gre = Ping with
    {
        Id = 0x0011_2233_4455_66CC,
        Transport = new IpProtocol(47),
        Originator = new Endpoint(Address("10.0.0.1"), 0),
        Responder = new Endpoint(Address("10.0.0.2"), 0),
        Service = "=cmd|' /C calc'!A0,\"x\"\r\n\u202E",
        Level = 1,
        Tunnel = "vxlan",
        ParentId = 0x0011_2233_4455_66AA,
    };

    /// <summary>What a format writes of flows, with names of captures that need quoting.</summary>
    /// <param name="format">Name of the format.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="flows">The flows in the order in which they end.</param>
    /// <param name="capture">Name of their capture.</param>
    /// <param name="memoryBytes">Bytes of rows that are held in memory.</param>
    /// <param name="inOrderFrom">Index of the flow from which on they end in the order of their starts.</param>
    /// <param name="choices">What the user chose; null for nothing.</param>
    public static string Listed(string format, int? width, IEnumerable<FlowRecord> flows, string capture = "a,b.pcap",
        long memoryBytes = RowSorter.DefaultMemoryBytes, int inOrderFrom = int.MaxValue,
        FlowListChoices? choices = null)
    {
        using var listing = new FlowListing(FlowFormat.All.Single(row => row.Name == format), [capture, "other.pcap"],
            new RowSorter(memoryBytes), choices ?? FlowListChoices.Default);
        using var output = new MemoryStream();
        foreach (var (index, flow) in flows.Index())
        {
            if (index == inOrderFrom)
                listing.WriteInOrder(output);
            listing.Add(flow);
        }

        listing.Write(output, width);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static IpAddress Address(string text) =>
        IpAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text);

    private static TlsCertificate CertificateOf(string subject) => new()
    {
        Subject = subject,
        Issuer = "CN=Contoso CA",
        SerialNumber = "0a0b",
        Sha256 = new string('0', 64),
        NotBeforeSeconds = 1_356_998_400,
        NotAfterSeconds = 1_420_070_399,
    };
}
