using PortAudit.Traffic.Flows;
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
        var place = Add(table, 1, 20);

        Assert.Equal(place, table.Find(KeyOf(1), KeyOf(1).Hash()));
        table.EndAll();
        Assert.Equal([10, 20], ended);
    }

    private static int Add(FlowTable table, ushort port, long startNs) => table.Add(KeyOf(port), KeyOf(port).Hash(), startNs, startNs, IdleClass.Datagram);

    private static FlowKey KeyOf(ushort port) => new(IpAddress.FromIpv4(1), IpAddress.FromIpv4(2), port, 53, VlanTags.None, 0, IpProtocol.Udp, 0);
}
