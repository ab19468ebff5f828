using PortAudit.Traffic.Flows;

namespace PortAudit.Tests.Flows;

public sealed class FlowStoreTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Places_come_in_the_order_of_starts_and_equal_ones_in_their_own(int mostLateNs)
    {
        var random = new Random(mostLateNs);
        var flows = new FlowStore();
        var taken = new Dictionary<int, long>();
        for (var step = 0; step < 3_000; step++)
        {
            if (taken.Count > 0 && random.Next(3) == 0)
            {
                var given = taken.Keys.ElementAt(random.Next(taken.Count));
                flows.Release(given);
                taken.Remove(given);
                continue;
            }

            var place = flows.Take();
            taken[place] = flows[place].StartNs = (step / 5) - random.Next(mostLateNs);
        }

        Assert.Equal(taken.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key), flows.PlacesByStart().ToArray());
    }

    [Fact]
    public void Without_flows_there_are_no_places()
    {
        var flows = new FlowStore();
        Assert.Equal(0, flows.PlacesByStart().Length);
        flows.Release(flows.Take());
        Assert.Equal(0, flows.PlacesByStart().Length);
    }
}
