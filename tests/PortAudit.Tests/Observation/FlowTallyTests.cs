using PortAudit.Tests.Audit;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Observation;

public sealed class FlowTallyTests
{
    private static readonly FlowRecord Flow = FlowSample.Of("10.0.0.1:50000 tcp 10.0.0.2:80"); // 5 packets, 500 bytes

    [Fact]
    public void Flows_and_frames_are_summed_by_key_in_the_order_of_keys()
    {
        var tally = Of(limit: 9, 20, 10, 20);
        tally.AddFrame(10, 60);

        var breakdown = tally.ToBreakdown(key => $"vlan {key}");

        Assert.Equal<FlowSum>([new("vlan 10", 1, 6, 560), new("vlan 20", 2, 10, 1000)], breakdown.Listed);
        Assert.Equal(new FlowSum("", 0, 0, 0), breakdown.NotListed);
    }

    [Theory]
    [InlineData(1, 2, 3, 4, 1)]
    [InlineData(4, 3, 2, 1, 1)]
    [InlineData(1, 4, 3, 1, 2)]
    [InlineData(3, 1, 4, 2, 1)]
    public void The_smallest_keys_are_told_apart_and_the_rest_is_one_sum_whatever_the_order(params int[] keys)
    {
        var breakdown = Of(limit: 2, keys).ToBreakdown(key => $"{key}");

        Assert.Equal<FlowSum>([new("1", 2, 10, 1000), new("2", 1, 5, 500)], breakdown.Listed);
        Assert.Equal(new FlowSum("", 2, 10, 1000), breakdown.NotListed);
    }

    private static FlowTally<int> Of(int limit, params int[] keys)
    {
        var tally = new FlowTally<int>(limit, Comparer<int>.Default);
        foreach (var key in keys)
            tally.Add(key, Flow);
        return tally;
    }
}
