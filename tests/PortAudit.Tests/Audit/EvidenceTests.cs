using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class EvidenceTests
{
    [Fact]
    public void Frames_are_listed_by_file_in_the_order_of_paths_and_numbers()
    {
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:9");
        var frames = new FlowFrames([new(0, 7), new(0, 9), new(1, 4), new(1, 1)], 1);
        var evidence = Evidence(new AuditBench().Draft(flow), (flow, frames));

        Assert.Equal(["a.pcap", "b.pcap"], evidence.Frames.Select(file => file.Capture));
        Assert.Equal([1L, 4], evidence.Frames[0].Numbers.AsEnumerable());
        Assert.Equal("frame.number in {7,9}", evidence.Frames[1].Filter);
        Assert.Equal(1, evidence.FramesNotListed);
    }

    [Fact]
    public void Frames_of_two_runs_on_one_interface_stay_apart()
    {
        var bench = new AuditBench();
        bench.Observation = bench.Observation
            with
        { Captures = [.. bench.Observation.Captures.Select(capture => capture with { Path = "eth1" })] };
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:9");
        var evidence = Evidence(bench.Draft(flow),
            (flow, new FlowFrames([new(0, 7), new(0, 8), new(1, 7), new(1, 9)], 0)));

        Assert.Equal([("eth1", "frame.number in {7..8}"), ("eth1", "frame.number in {7,9}")],
            evidence.Frames.Select(frames => (frames.Capture, frames.Filter)));
    }

    [Fact]
    public void Frames_that_the_flow_kept_itself_serve_where_no_others_are_given()
    {
        var evidence = new AuditBench().Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9")
            with
        { Frames = [new(0, 3), new(0, 5)] }).Findings[0].Evidence;

        Assert.Equal([3L, 5], Assert.Single(evidence.Frames).Numbers.AsEnumerable());
        Assert.Equal(3, evidence.FramesNotListed); // five packets
    }

    [Fact]
    public void The_earliest_flows_are_retained_and_the_frames_of_the_rest_are_counted()
    {
        var flows = Enumerable.Range(0, 60).Select(i => Of($"10.0.0.1:{50_000 + i} tcp 10.1.0.1:9").At(60 - i))
            .ToList();
        var draft = new AuditBench().Draft(flows);
        var evidence = draft.WithEvidence(draft.FlowsOfFindings.ToDictionary(flow => flow.Id,
            flow => FramesOf(flow.Originator.Port))).Findings[0].Evidence;

        Assert.Equal(FlowGroup.MaximumRetained, draft.FlowsOfFindings.Length);
        Assert.Equal(flows.OrderBy(flow => flow.StartNs).Take(FlowGroup.MaximumRetained),
            draft.FlowsOfFindings.AsEnumerable());
        Assert.Equal(FlowGroup.MaximumFrames, Assert.Single(evidence.Frames).Numbers.Length);
        Assert.Equal((50 * 4) + (10 * 5), evidence.FramesNotListed);
    }

    [Fact]
    public void The_flows_asked_for_are_those_that_were_observed_and_each_is_asked_for_once()
    {
        var bench = new AuditBench(RuleSample.Required("a fe edge tcp 5061 - any"));
        var turned = Of("10.1.0.1:5061 tcp 10.0.0.1:50000").Ending(Outcome.OneWay).Basis(DirectionBasis.FirstPacket)
            .Proving("telnet");
        var draft = bench.Draft(turned);

        Assert.Equal(2, draft.WithEvidence(ImmutableDictionary<ulong, FlowFrames>.Empty).Findings.Length);
        Assert.Same(turned, Assert.Single(draft.FlowsOfFindings));
    }

    [Theory]
    [InlineData(FlowTuples.MaximumTerms,
        "ip.addr==10.0.0.1 && ip.addr==10.1.0.1 && tcp.port==9 && tcp.port in {50000..50099} && !icmp", false)]
    [InlineData(FlowTuples.MaximumTerms + 1, "ip.addr==10.0.0.1 && ip.addr==10.1.0.1 && tcp.port==9", true)]
    public void Too_many_flows_make_the_filter_coarser_and_the_explanation_says_so(int flows, string filter,
        bool isCoarse)
    {
        var finding = new AuditBench().Run(Enumerable.Range(0, flows)
            .Select(i => Of($"10.0.0.1:{50_000 + i} tcp 10.1.0.1:9"))).Findings[0];

        Assert.Equal(filter, finding.Evidence.Filter);
        Assert.Equal(isCoarse, finding.Explanation.Contains("the filter omits ports or hosts",
            StringComparison.Ordinal));
    }

    private static FlowFrames FramesOf(int first) =>
        new([.. Enumerable.Range(0, FrameReference.MaximumPerFlow)
            .Select(i => new FrameReference(0, (first * 100) + i))], 4);

    private static Evidence Evidence(AuditDraft draft, params (FlowRecord Flow, FlowFrames Frames)[] frames) =>
        draft.WithEvidence(frames.ToDictionary(entry => entry.Flow.Id, entry => entry.Frames)).Findings[0].Evidence;
}
