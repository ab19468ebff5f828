using PortAudit.Tests.EndToEnd;
using PortAudit.Tests.Reports;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Observation;

public sealed class FlowHandOverTests
{
    private const int Many = 20_000;

    [Fact]
    public void The_sink_gets_every_flow_in_order_on_one_other_thread()
    {
        var (got, threads) = (new List<ulong>(), new HashSet<int>());
        using (var handOver = new FlowQueue(Take))
        {
            for (var id = 0ul; id < Many; id++)
                handOver.Add(SampleFlows.Ping with { Id = id });
            handOver.Complete();
        }

        Assert.Equal(Enumerable.Range(0, Many).Select(id => (ulong)id), got);
        Assert.NotEqual(Environment.CurrentManagedThreadId, Assert.Single(threads));

        void Take(FlowRecord flow)
        {
            got.Add(flow.Id);
            threads.Add(Environment.CurrentManagedThreadId);
        }
    }

    [Fact]
    public void A_call_comes_behind_the_flows_before_it()
    {
        var (got, before) = (0, 0);
        using var handOver = new FlowQueue(_ => got++);
        for (var flow = 0; flow < Many; flow++)
            handOver.Add(SampleFlows.Ping);
        handOver.Call(() => before = got);
        handOver.Add(SampleFlows.Ping);
        handOver.Complete();

        Assert.Equal((Many, Many + 1), (before, got));
    }

    [Fact]
    public void What_the_sink_throws_is_thrown_to_who_hands_over()
    {
        using var handOver = new FlowQueue(_ => throw new InvalidDataException("full"));

        Assert.Equal("full", Assert.Throws<InvalidDataException>(() => HandOverAll(handOver)).Message);
    }

    [Fact]
    public void It_can_be_given_up_with_flows_that_wait()
    {
        using var handOver = new FlowQueue(_ => { });
        handOver.Add(SampleFlows.Ping);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Any_number_of_threads_gives_the_same_flows_in_the_same_order(int threads) =>
        Assert.Equal(Flows(1), Flows(threads));

    private static List<string> Flows(int threads)
    {
        var flows = new List<string>();
        using var captures = CaptureSet.Open([LyncEdge.Outside, LyncEdge.Inside], () => Stream.Null);
        TrafficObserver.Observe(captures, new ObserverOptions { Threads = threads }, flow => flows.Add(flow.ToString()),
            null, CancellationToken.None);
        return flows;
    }

    private static void HandOverAll(FlowQueue handOver)
    {
        for (var id = 0ul; id < Many; id++)
            handOver.Add(SampleFlows.Ping with { Id = id });
        handOver.Complete();
    }
}
