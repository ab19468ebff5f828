using PortAudit.Audit;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Timelines;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Timelines;

public sealed class PairTimelineTests
{
    [Fact]
    public void Flows_count_where_they_begin_by_verdict()
    {
        var timeline = Assert.Single(Run(
            Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("sip"),
            Of("10.0.0.1:50001 tcp 10.1.0.1:5061").Proving("sip"),
            Of("10.0.0.1:50002 tcp 10.1.0.1:23").At(7)).Timelines);

        Assert.Equal(("fe", "edge"), (timeline.From, timeline.To));
        Assert.Equal([Start, Start + (7 * Second)], timeline.Flows.Columns.Select(column => column.StartNs));
        Assert.Equal(KeyValuePair.Create(new VerdictWord(Verdict.Expected, FlowWord.Permitted), 2L),
            Assert.Single(timeline.Flows.Columns[0].Sums));
        Assert.Equal(KeyValuePair.Create(new VerdictWord(Verdict.Unexpected, FlowWord.Escaped), 1L),
            Assert.Single(timeline.Flows.Columns[1].Sums));
    }

    [Fact]
    public void Bytes_stand_where_they_passed()
    {
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("sip")
            with
        { ByteTimes = new ByteTimes(0, [SumAt(Start, 102), SumAt(Start + Second, 398)]) };
        var timeline = Assert.Single(Run(flow).Timelines);

        Assert.Equal([(Start, 102L), (Start + Second, 398L)], timeline.Bytes.Columns.Select(column =>
            (column.StartNs, Assert.Single(column.Sums).Value)));
        Assert.Null(Assert.Single(timeline.Largest).Flow.ByteTimes);
    }

    [Fact]
    public void Columns_are_as_wide_as_what_is_known()
    {
        const int Seconds = 6;
        var second = TimeGrid.BucketOf(Start, Seconds);
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("sip");
        var timeline = Assert.Single(Run(
            flow with { ByteTimes = new ByteTimes(0, [SumAt(Start, 102), SumAt(Start + 1_000_000, 398)]) },
            flow with { Id = 2, ByteTimes = new ByteTimes(Seconds, [new ByteSum(second, 500)]) }).Timelines);

        Assert.Equal(Second, timeline.Bytes.WidthNs);
        Assert.Equal(1_000, Assert.Single(Assert.Single(timeline.Bytes.Columns).Sums).Value);
    }

    [Fact]
    public void Bytes_are_told_apart_by_protocol_and_spread_over_a_flow_whose_times_are_not_known()
    {
        var timeline = Assert.Single(Run(
            Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("tls", "sip"),
            Of("10.0.0.1:50002 tcp 10.1.0.1:23")).Timelines);
        var sums = timeline.Bytes.Columns.SelectMany(column => column.Sums).GroupBy(entry => entry.Key)
            .ToDictionary(lane => lane.Key, lane => lane.Sum(entry => entry.Value));

        Assert.Equal(new Dictionary<string, long> { ["tls/sip"] = 500, ["unknown"] = 500 }, sums);
        Assert.True(timeline.Bytes.Columns.Length > 1);
    }

    [Fact]
    public void The_time_to_the_answer_counts_for_flows_that_came_about_by_protocol()
    {
        var answered = Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("tls", "sip")
            with
        { Answer = AnswerDelay.Between(0, 1_700_000) };
        var timeline = Assert.Single(Run(
            answered,
            answered with { Id = 2, Answer = AnswerDelay.Between(0, 1_750_000) },
            answered with { Id = 3, Protocol = null, Service = null },
            answered with { Id = 4, Outcome = Outcome.Refused },
            answered with { Id = 5, Answer = default }).Timelines);

        Assert.Equal(["tls/sip", "unknown"], timeline.Delays.Select(lane => lane.Protocol));
        Assert.Equal(new DelayStep(1_600_000, 1_800_000, 2), Assert.Single(timeline.Delays[0].Steps));
        Assert.Equal(1, timeline.Delays[1].Flows);
    }

