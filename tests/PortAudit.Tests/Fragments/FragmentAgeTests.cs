using System.Buffers.Binary;
using PortAudit.Tests.Flows;

namespace PortAudit.Tests.Fragments;

/// <summary>The number of a datagram may be used again: no fragment is joined to one of another time (RFC 791 §3.2; RFC
/// 4963).</summary>
public sealed class FragmentAgeTests
{
    private const string Client = "10.0.0.9";
    private const string Server = "10.0.0.2";
    private const int IdentificationOffset = 18;

    [Fact]
    public void A_datagram_whose_number_is_used_again_and_again_keeps_no_other_alive()
    {
        var (renewed, late) = (Divided(50100, 77), Divided(50200, 88));
        var traffic = new ObservedTraffic().At(0, renewed[0]).At(0.1, renewed[1]).At(5, late[1]);
        for (var round = 1; round < 30; round++)
            traffic.At(round * 10, renewed[0]).At((round * 10) + 0.1, renewed[1]);
        var flows = traffic.At(300, late[0]).At(300.1, late[1]).Flows();

        Assert.Equal([60L, 2L], flows.Select(flow => flow.Out.Packets));
        Assert.Equal((31, 1, 1),
            (traffic.Fragments.Reassembled, traffic.Fragments.Incomplete, traffic.Fragments.Unassigned));
    }

    [Fact]
    public void A_datagram_with_a_time_in_the_future_keeps_no_other_alive()
    {
        var (future, late) = (Divided(50300, 9), Divided(50302, 88));
        var flows = new ObservedTraffic().At(100_000, future[0]).At(100_000.1, future[1]).At(5, Divided(50301, 88)[1])
            .At(90_000, late[0]).At(90_000.1, late[1]).Flows();

        Assert.Equal(2L, flows.Single(flow =>
            flow.Originator.Port == 50302 || flow.Responder.Port == 50302).Out.Packets);
    }

    [Fact]
    public void A_datagram_is_not_as_old_as_one_that_came_after_it_in_time()
    {
        var divided = Divided(50300, 9);
        var traffic = new ObservedTraffic().At(100, divided[1]).At(50, divided[0]);

        Assert.Equal(1L, traffic.Flow().Out.Packets);
        Assert.Equal(0, traffic.Fragments.Reassembled);
    }

    [Theory]
    [InlineData(0.9, 3, 0)]
    [InlineData(5, 2, 2)]
    public void A_datagram_that_is_whole_takes_copies_for_a_second(double later, long first, long second)
    {
        var (one, other) = (Divided(50001, 7), Divided(50002, 7));
        var traffic = new ObservedTraffic().At(0, one[1]).At(0.01, one[0]).At(later, other[1]);
        if (second > 0)
            traffic.At(later + 0.01, other[0]);
        var flows = traffic.Flows();

        Assert.Equal((first, second), (flows[0].Out.Packets, flows.Count > 1 ? flows[1].Out.Packets : 0));
        Assert.Equal(0, traffic.Fragments.Incomplete);
    }

    private static byte[][] Divided(ushort port, ushort identification)
    {
        var fragments = FragmentFlowTests.Fragments(FrameBuilder.Udp(Client, port, Server, 9999, new byte[92]), 48);
        foreach (var fragment in fragments)
            BinaryPrimitives.WriteUInt16BigEndian(fragment.AsSpan(IdentificationOffset), identification);
        return fragments;
    }
}
