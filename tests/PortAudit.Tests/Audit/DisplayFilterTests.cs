using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class DisplayFilterTests
{
    [Theory]
    [InlineData("1.0.0.1:5 tcp 1.0.0.2:6", "((ip.src==1.0.0.1 && tcp.srcport==5 && ip.dst==1.0.0.2 && tcp.dstport==6) || (ip.src==1.0.0.2 && tcp.srcport==6 && ip.dst==1.0.0.1 && tcp.dstport==5))")]
    [InlineData("[2001:db8::1]:5 udp [2001:db8::2]:6", "((ipv6.src==2001:db8::1 && udp.srcport==5 && ipv6.dst==2001:db8::2 && udp.dstport==6) || (ipv6.src==2001:db8::2 && udp.srcport==6 && ipv6.dst==2001:db8::1 && udp.dstport==5))")]
    [InlineData("1.0.0.1:8 icmp 1.0.0.2:0", "(((ip.src==1.0.0.1 && ip.dst==1.0.0.2) || (ip.src==1.0.0.2 && ip.dst==1.0.0.1)) && icmp.type in {8,0})")]
    [InlineData("1.0.0.1:0 ip:47 1.0.0.2:0", "(((ip.src==1.0.0.1 && ip.dst==1.0.0.2) || (ip.src==1.0.0.2 && ip.dst==1.0.0.1)) && (ip.proto==47 || ipv6.nxt==47))")]
    public void A_filter_names_source_and_destination_in_pairs(string flow, string filter) =>
        Assert.Equal(filter, DisplayFilter.OfFlows([FlowTuple.Of(Of(flow))], FilterGrain.Exact));

    [Fact]
    public void A_tagged_flow_is_told_by_its_tags()
    {
        var tagged = Of("1.0.0.1:5 tcp 1.0.0.2:6") with { Vlan = VlanTags.None.Push(10).Push(20) };

        Assert.StartsWith("(vlan.id==10 && vlan.id==20 && ((ip.src==1.0.0.1", DisplayFilter.OfFlows([FlowTuple.Of(tagged)], FilterGrain.Exact), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(150, 1, "((ip.dst==1.1.0.0 && tcp.dstport==9) || (ip.src==1.1.0.0 && tcp.srcport==9))")]
    [InlineData(150, 150, "(tcp.dstport==9 || tcp.srcport==9)")]
    public void Each_step_of_the_ladder_leaves_out_what_is_too_many(int originators, int responders, string filter)
    {
        var tuples = new FlowTuples();
        for (var i = 0; i < originators * responders; i++)
            tuples.Add(Of($"1.0.0.{i / responders}:5 tcp 1.1.0.{i % responders}:9"));

        Assert.Equal(filter, tuples.Filter);
        Assert.True(tuples.IsCoarse);
    }

    [Fact]
    public void Ports_without_end_leave_the_transport()
    {
        var tuples = new FlowTuples();
        foreach (var port in Enumerable.Range(1, 200))
            tuples.Add(Of($"1.0.0.1:5 tcp 1.1.0.{port}:{port}"));

        Assert.Equal("tcp", tuples.Filter);
    }

    [Fact]
    public void No_frames_and_no_flows_make_no_filter()
    {
        Assert.Equal("", DisplayFilter.OfFrames([]));
        Assert.Equal("", DisplayFilter.OfFlows(ImmutableArray<FlowTuple>.Empty, FilterGrain.Exact));
    }
}
