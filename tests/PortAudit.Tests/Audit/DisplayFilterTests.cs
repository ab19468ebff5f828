using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class DisplayFilterTests
{
    [Theory]
    [InlineData("1.0.0.1:5 tcp 1.0.0.2:6",
        "ip.addr==1.0.0.1 && ip.addr==1.0.0.2 && tcp.port==6 && tcp.port==5 && !icmp")]
    [InlineData("[2001:db8::1]:5 udp [2001:db8::2]:6",
        "ipv6.addr==2001:db8::1 && ipv6.addr==2001:db8::2 && udp.port==6 && udp.port==5 && "
            + "!(icmpv6.type in {1..4,137})")]
    [InlineData("1.0.0.1:123 udp 1.0.0.2:123",
        "ip.addr==1.0.0.1 && ip.addr==1.0.0.2 && udp.srcport==123 && udp.dstport==123 && "
            + "!(icmp.type in {3..5,11..12})")]
    [InlineData("127.0.0.1:5 tcp 127.0.0.1:6",
        "ip.src==127.0.0.1 && ip.dst==127.0.0.1 && tcp.port==6 && tcp.port==5 && "
            + "!icmp")]
    [InlineData("1.0.0.1:8 icmp 1.0.0.2:0", "ip.addr==1.0.0.1 && ip.addr==1.0.0.2 && icmp.type in {8,0}")]
    [InlineData("1.0.0.1:0 ip:47 1.0.0.2:0", "ip.addr==1.0.0.1 && ip.addr==1.0.0.2 && (ip.proto==47 || ipv6.nxt==47)")]
    public void A_filter_names_both_ends_as_wiresharks_conversation_filter_does(string flow, string filter) =>
        Assert.Equal(filter, DisplayFilter.OfFlows([FlowTuple.Of(Of(flow))], FilterGrain.Exact));

    [Fact]
    public void Flows_that_differ_in_the_originators_port_share_a_term()
    {
        ImmutableArray<FlowTuple> flows = [.. "7569".Select(port => FlowTuple.Of(Of($"1.0.0.1:{port} tcp 1.0.0.2:80"))),
            FlowTuple.Of(Of("1.0.0.3:5 tcp 1.0.0.2:80"))];

        Assert.Equal(
            "(ip.addr==1.0.0.1 && ip.addr==1.0.0.2 && tcp.port==80 && tcp.port in {5..7,9} && !icmp) || "
                + "(ip.addr==1.0.0.3 && ip.addr==1.0.0.2 && tcp.port==80 && tcp.port==5 && !icmp)",
            DisplayFilter.OfFlows(flows, FilterGrain.Exact));
    }

    [Fact]
    public void A_flow_between_equal_ports_has_a_term_of_its_own_so_that_no_other_flow_of_the_port_is_selected()
    {
        int[] ports = [5060, 20_932];
        ImmutableArray<FlowTuple> flows =
            [.. ports.Select(port => FlowTuple.Of(Of($"1.0.0.1:{port} tcp 1.0.0.2:5060")))];

        Assert.Equal("(ip.addr==1.0.0.1 && ip.addr==1.0.0.2 && tcp.srcport==5060 && tcp.dstport==5060 && !icmp) || "
            + "(ip.addr==1.0.0.1 && ip.addr==1.0.0.2 && tcp.port==5060 && tcp.port==20932 && !icmp)",
            DisplayFilter.OfFlows(flows, FilterGrain.Exact));
    }

    [Fact]
    public void The_ICMP_error_that_stopped_a_flow_is_selected_with_it()
    {
        var stopped = Of("1.0.0.1:5 udp 1.0.0.2:6").Ending(Traffic.Records.Outcome.Rejected)
            with
        { OutcomeFrame = new(0, 2) };

        Assert.Equal("ip.addr==1.0.0.1 && ip.addr==1.0.0.2 && udp.port==6 && udp.port==5",
            DisplayFilter.OfFlows([FlowTuple.Of(stopped)], FilterGrain.Exact));
    }

    [Theory]
    [InlineData("1.0.0.1:5 udp 1.0.0.2:6", "((udp.port==6 && udp.port==5) || (ip.proto==17 && (ip.flags.mf==1 || "
        + "ip.frag_offset>0)))")]
    [InlineData("[2001:db8::1]:5 udp [2001:db8::2]:6", "((udp.port==6 && udp.port==5) || ipv6.fraghdr.nxt==17)")]
    public void Fragments_are_selected_though_Wireshark_shows_no_ports_in_them(string flow, string filter) =>
        Assert.Contains(filter, DisplayFilter.OfFlows([FlowTuple.Of(Of(flow) with { IsFragmented = true })],
            FilterGrain.Exact), StringComparison.Ordinal);

    [Fact]
    public void Frames_that_follow_each_other_are_a_range() =>
        Assert.Equal("frame.number in {1,4..6,9}", DisplayFilter.OfFrames([1, 4, 5, 6, 9]));

    [Fact]
    public void A_tagged_flow_is_told_by_its_tags()
    {
        var tagged = Of("1.0.0.1:5 tcp 1.0.0.2:6") with { Vlan = VlanTags.None.Push(10).Push(20) };

        Assert.StartsWith("vlan.id==10 && vlan.id==20 && ip.addr==1.0.0.1",
            DisplayFilter.OfFlows([FlowTuple.Of(tagged)], FilterGrain.Exact), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(150, 1, "ip.addr==1.1.0.0 && tcp.port==9")]
    [InlineData(150, 150, "tcp.port==9")]
    public void Each_step_of_the_ladder_leaves_out_what_is_too_many(int originators, int responders, string filter)
    {
        var tuples = new FlowTuples();
        for (var i = 0; i < originators * responders; i++)
            tuples.Add(Of($"1.0.0.{i / responders}:5 tcp 1.1.0.{i % responders}:9"));

        Assert.Equal(filter, tuples.Filter);
        Assert.True(tuples.IsCoarse);
    }

    [Fact]
    public void Ports_without_end_leave_the_originator_or_the_transport_alone()
    {
        var (one, many) = (new FlowTuples(), new FlowTuples());
        foreach (var port in Enumerable.Range(1, 200))
        {
            one.Add(Of($"1.0.0.1:5 tcp 1.1.0.{port}:{port}"));
            many.Add(Of($"1.0.{port}.1:5 tcp 1.1.0.{port}:{port}"));
        }

        Assert.Equal("ip.addr==1.0.0.1 && tcp", one.Filter);
        Assert.Equal("tcp", many.Filter);
    }

    [Theory]
    [InlineData(50, 40)]
    [InlineData(100, 1)]
    [InlineData(60, 60)]
    [InlineData(150, 30)]
    [InlineData(30, 150)]
    [InlineData(150, 150)]
    public void United_they_are_as_exact_as_all_of_them_together(int first, int second)
    {
        var (one, other, all) = (new FlowTuples(), new FlowTuples(), new FlowTuples());
        for (var i = 0; i < first + second; i++)
        {
            var flow = Of($"1.0.{i % 2}.1:{5 + i} tcp 1.1.0.1:9");
            (i < first ? one : other).Add(flow);
            all.Add(flow);
        }

        one.UnionWith(other);
        Assert.Equal((all.Filter, all.IsCoarse), (one.Filter, one.IsCoarse));
        Assert.Equal(second > FlowTuples.MaximumTerms, other.IsCoarse);
    }

    [Fact]
    public void No_frames_and_no_flows_make_no_filter()
    {
        Assert.Equal("", DisplayFilter.OfFrames([]));
        Assert.Equal("", DisplayFilter.OfFlows(ImmutableArray<FlowTuple>.Empty, FilterGrain.Exact));
    }
}
