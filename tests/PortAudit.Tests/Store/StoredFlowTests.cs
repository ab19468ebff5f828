using System.Security.Cryptography;
using PortAudit.Audit.Saving;
using PortAudit.Store;
using PortAudit.Store.Contract;
using PortAudit.Tests.Audit.State;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Store;

/// <summary>A flow comes out of a store as it went in, with all that is known of it.</summary>
public sealed class StoredFlowTests
{
    /// <summary>Checksum of the bytes of <see cref="RareFlows"/> in format 1. When it differs, stores of users can no
    /// longer be read: raise <see cref="FlowDetails.FormatVersion"/> and <see cref="FlowStore.FormatVersion"/>.
    /// </summary>
    private const string RareFlowsInFormat1 =
        "462e0ccbe078ae9ddce9a0eae94fefc4a882d1e2c90d68f6971b0907656cdb85";

    public static TheoryData<string> Samples =>
        [.. Directory.GetDirectories(Repository.PathOf("captures")).Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_flow_of_a_sample_comes_back_whole(string sample)
    {
        using var captures = CaptureSet.Open(
            [.. Directory.GetFiles(Repository.PathOf("captures", sample)).Where(CaptureFile.IsRecognised)],
            () => Stream.Null);
        var flows = new List<FlowRecord>();
        var observation = TrafficObserver.Observe(captures,
            new ObserverOptions
            {
                KeepFrames = true,
                TraceFlows = true,
                TimeBytes = true,
                Behaviour = BehaviourCounting.All,
            },
            flows.Add, null, CancellationToken.None);

        AssertComesBack(flows, observation);
    }

    [Fact]
    public void Flows_with_all_that_is_rare_come_back_whole()
    {
        ObservationSummary observation = SampleObservation.OfCaptures("one.pcap", "two.pcap");

        AssertComesBack([.. RareFlows.All()], observation);
    }

    [Fact]
    public void The_bytes_of_flows_are_those_of_their_format()
    {
        var details = new FlowDetails();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var flow in RareFlows.All())
            hash.AppendData(details.Save(flow));

        Assert.Equal(1, FlowDetails.FormatVersion);
        Assert.Equal(RareFlowsInFormat1, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void Observations_added_one_by_one_are_numbered_one_after_the_other()
    {
        using var directory = new TemporaryDirectory();
        var flow = RareFlows.All().First();
        using (var store = Stores.OpenToWrite(directory["s"]))
        {
            foreach (var (name, day) in new[] { ("b", 2), ("a", 1) })
            {
                using var import = store.Begin();
                import.Add(flow with { Id = (ulong)day, ProtocolFrame = new FrameReference(0, 7) });
                import.Complete(SampleObservation.OfCapture($"{name}.pcap", day * 1_000),
                    [new StoredInput($"{name}.pcap", name, 1)], "test", DateTimeOffset.UnixEpoch);
            }
        }

        using var read = Stores.Open(directory["s"]);
        var flows = new List<FlowRecord>();
        var observation = read.Read(new StoreReading(), flows.Add, null, CancellationToken.None)!;

        Assert.Equal(["a.pcap", "b.pcap"], observation.Captures.Select(capture => capture.Path));
        Assert.Equal([(1UL, 0, new FrameReference(0, 7)), (2UL, 1, new FrameReference(1, 7))],
            flows.OrderBy(one => one.Id).Select(one => (one.Id, one.Capture, one.ProtocolFrame!.Value)));
    }

    [Fact]
    public void A_time_selects_flows_by_their_start_and_narrows_what_was_observed()
    {
        using var directory = new TemporaryDirectory();
        var flow = RareFlows.All().First();
        using (var store = Stores.OpenToWrite(directory["s"]))
        {
            using var import = store.Begin();
            foreach (var start in new[] { 1_000L, 1_999, 2_000, 3_000 })
                import.Add(flow with { Id = (ulong)start, StartNs = start, EndNs = start + 5 });
            import.Complete(SampleObservation.OfCapture("a.pcap", 1_000), [new StoredInput("a.pcap", "a", 1)], "test",
                DateTimeOffset.UnixEpoch);
        }

        using var read = Stores.Open(directory["s"]);
        var options = new StoreReading { SinceNs = 1_500, UntilNs = 2_000 };
        var flows = new List<FlowRecord>();
        var observation = read.Read(options, flows.Add, null, CancellationToken.None)!;

        Assert.Equal([1_999UL], flows.Select(one => one.Id));
        Assert.Equal(3, read.CountOutside(options));
        Assert.Equal((1_500L, 1_999L),
            (observation.Captures[0].FirstNs!.Value, observation.Captures[0].LastNs!.Value));
    }

    /// <summary>Puts flows into a store and compares what comes out, byte by byte.</summary>
    private static void AssertComesBack(IReadOnlyList<FlowRecord> flows, ObservationSummary observation)
    {
        using var directory = new TemporaryDirectory();
        using (var store = Stores.OpenToWrite(directory["s"]))
        {
            using var import = store.Begin();
            foreach (var flow in flows)
                import.Add(flow);
            import.Complete(observation,
                [.. observation.Captures.Select(capture => new StoredInput(capture.Path, capture.Path, 1))], "test",
                DateTimeOffset.UnixEpoch);
        }

        using var read = Stores.Open(directory["s"]);
        var stored = new List<FlowRecord>();
        var observed = read.Read(new StoreReading(), stored.Add, null, CancellationToken.None)!;

        Assert.NotEmpty(flows);
        Assert.Equal(FlowDetails.Save(observation), FlowDetails.Save(observed));
        Assert.Equal(Texts(flows), Texts(stored));
    }

    private static IEnumerable<string> Texts(IEnumerable<FlowRecord> flows)
    {
        var details = new FlowDetails();
        return flows.Select(flow => Convert.ToHexString(details.Save(flow))).Order(StringComparer.Ordinal);
    }
}
