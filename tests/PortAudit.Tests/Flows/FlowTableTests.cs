using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Flows;

public sealed class FlowTableTests
{
    [Fact]
    public void All_flows_end_in_the_order_of_their_starts_though_places_are_used_again()
    {
        var ended = new List<long>();
        var table = new FlowTable((ref Flow flow, int _) => ended.Add(flow.StartNs));
        var first = Add(table, 1, 10);
        Add(table, 2, 20);
        table.End(first);
        Add(table, 3, 30);
        table.End(Add(table, 4, 15));
        Add(table, 5, 25);

        Assert.True(table.EndsInOrder);
        table.EndAll();

        Assert.Equal([10, 15, 20, 25, 30], ended);
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void Flows_can_be_added_after_all_have_ended()
    {
        var ended = new List<long>();
        var table = new FlowTable((ref Flow flow, int _) => ended.Add(flow.StartNs));
        Add(table, 1, 10);
        table.EndAll();
        var slot = Add(table, 1, 20);

        _ = ref table.Find(KeyOf(1), KeyOf(1).Hash(), out var found);
        Assert.Equal(slot, found);
        table.EndAll();
        Assert.Equal([10, 20], ended);
    }

    [Fact]
    public void A_flood_from_one_side_ends_its_own_flows_and_no_conversation()
    {
        var ended = new List<ushort>();
        var table = new FlowTable((ref Flow flow, int _) => ended.Add(flow.Key.LowPort), maximumFlows: 8);
        for (ushort port = 1; port <= 4; port++)
            Touch(table, Add(table, port, port), port, IdleClass.Exchange);
        for (ushort port = 101; port <= 120; port++)
            Add(table, port, port);

        Assert.Equal(Enumerable.Range(101, 16).Select(port => (ushort)port), ended);
        Assert.Equal(16, table.Evicted);
    }

    [Fact]
    public void A_flood_of_forged_segments_ends_its_own_flows_and_no_conversation()
    {
        var ended = new List<ushort>();
        var table = new FlowTable((ref Flow flow, int _) => ended.Add(flow.Key.LowPort), maximumFlows: 8);
        for (ushort port = 1; port <= 4; port++)
            Touch(table, Add(table, port, port), port, IdleClass.TcpOpen);
        for (ushort port = 101; port <= 120; port++)
            Touch(table, Add(table, port, port), port, IdleClass.TcpOneSided);

        Assert.Equal(Enumerable.Range(101, 16).Select(port => (ushort)port), ended);
    }

    [Fact]
    public void Where_nearly_all_are_conversations_the_one_that_is_silent_for_longest_ends()
    {
        var ended = new List<ushort>();
        var table = new FlowTable((ref Flow flow, int _) => ended.Add(flow.Key.LowPort), maximumFlows: 8);
        for (ushort port = 1; port <= 10; port++)
            Touch(table, Add(table, port, port), port, IdleClass.Exchange);

        Assert.Equal([1, 2], ended);
    }

    [Fact]
    public void Flows_end_after_their_time_and_no_later_than_two_seconds_behind_it()
    {
        const long SecondNs = 1 << 30;
        var random = new Random(1);
        var (nowNs, ended) = (0L, 0);
        var last = new Dictionary<ushort, (int Slot, long Ns)>();
        var table = new FlowTable((ref Flow flow, int _) =>
        {
            Assert.True(nowNs - flow.LastNs > IdleTimeouts.Of(IdleClass.Icmp));
            Assert.Equal(last[flow.Key.LowPort].Ns, flow.LastNs);
            last.Remove(flow.Key.LowPort);
            ended++;
        });
        for (ushort step = 1; step < 5_000; step++)
        {
            nowNs += random.NextInt64(SecondNs / 4);
            table.EndExpired(nowNs);
            Assert.All(last.Values, flow =>
                Assert.True(nowNs - flow.Ns <= IdleTimeouts.Of(IdleClass.Icmp) + (2 * SecondNs) + (SecondNs / 4)));
            if (last.Count < 100)
                last[step] = (AddAt(table, step, nowNs), nowNs);
            var (port, (slot, _)) = last.ElementAt(random.Next(Math.Min(last.Count, 30)));
            Touch(table, slot, nowNs, IdleClass.Icmp);
            last[port] = (slot, nowNs);
        }

        Assert.InRange(ended, 100, 4_900);

        static int AddAt(FlowTable table, ushort port, long nowNs)
        {
            table.Add(KeyOf(port), KeyOf(port).Hash(), nowNs, nowNs, IdleClass.Icmp, out var slot);
            return slot;
        }
    }

    [Fact]
    public void A_look_finds_the_places_that_are_taken()
    {
        var table = new FlowTable((ref Flow _, int _) => { });
        int[] slots = [Add(table, 1, 10), Add(table, 2, 20), Add(table, 3, 30)];
        table.End(slots[1]);
        var found = new List<long>();
        for (var from = 0; from < table.Slots; from++)
            table.Look(from, 1, slot => found.Add(table.At(slot).StartNs));

        Assert.Equal([10, 30], found);
        table.Look(0, int.MaxValue, slot => found.Add(table.At(slot).StartNs));
        Assert.Equal([10, 30, 10, 30], found);
    }

    private static void Touch(FlowTable table, int slot, long timestampNs, IdleClass idleClass) =>
        table.Touch(ref table.At(slot), slot, timestampNs, idleClass);

    private static int Add(FlowTable table, ushort port, long startNs)
    {
        table.Add(KeyOf(port), KeyOf(port).Hash(), startNs, startNs, IdleClass.Datagram, out var slot);
        return slot;
    }

    private static FlowKey KeyOf(ushort port) =>
        new(IpAddress.FromIpv4(1), IpAddress.FromIpv4(2), port, 53, VlanTags.None, 0, IpProtocol.Udp, 0);
}
