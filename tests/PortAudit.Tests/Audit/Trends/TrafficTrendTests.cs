using System.Collections.Immutable;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Trends;
using PortAudit.Tests.Audit.State;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Audit.Trends;

/// <summary>What is told of a change, and what is not.</summary>
public sealed class TrafficTrendTests
{
    private const string Ssh = "10.2.0.9:50000 tcp 10.0.0.1:22";

    [Fact]
    public void The_counts_of_all_periods_are_those_of_the_pairs_of_segments()
    {
        foreach (var by in Enum.GetValues<TrendPeriod>())
        {
            var bench = UnionTests.Bench();
            bench.By = by;
            var report = bench.Run(UnionTests.Flows.Select((flow, i) => Shifted(flow, i % 23)));

            Assert.Equal(report.SegmentPairs, report.Trend!.Pairs.Select(pair => pair.Pair));
            Assert.All(report.Trend.Pairs, pair =>
            {
                AssertSame(pair.Pair.Flows, pair.Pair.Words, pair.Counts);
                Assert.Equal(pair.Pair.Services, pair.Services.Select(service => service.Service));
                Assert.All(pair.Services, service =>
                    AssertSame(service.Service.Flows, service.Service.Words, service.Counts));
            });
            Assert.Equal(report.FlowsJudged, report.Trend.Periods.Sum(span => span.Counts.Sum(count => count.Flows)));
        }
    }

