using PortAudit.Tests.Capture;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Flows.FrameBuilder;

namespace PortAudit.Tests.Flows;

/// <summary>A packet whose time alone is far away belongs to the time around it; a clock that was set, or a pause, ends
/// what was silent for too long.</summary>
public sealed class DoubtedTimeTests : IDisposable
{
    private const string Client = "10.0.0.1";
    private const string Server = "10.0.0.2";
    private const uint Start = 1_700_000_000;
    private const uint Year2106 = uint.MaxValue;
    private const uint Hour = 3_600;
    private static readonly byte[] Request = Udp(Client, 40000, Server, 15000, [1]);
    private static readonly byte[] Answer = Udp(Server, 15000, Client, 40000, [2]);
    private static readonly byte[] Others = Udp("10.0.0.9", 1000, "10.0.0.8", 2000, [1]);
    private readonly string _folder = Directory.CreateTempSubdirectory("portaudit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Year2106)]
    [InlineData(0)]
    [InlineData(Start + Hour)]
    [InlineData(Start - Hour)]
    public void One_packet_from_another_time_splits_no_flow(uint wild)
    {
        var flow = new ObservedTraffic().At(Start, Request).At(wild, Answer).At(Start + 2, Request)
            .At(Start + 3, Answer).Flow();

        Assert.Equal((ObservedTraffic.Seconds(Start), ObservedTraffic.Seconds(Start + 3)), (flow.StartNs, flow.EndNs));
        Assert.Equal((2L, 2L, Outcome.Established), (flow.Out.Packets, flow.In.Packets, flow.Outcome));
    }

    [Theory]
    [InlineData(Year2106)]
    [InlineData(0)]
    [InlineData(Start + Hour)]
    [InlineData(Start - Hour)]
    public void One_packet_from_another_time_begins_a_flow_of_this_time(uint wild)
    {
        var traffic = new ObservedTraffic().At(Start, Others).At(wild, Request).At(Start + 1, Others)
            .At(Start + 2, Answer).At(Start + 3, Udp(Client, 1, Server, 2, [1]));

        var flow = Assert.Single(traffic.Flows(), flow => flow.Responder.Port == 15000);
        Assert.Equal((ObservedTraffic.Seconds(Start), ObservedTraffic.Seconds(Start + 2), Outcome.Established),
            (flow.StartNs, flow.EndNs, flow.Outcome));
    }

    [Fact]
    public void Packets_that_go_to_and_fro_by_an_hour_split_no_flow()
    {
        var traffic = new ObservedTraffic();
        for (var second = 0u; second < 40; second += 4)
            traffic.At(Start + second, Request).At(Start + second + Hour, Answer).At(Start + second + 2, Request)
                .At(Start + second - Hour, Answer);
        var flow = traffic.At(Start + 40, Request).Flow();

        Assert.Equal((ObservedTraffic.Seconds(Start), ObservedTraffic.Seconds(Start + 40), 41L),
            (flow.StartNs, flow.EndNs, flow.Out.Packets + flow.In.Packets));
    }

    [Fact]
    public void Two_wild_times_one_after_the_other_are_two_packets_of_this_time()
    {
        var flow = new ObservedTraffic().At(Start, Request).At(Year2106, Answer).At(0, Answer).At(Start + 1, Request)
            .Flow();

        Assert.Equal((ObservedTraffic.Seconds(Start + 1), 4L), (flow.EndNs, flow.Out.Packets + flow.In.Packets));
    }

    [Fact]
    public void A_pause_ends_what_was_silent_and_the_first_packet_behind_it_is_of_its_own_time()
    {
        var flows = new ObservedTraffic().At(Start, Request).At(Start + Hour, Answer).At(Start + Hour + 1, Request)
            .Flows();

        Assert.Equal([(ObservedTraffic.Seconds(Start), ObservedTraffic.Seconds(Start)), (ObservedTraffic.Seconds(Start
            + Hour), ObservedTraffic.Seconds(Start + Hour + 1))], flows.Select(flow => (flow.StartNs, flow.EndNs)));
    }

    [Fact]
    public void A_clock_that_was_set_back_is_followed_from_its_first_packet()
    {
        var traffic = new ObservedTraffic().At(Start, Others);
        for (var second = 0u; second < 20; second++)
            traffic.At(Start - Hour + second, Request);

        var flow = Assert.Single(traffic.Flows(), flow => flow.Responder.Port == 15000);
        Assert.Equal((ObservedTraffic.Seconds(Start - Hour), ObservedTraffic.Seconds(Start - Hour + 19)),
            (flow.StartNs, flow.EndNs));
    }

    [Fact]
    public void The_last_packet_of_a_capture_has_its_own_time()
    {
        Assert.Equal(ObservedTraffic.Seconds(Start + Hour),
            new ObservedTraffic().At(Start, Others).At(Start + Hour, Request).Flows()[^1].StartNs);
        Assert.Equal(ObservedTraffic.Seconds(Start - Hour),
            new ObservedTraffic().At(Start, Others).At(Start - Hour, Request).Flows()[0].StartNs);
    }

    [Fact]
    public void The_evidence_of_a_flow_has_the_frame_with_a_wild_time()
    {
        var path = PcapFile.Write(Path.Combine(_folder, "a.pcap"), [(Start, Request), (Start + 1, Others),
            (Start + Hour, Answer), (Start + 2, Others), (Start + 3, Answer), (Start + Hour, Others),
            (Start + Hour, Answer)]);
        using var captures = CaptureSet.Open([path], () => Stream.Null);
        var flows = new List<FlowRecord>();
        TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, null, CancellationToken.None);
        List<FlowRecord> wanted = [.. flows.Where(flow => flow.Originator.Port == 15000 || flow.Responder.Port == 15000)
            .OrderBy(flow => flow.StartNs)];
        var found = EvidencePass.Find(captures, new ObserverOptions(), wanted, long.MaxValue, null,
            CancellationToken.None);

        Assert.Equal([[1L, 3, 5], [7]], wanted.Select(flow => found[flow.Id].Frames.Select(frame => frame.Number)));
        Assert.All(found.Values, frames => Assert.Equal(0, frames.NotListed));
    }
}
