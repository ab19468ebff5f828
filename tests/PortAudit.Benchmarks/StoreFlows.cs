using System.Globalization;
using PortAudit.Store;
using PortAudit.Store.Contract;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Benchmarks;

/// <summary>Fills a store with flows of a made-up deployment, and writes its site file: 40 domain controllers and file
/// servers, 460 clients, 90 days. The same seed gives the same flows.</summary>
internal static class StoreFlows
{
    public const string Command = "store-flows";

    private const int Servers = 40;
    private const int Clients = 460;
    private const int Days = 90;
    private const long StartNs = 1_780_000_000_000_000_000;
    private const long DayNs = 86_400_000_000_000;
    private const int FirstEphemeral = 49152;

    private static readonly (ushort Port, IpProtocol Transport, string? Protocol)[] Services =
    [
        (53, IpProtocol.Udp, "dns"), (53, IpProtocol.Udp, "dns"), (88, IpProtocol.Tcp, "kerberos"),
        (88, IpProtocol.Udp, "kerberos"), (389, IpProtocol.Tcp, "ldap"), (389, IpProtocol.Udp, "ldap"),
        (445, IpProtocol.Tcp, "smb"), (445, IpProtocol.Tcp, "smb"), (135, IpProtocol.Tcp, "dcerpc"),
        (123, IpProtocol.Udp, "ntp"), (636, IpProtocol.Tcp, "tls"), (3389, IpProtocol.Tcp, "rdp"),
    ];

    public static void Run(string[] words)
    {
        if (words is not [var count, var path, var site])
            throw new ArgumentException("usage: store-flows COUNT STORE SITE");
        File.WriteAllText(site, Site());
        var flows = long.Parse(count, CultureInfo.InvariantCulture);
        using var store = Stores.OpenToWrite(path);

        // One import a day, as sensors write one file a day.
        for (var day = 0; day < Days; day++)
            AddDay(store, day, (flows * (day + 1) / Days) - (flows * day / Days));
    }

    private static void AddDay(FlowStore store, int day, long flows)
    {
        using var import = store.Begin();
        var random = new Random(day + 1);
        var packets = 0L;
        for (var index = 0L; index < flows; index++)
        {
            var flow = Flow(random, StartNs + (day * DayNs) + (index * (DayNs / Math.Max(1, flows))));
            packets += flow.Out.Packets + flow.In.Packets;
            import.Add(flow);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"day-{day + 1}.pcap");
        import.Complete(Observed(name, StartNs + (day * DayNs), packets, flows), [new StoredInput(name, name, 1)],
            "benchmark", DateTimeOffset.UnixEpoch);
    }

    private static FlowRecord Flow(Random random, long startNs)
    {
        var (port, transport, protocol) = Services[random.Next(Services.Length)];
        var isTcp = transport == IpProtocol.Tcp;
        var (sent, received) = (random.Next(1, 40), random.Next(1, 60));
        return new FlowRecord
        {
            Id = (ulong)random.NextInt64(),
            CapturePoint = "",
            Capture = 0,
            StartNs = startNs,
            EndNs = startNs + random.Next(1_000_000, int.MaxValue),
            TimestampDigits = 6,
            Transport = transport,
            Vlan = VlanTags.None,
            Originator = new Endpoint(Address(1, random.Next(Clients)), (ushort)random.Next(FirstEphemeral, 65536)),
            Responder = new Endpoint(Address(0, random.Next(Servers)), port),
            DirectionBasis = isTcp ? DirectionBasis.Syn : DirectionBasis.Payload,
            Outcome = Outcome.Established,
            History = isTcp ? "ShADadFf" : "Dd",
            Out = new DirectionCounters(sent, sent * 120, sent * 60),
            In = new DirectionCounters(received, received * 700, received * 640),
            Answer = AnswerDelay.Between(0, random.Next(100_000, 5_000_000)),
            SynCount = isTcp ? 1 : 0,
            Protocol = protocol,
            ProtocolBasis = IdentificationBasis.Payload,
            ProtocolFrame = new FrameReference(0, random.Next(1, int.MaxValue)),
        };
    }

    private static ObservationSummary Observed(string name, long startNs, long packets, long flows) => new()
    {
        Captures = [new CaptureSummary(name, "pcap", packets, startNs, startNs + DayNs - 1, 6, [],
            new CaptureEnd(CaptureEndKind.Complete, 0, ""))],
        Points = [new PointSummary("", packets, packets * 400, 0, startNs, startNs + DayNs - 1, []) { Flows = flows }],
        DecodeStops = [],
        FlowsEvicted = 0,
        IdentificationsSkipped = 0,
    };

    private static IpAddress Address(int network, int host) =>
        IpAddress.FromIpv4((10u << 24) | ((uint)network << 16) | ((uint)(host / 250) << 8)
            | (uint)((host % 250) + 1));

    private static string Site()
    {
        var servers = Enumerable.Range(0, Servers).Select(host => $"  - {{ name: server{host}, "
            + $"addresses: [{Address(0, host)}], roles: [domain-controller, file-server] }}\n");
        var clients = Enumerable.Range(0, Clients).Select(host =>
            $"  - {{ name: client{host}, addresses: [{Address(1, host)}], roles: [domain-client] }}\n");
        return "site: made-up deployment\ncatalogs: [windows-server]\nhosts:\n"
            + string.Concat(servers.Concat(clients));
    }
}
