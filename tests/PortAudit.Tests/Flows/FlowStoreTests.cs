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

            var startNs = (step / 5) - random.Next(mostLateNs);
            flows.Take(out var slot).StartNs = startNs;
            taken[slot] = startNs;
        }

        Assert.Equal(taken.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => pair.Key),
            Visited(flows));
    }

    [Fact]
    public void Without_flows_there_are_no_places()
    {
        var flows = new FlowStore();
        Assert.Empty(Visited(flows));
        flows.Take(out var slot);
        flows.Release(slot);
        Assert.Empty(Visited(flows));
    }

    [Fact]
    public void A_place_that_is_taken_again_is_blank()
    {
        var flows = new FlowStore();
        flows.Take(out var slot).SynCount = 3;
        flows.Release(slot);

        ref var again = ref flows.Take(out var same);

        Assert.Equal(slot, same);
        Assert.Equal(default, again);
    }

    private static List<int> Visited(FlowStore flows)
    {
        var visited = new List<int>();
        flows.VisitByStart((ref Flow _, int slot) => visited.Add(slot));
        return visited;
    }
}