    [Fact]
    public void A_scan_of_every_port_stays_within_the_limit_of_dots()
    {
        var flows = Enumerable.Range(1, 65_535).Select(port => Of($"10.0.0.1:50000 tcp 10.1.0.1:{port}")
            with
        { StartNs = Start + (port * 10_000_000L), EndNs = Start + (port * 10_000_000L) });
        var plot = Assert.Single(Run(flows).Timelines).Ports;

        Assert.InRange(plot.Dots.Length, 100, PortCloud.MaximumDots);
        Assert.Equal(65_535, plot.Dots.Sum(dot => dot.Flows));
        Assert.Equal((1, 65_535), (plot.Dots.Min(dot => dot.FirstPort), plot.Dots.Max(dot => dot.LastPort)));
    }

    [Fact]
    public void Excepted_flows_show_as_such()
    {
        var bench = Bench();
        bench.Site = bench.Site
            with
        { Exceptions = [AuditBench.ExceptionOf("EX-1", "fe01", "edge1", "23", new DateOnly(2030, 1, 1))] };
        var timeline = Assert.Single(Run(bench, Of("10.0.0.1:50002 tcp 10.1.0.1:23")).Timelines);

        Assert.Equal(new VerdictWord(Verdict.Excepted, FlowWord.Permitted),
            Assert.Single(Assert.Single(timeline.Flows.Columns).Sums).Key);
        Assert.Equal(Verdict.Excepted, Assert.Single(timeline.Ports.Dots).Verdict);
        Assert.Equal(Verdict.Excepted, Assert.Single(timeline.Largest).Verdict);
    }

    [Fact]
    public void The_largest_flows_are_kept()
    {
        var flows = Enumerable.Range(0, 300).Select(i =>
            Of($"10.0.0.1:{50_000 + i} tcp 10.1.0.1:5061") with { Out = new DirectionCounters(1, i, 0), In = default });
        var largest = Assert.Single(Run(flows).Timelines).Largest;

        Assert.Equal(Enumerable.Range(100, 200).Reverse().Select(bytes => (long)bytes),
            largest.Select(flow => flow.Bytes));
    }

    [Fact]
    public void The_order_of_flows_changes_nothing()
    {
        List<FlowRecord> flows = [.. Enumerable.Range(0, 5_000).Select(i => Of($"10.0.0.1:{i} tcp "
            + $"10.1.0.{(i % 3) + 1}:{(i * 7919) % 60_000}").At(i * 13 % 9_000)
                with { Answer = AnswerDelay.Between(0, i * 977L * i) })];

        Assert.Equal(TextOf(Run(flows)), TextOf(Run(Enumerable.Reverse(flows))));
    }

    [Fact]
    public void Nothing_is_noted_unless_asked_for() =>
        Assert.Empty(Bench().Run(Of("10.0.0.1:50000 tcp 10.1.0.1:5061")).Timelines);

    private static AuditBench Bench() => new(RuleSample.Of("r fe edge tcp 5061 sip any"));

    private static AuditReport Run(params IEnumerable<FlowRecord> flows) => Run(Bench(), flows);

    private static AuditReport Run(AuditBench bench, params IEnumerable<FlowRecord> flows)
    {
        var auditor = bench.NewAuditor(withTimelines: true);
        foreach (var flow in flows)
            auditor.Add(flow);
        return auditor.Complete(bench.Observation, []).WithEvidence(new Dictionary<ulong, FlowFrames>());
    }

    private static string TextOf(AuditReport report) => string.Join('\n', report.Timelines.Select(timeline =>
        $"{timeline.From}>{timeline.To} {timeline.Flows.WidthNs} {timeline.Bytes.WidthNs} {timeline.Ports.WidthNs} "
        + string.Join(';', timeline.Flows.Columns.Select(column => $"{column.StartNs}{string.Join(',', column.Sums)}"))
        + string.Join(';', timeline.Bytes.Columns.Select(column => $"{column.StartNs}{string.Join(',', column.Sums)}"))
        + string.Join(';', timeline.Ports.Dots)
        + string.Join(';', timeline.Delays.SelectMany(lane => lane.Steps))
        + string.Join(';', timeline.Largest.Select(flow => flow.Flow.FlowId))));

    private static ByteSum SumAt(long timestampNs, long bytes) => new(TimeGrid.BucketOf(timestampNs, 0), bytes);
}