    [Fact]
    public void Auditors_of_parts_say_together_what_one_says_that_saw_all()
    {
        var bench = UnionTests.Bench();
        (bench.By, bench.Observation) = (TrendPeriod.Week, new TrendBench(Enumerable.Range(-1_000, 3).ToArray())
            .Watch(0, long.MaxValue, "outside").Observation);
        ImmutableArray<FlowRecord> flows = [.. UnionTests.Flows.Select((flow, i) => Shifted(flow, i * 7 % 450))];
        var expected = UnionTests.Text(bench, flows);
        var random = new Random(41);
        for (var run = 0; run < 5; run++)
        {
            var parts = Enumerable.Range(0, 4).Select(_ => bench.NewAuditor()).ToList();
            foreach (var flow in flows)
                parts[random.Next(parts.Count)].Add(flow);
            parts[2].UnionWith(parts[0]);
            parts[3].UnionWith(parts[2]);
            parts[1].UnionWith(parts[3]);

            Assert.Equal(expected, UnionTests.Text(bench, parts[1]));
        }

        Assert.Contains("\"Trend\":{", expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_audit_has_the_trend_of_the_one_that_was_saved()
    {
        var bench = new TrendBench(0, 1, 2).Add(0, 50).Add(1, 50).Add(2, 50).Add(2, 3, Ssh);
        var expected = System.Text.Json.JsonSerializer.Serialize(bench.Trend());
        var auditor = bench.Bench.NewAuditor();
        foreach (var flow in bench.Flows)
            auditor.Add(flow);
        var bytes = SavedState.Of(auditor, bench.Observation);
        var loaded = SavedState.Load(bytes, bench.Bench.Catalogs, bench.Bench.Site, by: TrendPeriod.Day);

        Assert.Equal(expected, System.Text.Json.JsonSerializer.Serialize(loaded.Auditor.Complete(loaded.Observation, [])
            .WithEvidence(new Dictionary<ulong, FlowFrames>()).Trend));
    }

    [Fact]
    public void Excepted_flows_have_the_word_of_the_report()
    {
        var bench = new TrendBench(0, 1).Add(0, 3).Add(1, 4, Ssh);
        bench.Bench.Site = bench.Bench.Site with
        {
            Exceptions = [AuditBench.ExceptionOf("EX-1", "client", "fe", "22", new DateOnly(2026, 12, 31))],
        };

        Assert.Equal([(0, FlowWord.Permitted, 3L), (1, FlowWord.Permitted, 4L)],
            bench.Trend().Pairs[0].Counts.Select(count => (count.Period, count.Word!.Value, count.Flows)));
    }

    [Fact]
    public void What_earlier_days_would_have_shown_is_new()
    {
        var bench = new TrendBench(0, 1, 2).Add(0, 50).Add(1, 50).Add(2, 50).Add(2, 3, Ssh);
        var change = Assert.Single(bench.Trend().Changes);

        Assert.Equal(["new Escaped tcp 22 11-04 3"], bench.Changes());
        Assert.Equal((2, 2 * 24 * 60L), (change.Compared, change.ComparedMinutes));
    }

    [Fact]
    public void What_rules_do_not_allow_comes_first() => Assert.Equal(
        ["new Escaped tcp 22 11-03 1", "new Escaped tcp 25 11-03 1", "new Permitted tcp 443 11-03 50"],
        new TrendBench(0, 1).Add(0, 50, "10.2.0.9:50000 tcp 10.1.0.1:80").Add(1, 50).Add(1, 1, Ssh)
            .Add(1, 1, "10.2.0.9:50000 tcp 10.0.0.1:25").Changes());

    [Fact]
    public void What_was_not_watched_before_is_not_called_new()
    {
        var trend = new TrendBench(2).Watch(TrendBench.Monday, TrendBench.Monday + (20 * TrendBench.Hour))
            .Add(0, 20).Add(2, 20).Add(2, 3, Ssh).Trend();

        Assert.Empty(trend.Changes);
        Assert.Equal((false, 1), (trend.Compared, trend.NotKnown));
    }

    [Fact]
    public void A_point_that_came_later_brings_no_news()
    {
        var bench = new TrendBench(0, 1, 2).Add(0, 50).Add(1, 50).Add(2, 50).Add(2, 30, Ssh, point: "inside")
            .Watch(TrendBench.Monday + (2 * TrendBench.Day), TrendBench.Monday + (3 * TrendBench.Day) - 1, "inside");

        Assert.Empty(bench.Changes());
        Assert.Equal(1, bench.Trend().NotKnown);
    }

    [Fact]
    public void A_service_is_not_new_when_its_name_is_better_known() => Assert.Empty(
        new TrendBench(0, 1, 2).Add(0, 9, Ssh).Add(1, 9, Ssh).Add(1, 9, Ssh, "ssh").Add(2, 9, Ssh, "ssh").Changes());

    [Fact]
    public void Another_protocol_on_a_known_port_is_new() => Assert.Equal(["new Escaped tcp 22 11-03 9"],
        new TrendBench(0, 1).Add(0, 9, Ssh, "ssh").Add(1, 9, Ssh, "ssh").Add(1, 9, Ssh, "http").Changes());

    [Fact]
    public void Silence_of_a_known_service_is_not_new() => Assert.Empty(
        new TrendBench(0, 1).Add(0, 9).Add(1, 9).Add(1, 2, outcome: Outcome.Undecided).Changes());

    [Fact]
    public void A_new_service_of_which_nothing_is_known_is_told() => Assert.Equal(["new Unanswered tcp 443 11-03 2"],
        new TrendBench(0, 1).Add(0, 9, Ssh).Add(1, 2, outcome: Outcome.Undecided).Changes());

    [Fact]
    public void A_service_that_is_stopped_is_news() => Assert.Equal(["new Misdropped tcp 443 11-03 2"],
        new TrendBench(0, 1).Add(0, 9).Add(1, 9).Add(1, 2, outcome: Outcome.Rejected).Changes());

    [Fact]
    public void Growth_is_told_from_its_first_day() => Assert.Equal(["grown Permitted tcp 443 11-04 118"],
        new TrendBench(0, 1, 2, 3).Add(0, 40).Add(1, 44).Add(2, 120).Add(3, 118).Changes());

    [Fact]
    public void A_day_on_which_a_service_is_gone_is_no_alarm_when_it_was_rare() => Assert.Empty(
        new TrendBench(0, 1, 2).Add(0, 50).Add(1, 50).Add(2, 50).Add(0, 3, Ssh).Add(1, 3, Ssh).Changes());

    [Fact]
    public void A_service_of_many_flows_that_is_no_more_seen_is_gone()
    {
        var bench = new TrendBench(0, 1, 2).Add(0, 50).Add(1, 50).Add(2, 50).Add(0, 30, Ssh).Add(1, 33, Ssh);
        var change = Assert.Single(bench.Trend().Changes);

        Assert.Equal(["gone Escaped tcp 22 11-03 63"], bench.Changes());
        Assert.Equal((1, 2, 2, 31.5), (change.Compared, change.Seen, change.SeenOf, change.Median));
    }

    [Fact]
    public void A_day_that_was_watched_in_part_proves_no_absence() => Assert.Empty(new TrendBench(0, 1)
        .Watch(TrendBench.Monday + (2 * TrendBench.Day),
            TrendBench.Monday + (2 * TrendBench.Day) + (20 * TrendBench.Hour))
        .Add(0, 50).Add(1, 50).Add(2, 50).Add(0, 30, Ssh).Add(1, 33, Ssh).Changes());

    [Fact]
    public void Days_without_a_capture_prove_no_absence() => Assert.Empty(new TrendBench(0, 1)
        .Add(0, 50).Add(1, 50).Add(0, 30, Ssh).Add(1, 33, Ssh).Add(2, 1).Changes());

    [Fact]
    public void A_weekend_is_not_compared_with_working_days() => Assert.Empty(
        new TrendBench(2, 3, 4, 5, 6).Add(2, 90).Add(3, 90).Add(4, 90).Add(5, 5).Add(6, 5).Changes());

    [Fact]
    public void What_comes_first_on_a_weekend_is_new() => Assert.Equal(["new Escaped tcp 22 11-07 2"],
        new TrendBench(3, 4, 5).Add(3, 90).Add(4, 90).Add(5, 5).Add(5, 2, Ssh).Changes());

    [Fact]
    public void A_working_day_is_not_compared_with_a_weekend() => Assert.Empty(
        new TrendBench(5, 6, 7).Add(5, 5).Add(6, 5).Add(7, 90).Add(7, 9, Ssh).Changes());

    [Fact]
    public void Weeks_are_compared_where_they_were_watched_at_the_same_times()
    {
        var bench = new TrendBench(0, 7, 14) { By = TrendPeriod.Week }.Add(0, 50).Add(7, 50).Add(14, 50)
            .Add(14, 2, Ssh);

        Assert.Equal(["new Escaped tcp 22 11-16 2"], bench.Changes());
        Assert.Equal([new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 9), new DateOnly(2026, 11, 16)],
            bench.Trend().Periods.Select(span => span.First));
        Assert.All(bench.Trend().Periods, span => Assert.Equal(24 * 60, span.WatchedMinutes));
    }

    [Fact]
    public void A_long_connection_of_a_log_makes_no_day_before_it_watched()
    {
        var bench = new TrendBench().Watch(TrendBench.Monday, TrendBench.Monday + (4 * TrendBench.Day) - 1,
            log: LogSource.Zeek).Add(2, 50).Add(3, 50).Add(2, 5, Ssh);
        var trend = bench.Add(bench.Flows[0] with { StartNs = TrendBench.Monday, Id = 1 }).Trend();

        Assert.Equal(3, trend.Periods.Length);
        Assert.Equal(0, trend.Periods[0].WatchedMinutes);
        Assert.Empty(trend.Changes);
    }

    [Fact]
    public void A_log_watched_a_day_from_the_first_end_of_a_flow_to_the_last()
    {
        var bench = new TrendBench().Watch(TrendBench.Monday, TrendBench.Monday + TrendBench.Day - 1,
            log: LogSource.Zeek).Add(0, 4);
        var trend = bench.Add(bench.Flows[0] with { EndNs = bench.Flows[1].EndNs, Id = 1 }).Trend();

        Assert.Equal((18 * 60) + 1, Assert.Single(trend.Periods).WatchedMinutes);
    }

    [Fact]
    public void A_capture_that_is_silent_for_days_does_not_watch_them()
    {
        var trend = new TrendBench().Watch(TrendBench.Monday, TrendBench.Monday + (5 * TrendBench.Day),
            silenceNs: 60 * TrendBench.Hour).Add(0, 1).Add(4, 24).Trend();

        Assert.Equal([1, (23 * 60) + 1], trend.Periods.Select(span => span.WatchedMinutes));
    }

    [Fact]
    public void Files_of_a_ring_are_one_capture_and_an_outage_is_none()
    {
        var bench = new TrendBench().Add(0, 24);
        for (var hour = 0; hour < 24; hour++)
        {
            if (hour is not (5 or 6))
                bench.Watch(TrendBench.Monday + (hour * TrendBench.Hour),
                    TrendBench.Monday + (hour * TrendBench.Hour) + (55 * 60 * FlowSample.Second),
                    silenceNs: 6 * 60 * FlowSample.Second);
        }

        // From the last packet at 04:55 to the first at 07:00, without these two minutes; the end at 23:55.
        Assert.Equal((24 * 60) - 124 - 4, Assert.Single(bench.Trend().Periods).WatchedMinutes);
    }

    [Fact]
    public void Absurd_times_make_few_periods_and_nothing_is_lost()
    {
        var bench = new TrendBench(0).Watch(long.MinValue, long.MaxValue);
        for (var i = 0; i < 2_000; i++)
            bench.Add(FlowSample.Of($"10.2.0.9:{10_000 + i} tcp 10.0.0.1:443") with
            {
                StartNs = long.MinValue + (i * (long.MaxValue / 1_000)),
                EndNs = i % 2 == 0 ? long.MaxValue : long.MinValue + (i * (long.MaxValue / 1_000)),
            });
        foreach (var by in Enum.GetValues<TrendPeriod>())
        {
            bench.Bench.By = by;
            bench.Bench.Observation = bench.Observation;
            var trend = bench.Bench.Run(bench.Flows).Trend!;

            Assert.InRange(trend.Periods.Length, 300, DayCounts.MaximumDays);
            Assert.Equal(2_000, trend.Earlier + trend.Periods.Sum(span => span.Counts.Sum(count => count.Flows)));
            Assert.Equal(2_000, trend.Pairs.Sum(pair => pair.Counts.Sum(count => count.Flows)));
        }
    }

    [Fact]
    public void Pairs_beyond_the_limit_are_counted_in_the_whole_and_that_is_said()
    {
        var bench = new TrendBench(0, 1);
        bench.Bench.Site = bench.Bench.Site with { Segments = [] };
        for (var i = 0; i < TrendLedger.MaximumPairs + 20; i++)
            bench.Add(i % 2, 1, $"10.2.{i}.9:50000 tcp 10.0.0.1:22");
        var trend = bench.Trend();

        Assert.True(trend.HasMorePairs);
        Assert.Equal(TrendLedger.MaximumPairs, trend.Pairs.Length);
        Assert.Equal(TrendLedger.MaximumPairs + 20, trend.Periods.Sum(span => span.Counts.Sum(count => count.Flows)));
    }

    [Fact]
    public void Changes_beyond_the_limit_are_counted()
    {
        var bench = new TrendBench(0, 1).Add(0, 50);
        for (var port = 1; port <= TrafficTrend.MaximumChanges / 2; port++)
        {
            bench.Add(1, 1, $"10.2.0.9:50000 tcp 10.0.0.1:{port}").Add(1, 1, $"10.2.0.9:50000 tcp 10.1.0.1:{port}")
                .Add(1, 1, $"10.0.0.1:50000 tcp 10.1.0.1:{port}");
        }

        Assert.Equal((TrafficTrend.MaximumChanges, TrafficTrend.MaximumChanges / 2),
            (bench.Trend().Changes.Length, bench.Trend().ChangesNotListed));
    }

    [Fact]
    public void A_service_that_too_many_points_recorded_did_not_change()
    {
        var bench = new TrendBench().Add(0, 1, point: "p0");
        for (var i = 0; i <= TrendServiceTally.MaximumPoints; i++)
        {
            bench.Watch(TrendBench.Monday, TrendBench.Monday + (2 * TrendBench.Day) - 1, $"p{i}")
                .Add(0, 1, "10.2.0.9:50000 tcp 10.1.0.1:80", point: $"p{i}").Add(1, 1, Ssh, point: $"p{i}");
        }

        Assert.Empty(bench.Changes());
        Assert.Equal(1, bench.Trend().NotKnown);
    }

    [Fact]
    public void Without_the_option_there_is_no_trend() =>
        Assert.Null(UnionTests.Bench().Run(UnionTests.Flows).Trend);

    private static FlowRecord Shifted(FlowRecord flow, int days) => flow with
    {
        StartNs = flow.StartNs + (days * TrendBench.Day),
        EndNs = flow.EndNs + (days * TrendBench.Day),
    };

    private static void AssertSame(long flows, DispositionCounts words, ImmutableArray<TrendCount> counts)
    {
        long Of(FlowWord word) => counts.Where(count => count.Word == word).Sum(count => count.Flows);
        Assert.Equal(flows, counts.Sum(count => count.Flows));
        Assert.Equal(words, new DispositionCounts(Of(FlowWord.Permitted), Of(FlowWord.Escaped), Of(FlowWord.Blocked),
            Of(FlowWord.Misdropped), Of(FlowWord.Unanswered)));
    }
}
