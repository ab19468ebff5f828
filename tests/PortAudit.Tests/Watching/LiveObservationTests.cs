using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Watching;

/// <summary>Live observation against the same packets read from a file at once.</summary>
public sealed class LiveObservationTests
{
    private static readonly string Sample = Repository.PathOf("captures", "lync-edge", "firewall-inside.pcapng");

    public static TheoryData<long, int> Places
    {
        get
        {
            var places = new TheoryData<long, int>();
            foreach (var packets in new long[] { 1, 2, 37, 40, 200, 777, 1_500 })
            {
                foreach (var slice in new[] { 1, 5, 8_192 })
                    places.Add(packets, slice);
            }

            return places;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_look_has_every_flow_of_the_packets_until_then_once(long packets, int slice)
    {
        var expected = Prefix(packets).Where(flow => flow.Outcome != Outcome.Undecided).ToList();
        var sink = new Gathering();
        using (var observation = Open(sink, slice))
        {
            StepTo(observation, packets);
            observation.Look();
            while (observation.IsLooking)
                observation.Step(1, 0);
            observation.Complete();
        }

        var look = Assert.Single(sink.Looks);
        Assert.Equal(look.Flows.Count, look.Flows.Select(flow => flow.Id).Distinct().Count());
        var seen = look.Flows.ToDictionary(flow => flow.Id);
        Assert.All(expected, flow =>
        {
            // What came while the look went on may be in it.
            var found = seen[flow.Id];
            Assert.True(found.Out.Packets + found.In.Packets >= flow.Out.Packets + flow.In.Packets);
            if (slice == 8_192)
                Assert.Equal((flow.Out, flow.In, flow.Outcome, flow.EndNs),
                    (found.Out, found.In, found.Outcome, found.EndNs));
        });
        if (slice == 8_192)
        {
            Assert.Equal(expected.Count, look.Flows.Count);
            Assert.Equal(packets, look.Observation.Total.Packets);
            Assert.Equal(look.Flows.Count, look.Observation.Total.Flows);
        }
    }

    [Fact]
    public void A_flow_that_ends_before_its_turn_is_in_the_look_as_it_ended()
    {
        const int Packets = 1_000;
        var expected = Prefix(Packets).Where(flow => flow.Outcome != Outcome.Undecided).Select(flow => flow.Id).Order()
            .ToList();
        var sink = new Gathering();
        var clock = new StoppedClock();
        using (var observation = new LiveObservation(CaptureSet.Of(new ReplayedSource(Sample, quietEvery: int.MaxValue,
            packets: Packets)), new ObserverOptions(), sink, clock: clock)
        { SliceSlots = 2 })
        {
            StepTo(observation, Packets);
            observation.Look();
            clock.Now = DateTimeOffset.UnixEpoch.AddTicks((observation.Counts.LatestNs!.Value / 100)
                + (10 * TimeSpan.TicksPerMinute));
            observation.Pass();
            observation.Pass();
            Assert.True(observation.Counts.FlowsUnderWay < expected.Count / 2);
            while (observation.IsLooking)
                observation.Step(1, 0);
            observation.Complete();
        }

        Assert.Equal(expected, Assert.Single(sink.Looks).Flows.Select(flow => flow.Id).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Looks_leave_the_flows_as_they_would_have_been(int lookEvery)
    {
        var sink = new Gathering();
        ObservationSummary observed;
        using (var observation = Open(sink, slice: 3))
        {
            while (observation.Step(lookEvery, 0) != CaptureRead.Ended)
                observation.Look();
            observed = observation.Complete();
        }

        var (expected, summary) = Whole();
        Assert.NotEmpty(sink.Looks);
        Assert.Equal(expected.Select(Told), sink.Ended.Select(Told));
        Assert.Equal(summary.Points.Select(point => point with { Filters = [] }),
            observed.Points.Select(point => point with { Filters = [] }));
        Assert.Equal(summary.Announcements.Select(use => (use.Announcement.Number, use.Flows)),
            observed.Announcements.Select(use => (use.Announcement.Number, use.Flows)));
        Assert.Equal(summary.Names.Select(name => name.ToString()), observed.Names.Select(name => name.ToString()));
    }

    [Fact]
    public void A_flow_of_an_announced_port_counts_as_its_use_while_it_lasts()
    {
        var sink = new Gathering();
        var sip = Repository.PathOf("captures", "media", "sip.pcap");
        ObservationSummary observed;
        using (var observation = Open(sink, 8_192, sip))
        {
            observation.Look();
            while (observation.Step(100, 0) != CaptureRead.Ended)
                observation.Look();
            observed = observation.Complete();
        }

        var last = sink.Looks[^1].Observation.Announcements;
        Assert.DoesNotContain(sink.Looks[0].Observation.Announcements, use => use.Flows > 0);
        Assert.Contains(last, use => use.Flows > 0);
        Assert.Equal(observed.Announcements.Where(use => use.Flows > 0).Select(use => use.Announcement.Number),
            last.Where(use => use.Flows > 0).Select(use => use.Announcement.Number));
    }

    [Fact]
    public void What_a_smaller_effort_leaves_out_is_counted()
    {
        var sink = new Gathering();
        ObservationSummary observed;
        using (var observation = Open(sink, 8_192))
        {
            observation.Effort = ObserverEffort.Counting;
            while (observation.Step(100, 0) != CaptureRead.Ended)
            {
            }

            observed = observation.Complete();
        }

        Assert.Equal(0, observed.FlowsEvicted);

        var (expected, summary) = Whole();
        Assert.Equal(summary.Total.Packets, observed.Total.Packets);
        Assert.Equal(expected.Sum(flow => flow.Out.Bytes + flow.In.Bytes),
            sink.Ended.Sum(flow => flow.Out.Bytes + flow.In.Bytes));
        Assert.Contains(expected, flow => flow.Transport.HasPorts && flow.ProtocolBasis == IdentificationBasis.Payload);
        Assert.DoesNotContain(sink.Ended,
            flow => flow.Transport.HasPorts && flow.ProtocolBasis == IdentificationBasis.Payload);
        Assert.Equal(expected.Count(flow => flow.Out.PayloadBytes + flow.In.PayloadBytes > 0),
            observed.Shed.Identifications);
        Assert.Equal(default, summary.Shed);
    }

    [Fact]
    public void What_the_sink_throws_is_thrown_at_the_end()
    {
        using var observation = new LiveObservation(CaptureSet.Of(new ReplayedSource(Sample)), new ObserverOptions(),
            new Refusing(), clock: new StoppedClock());
        Assert.Throws<InvalidOperationException>(() =>
        {
            while (observation.Step(100, 0) != CaptureRead.Ended)
            {
            }

            observation.Complete();
        });
    }

    private static LiveObservation Open(IObservationSink sink, int slice, string? path = null) =>
        new(CaptureSet.Of(new ReplayedSource(path ?? Sample)), new ObserverOptions { KeepFrames = true }, sink,
            clock: new StoppedClock())
        { SliceSlots = slice };

    private static void StepTo(LiveObservation observation, long packets)
    {
        while (observation.Packets < packets)
            observation.Step(1, 0);
    }

    private static List<FlowRecord> Prefix(long packets)
    {
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Of(new ReplayedSource(Sample, packets: packets));
        TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, null, CancellationToken.None);
        return flows;
    }

    private static (List<FlowRecord> Flows, ObservationSummary Observation) Whole()
    {
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Open([Sample], () => Stream.Null);
        return (flows, TrafficObserver.Observe(captures, new ObserverOptions { KeepFrames = true }, flows.Add, null,
            CancellationToken.None));
    }

    private static string Told(FlowRecord flow) =>
        FormattableString.Invariant(
            $"{flow.FlowId} {flow.Originator} {flow.Responder} {flow.DirectionBasis} {flow.Outcome} {flow.Protocol} ")
        + FormattableString.Invariant(
            $"{flow.ProtocolBasis} {flow.Service} {flow.Out} {flow.In} {flow.History} {flow.StoppedHow} ")
        + string.Join(' ', flow.Frames);

    private sealed class Gathering : IObservationSink
    {
        private List<FlowRecord> _look = [];

        public List<FlowRecord> Ended { get; } = [];

        public List<(List<FlowRecord> Flows, int Ended, ObservationSummary Observation)> Looks { get; } = [];

        public void Add(FlowRecord flow) => Ended.Add(flow);

        public void BeginSnapshot() => _look = [.. Ended];

        public void AddUnderWay(FlowRecord flow) => _look.Add(flow);

        public void EndLook(ObservationSummary observation) => Looks.Add((_look, Ended.Count, observation));
    }

    private sealed class Refusing : IObservationSink
    {
        public void Add(FlowRecord flow) => throw new InvalidOperationException("no");

        public void BeginSnapshot()
        {
        }

        public void AddUnderWay(FlowRecord flow)
        {
        }

        public void EndLook(ObservationSummary observation)
        {
        }
    }
}
