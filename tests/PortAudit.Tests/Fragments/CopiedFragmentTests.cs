using PortAudit.Tests.Flows;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Fragments;

/// <summary>A fragment that was recorded twice is known by itself, not by the datagram that it completes.</summary>
public sealed class CopiedFragmentTests
{
    private static readonly byte[] Whole = FrameBuilder.Udp("10.0.0.2", 4000, "10.0.0.9", 5000, new byte[150]);

    [Theory]
    [InlineData("0 0 1 1 2 2")]
    [InlineData("2 2 1 1 0 0")]
    [InlineData("1 1 0 0 2 2")]
    [InlineData("0 1 2 0 1 2")]
    [InlineData("2 1 0 2 1 0")]
    public void Copies_are_left_out_where_they_are_to_be(string order)
    {
        var (fragments, traffic) = (FragmentFlowTests.Fragments(Whole, 48, 48),
            new ObservedTraffic(new ObserverOptions { DropDuplicates = true }));
        foreach (var index in order.Split(' ').Select(int.Parse))
            traffic.At(traffic.Shown * 0.0001, fragments[index]);
        var flow = traffic.Flow();

        Assert.Equal((3L, (long)fragments.Sum(fragment => fragment.Length), 150L, 3),
            (flow.Out.Packets, flow.Out.Bytes, flow.Out.PayloadBytes, flow.Duplicates));
        Assert.Equal((1, 0, 0L),
            (traffic.Fragments.Reassembled, traffic.Fragments.Incomplete, traffic.Fragments.Unassigned));
    }

    [Theory]
    [InlineData("0 0 1 1 2 2")]
    [InlineData("2 2 1 1 0 0")]
    [InlineData("2 1 0 2 1 0")]
    public void Copies_are_counted_else(string order)
    {
        var (fragments, traffic) = (FragmentFlowTests.Fragments(Whole, 48, 48), new ObservedTraffic());
        foreach (var index in order.Split(' ').Select(int.Parse))
            traffic.At(traffic.Shown * 0.0001, fragments[index]);
        var flow = traffic.Flow();

        Assert.Equal((6L, 2L * fragments.Sum(fragment => fragment.Length), 300L, 3),
            (flow.Out.Packets, flow.Out.Bytes, flow.Out.PayloadBytes, flow.Duplicates));
        Assert.Equal((1, 0), (traffic.Fragments.Reassembled, traffic.Fragments.Incomplete));
    }
}
