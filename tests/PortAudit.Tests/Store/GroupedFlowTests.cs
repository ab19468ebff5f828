using System.Text.Json.Nodes;
using PortAudit.Audit;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Site;
using PortAudit.Store;
using PortAudit.Store.Contract;
using PortAudit.Tests.Audit;
using PortAudit.Tests.Cli;
using PortAudit.Tests.EndToEnd;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Store;

/// <summary>Flows that a store counts together are judged as if they had come one by one.</summary>
public sealed class GroupedFlowTests
{
    private const int Days = 7;
    private const long DayNs = 86_400_000_000_000;
    private const int FirstGrouped = FlowGrouping.FirstGroupedPort;

    public static TheoryData<string> Sites => [.. Directory.GetDirectories(Repository.PathOf("captures"))
        .Where(folder => File.Exists(Path.Combine(folder, "site.yaml"))).Select(folder => Path.GetFileName(folder)!)
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sites))]
    public void A_week_of_alike_traffic_is_judged_as_flow_by_flow(string sample)
    {
        using var directory = new TemporaryDirectory();

        AssertSame(sample, directory["s"]);
    }

    [NeedsFact(Part.ClickHouse)]
    public void Two_shards_group_as_one_file_does()
    {
        using var servers = new ClickHouseServers();

        AssertSame("domain", servers.Address("flows"));
    }

    [Fact]
    public void More_groups_than_are_counted_at_a_time_come_out_whole()
    {
        const int Groups = 150_000;
        using var directory = new TemporaryDirectory();
        var flow = FlowSample.Of("10.2.0.7:50000 tcp 10.0.0.3:445").Proving("smb2");
        using (var store = Stores.OpenToWrite(directory["s"]))
        {
            using var import = store.Begin();
            for (var number = 0; number < 2 * Groups; number++)
                import.Add(flow with
                {
                    Id = (ulong)number + 1,
                    Originator = new Endpoint(IpAddress.FromIpv4(0x0A020000u + (uint)(number % Groups)), 50_000),
                });
            import.Complete(SampleObservation.OfCapture("a.pcap", 0), [new StoredInput("a.pcap", "a", 1)], "test",
                DateTimeOffset.UnixEpoch);
        }

        using var read = Stores.Open(directory["s"]);
        var counts = new List<long>();
        var grouping = new FlowGrouping { PortBounds = [], Answered = (_, _) => { } };
        read.Read(new StoreReading { Grouping = grouping }, group => counts.Add(group.Count), null,
            CancellationToken.None);

        Assert.Equal(Groups, counts.Count);
        Assert.All(counts, count => Assert.Equal(2, count));
    }

    [Fact]
    public void An_audit_that_needs_every_flow_takes_no_groups()
    {
        var load = SiteLoader.Load(LyncEdge.Site, null);

        Assert.NotNull(new Auditor(load.Catalogs!, load.Site!).Grouping);
        Assert.Null(new Auditor(load.Catalogs!, load.Site!, withTimelines: true).Grouping);
        Assert.Null(new Auditor(load.Catalogs!, load.Site!, learning: new LearningOptions()).Grouping);
    }

    private static void AssertSame(string sample, string store)
    {
        var (load, flows, observation) = Observed(sample);
        FillWeek(store, flows, observation);

        var (single, countOfSingle) = Audited(load, store, isGrouped: false);
        var (grouped, countOfGrouped) = Audited(load, store, isGrouped: true);

        Assert.Equal(flows.Count * Days, countOfSingle);
        Assert.InRange(countOfGrouped, 1, countOfSingle - 1);
        Assert.Equal(single, grouped);
    }

    private static (string Json, int Records) Audited(SiteLoad load, string store, bool isGrouped)
    {
        var auditor = new Auditor(load.Catalogs!, load.Site!);
        var records = 0;
        using var opened = Stores.Open(store);
        var observation = opened.Read(new StoreReading { Grouping = isGrouped ? auditor.Grouping : null },
            flow =>
            {
                auditor.Add(flow);
                records++;
            },
            null, CancellationToken.None)!;
        var report = JsonNode.Parse(ObservedSample.Json(observation, auditor))!.AsObject();
        foreach (var finding in report["findings"]!.AsArray())
            finding!.AsObject().Remove("evidence");
        return (report.ToJsonString(), records);
    }

    /// <summary>The captures of a sample as one point saw them, which the site does not name.</summary>
    private static (SiteLoad Load, List<FlowRecord> Flows, ObservationSummary Observation) Observed(string sample)
    {
        var folder = Repository.PathOf("captures", sample);
        var load = SiteLoader.Load(Path.Combine(folder, "site.yaml"), null);
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Open([.. Directory.GetFiles(folder, "*.pcap*").Order(StringComparer.Ordinal)],
            () => Stream.Null);
        var options = new ObserverOptions { KeepFrames = true, TimeBytes = true };
        var observation = TrafficObserver.Observe(captures, options, flows.Add, null, CancellationToken.None);
        return (load with { Site = load.Site! with { CapturePoints = [] } }, flows, observation);
    }

    /// <summary>Adds the flows day by day, each day with other ports of clients, other sizes and at other
    /// times.</summary>
    private static void FillWeek(string path, List<FlowRecord> flows, ObservationSummary observation)
    {
        using var store = Stores.OpenToWrite(path);
        var random = new Random(17);
        for (var day = 0; day < Days; day++)
        {
            using var import = store.Begin();
            foreach (var flow in flows)
                import.Add(OnDay(flow, day, random));
            import.Complete(observation,
                [.. observation.Captures.Select(capture => new StoredInput($"{capture.Path}.{day}", $"{day}", 1))],
                "test", DateTimeOffset.UnixEpoch);
        }
    }

    private static FlowRecord OnDay(FlowRecord flow, int day, Random random)
    {
        var shiftNs = (day * DayNs) + (day == 0 ? 0 : random.NextInt64(DayNs / 4));
        return flow with
        {
            Id = flow.Id + ((ulong)day * 0x9E3779B97F4A7C15),
            StartNs = flow.StartNs + shiftNs,
            EndNs = flow.EndNs + shiftNs + (day * 1_000),
            Originator = flow.Transport.HasPorts && flow.Originator.Port >= FirstGrouped
                ? flow.Originator with { Port = (ushort)random.Next(FirstGrouped, ushort.MaxValue + 1) }
                : flow.Originator,
            Out = Grown(flow.Out, day, random),
            In = Grown(flow.In, day, random),
        };
    }

    /// <summary>More packets and bytes in a direction that has some; a few are large.</summary>
    private static DirectionCounters Grown(DirectionCounters counters, int day, Random random)
    {
        if (day == 0 || counters.PayloadBytes == 0)
            return counters;
        var more = random.Next(random.Next(8) == 0 ? 200_000 : 2_000);
        return new DirectionCounters(counters.Packets + (more / 1_400), counters.Bytes + more + (more / 1_400 * 54),
            counters.PayloadBytes + more);
    }
}
