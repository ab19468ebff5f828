using FsCheck;
using FsCheck.Fluent;
using PortAudit.Audit.Learned;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Json;
using PortAudit.Tests.Cli;
using PortAudit.Tests.Reports;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit.Learned;

/// <summary>What is learned, united and written.</summary>
public sealed class LearnedTrafficTests
{
    private const long Hour = 3_600 * Second;
    private static readonly FlowRecord Sip = Of("10.2.0.7:50000 tcp 10.1.0.1:5061").Proving("sip");

    [Fact]
    public void A_service_is_learned_with_roles_segments_hosts_sizes_and_hours()
    {
        var entry = Assert.Single(LearningBench.Learn(Sip, Of("10.2.0.8:50001 tcp 10.1.0.1:5061").Proving("sip").At(60))
            .Entries);

        Assert.Equal(("client", "edge", "clients", "perimeter", "tcp 5061 sip"),
            (entry.FromRole, entry.ToRole, entry.FromSegment, entry.ToSegment, entry.Service));
        Assert.Equal((2, 2, 1), (entry.Connections, entry.Clients.Kept.Length, entry.Servers.Kept.Length));
        Assert.Equal(new SizeStep(32, 2), Assert.Single(entry.Sent.Steps));
        Assert.Equal((30, 20), (entry.Sent.Largest, entry.Received.Within(0.5)));
        Assert.Equal((2, 2), (entry.Hours[10], entry.Hours.Sum()));
        Assert.Equal(new DateOnly(2024, 5, 1), Assert.Single(entry.Days));
        Assert.Equal((Start, Start + (60 * Second)), (entry.FirstNs, entry.LastNs));
    }

    [Fact]
    public void Attempts_housekeeping_and_what_is_out_of_scope_are_not_learned()
    {
        Assert.Empty(LearningBench.Learn(Sip.Ending(Outcome.Unanswered), Sip.Ending(Outcome.Refused),
            Of("10.2.0.7:137 udp 10.2.255.255:137").Ending(Outcome.Unanswered),
            Of("192.168.0.1:40000 tcp 192.168.0.2:80")).Entries);
    }

    /// <summary>Nobody answers syslog.</summary>
    [Fact]
    public void Datagrams_that_a_rule_allows_are_learned_without_an_answer() =>
        Assert.Equal("udp 514 syslog", Assert.Single(LearningBench.Learn(
            Of("10.2.0.7:50000 udp 10.0.0.1:514").Proving("syslog").Ending(Outcome.Unanswered)).Entries).Service);

    /// <summary>Else every run of a program would be a new service.</summary>
    [Theory]
    [InlineData("10.2.0.7:50000 tcp 10.0.0.1:41000")]
    [InlineData("10.2.0.7:50000 tcp 10.0.0.3:49900")]
    public void Ports_that_are_given_out_for_a_time_are_one_service(string line) =>
        Assert.Equal("tcp dynamic ports", Assert.Single(LearningBench.Learn(Of(line)).Entries).Service);

    [Fact]
    public void What_runs_inside_tls_and_smb_makes_no_other_service()
    {
        var flows = new[] { "h2", null }.Select((inside, i) =>
            Of("10.2.0.7:50000 tcp 10.1.0.1:443").Proving("tls", inside).At(i));

        Assert.Equal("tcp 443 tls", Assert.Single(LearningBench.Learn(flows).Entries).Service);
    }

    [Fact]
    public void However_flows_are_split_among_baselines_their_union_is_that_of_all()
    {
        var flows = UnionTests.Flows;
        var all = Text(LearningBench.Learn(UnionTests.Bench(), flows));

        Prop.ForAll(Gen.Choose(0, 2).ArrayOf(flows.Length).ToArbitrary(), parts =>
        {
            var learned = Enumerable.Range(0, 3).Select(part => LearningBench.Learn(UnionTests.Bench(),
                flows.Where((_, i) => parts[i] == part))).ToList();
            return Text(learned[2].UnionWith(learned[0].UnionWith(learned[1]))) == all;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));
    }

    [Fact]
    public void However_flows_are_split_among_auditors_they_learn_the_same()
    {
        var bench = UnionTests.Bench();
        var all = LearningBench.Learn(bench, UnionTests.TooMany);
        var (one, two) = (LearningBench.NewAuditor(bench, Options), LearningBench.NewAuditor(bench, Options));
        foreach (var (index, flow) in UnionTests.TooMany.Index())
            (index % 3 == 0 ? one : two).Add(flow);
        two.UnionWith(one);

        Assert.Equal(Text(all), Text(two.Complete(bench.Observation, [])
            .WithEvidence(new Dictionary<ulong, FlowFrames>()).Learned!));
        Assert.Throws<ArgumentException>(() => two.UnionWith(new(bench.Catalogs, bench.Site)));
    }

    [Fact]
    public void A_baseline_comes_back_whole_and_as_its_schema_says()
    {
        using var directory = new TemporaryDirectory();
        var learned = LearningBench.Learn(UnionTests.Bench(), UnionTests.Flows);
        var entry = learned.Entries[0] with
        {
            Accepted = "backup",
            Issuers = new(["CN=a", "CN=b"], HasMore: true),
            Interfaces = new(["samr"], HasMore: false),
            Periods = new([60 * Second], HasMore: false),
            Received = new SizeDistribution(long.MaxValue, [new SizeStep(1, 3), new SizeStep(long.MaxValue, 1)]),
            FirstNs = null,
        };
        learned = learned.With([entry, .. learned.Entries.Skip(1)]);
        File.WriteAllText(directory["b.json"], Text(learned));

        Assert.True(LearnedFile.TryRead(directory["b.json"], out var read, out var problem), problem);
        Assert.Equal(Text(learned), Text(read with { TimestampDigits = learned.TimestampDigits }));
        Assert.Empty(new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema/learned.schema.json")))
            .Check(Text(learned)));
    }

    [Fact]
    public void Hours_that_were_watched_are_counted_by_days()
    {
        var midnight = Start - (Start % (24 * Hour));
        var learned = LearningBench.Learn(Sip) with
        {
            Watched =
            [
                new CaptureGap(midnight + (9 * Hour), midnight + (11 * Hour)),
                new CaptureGap(midnight + (11 * Hour) + 5, midnight + (11 * Hour) + 9),
                new CaptureGap(midnight + (24 * Hour), midnight + (57 * Hour)),
            ],
        };

        Assert.Equal("2 2 2 1", $"{learned.DaysWatchedAt(8)} {learned.DaysWatchedAt(9)} {learned.DaysWatchedAt(11)} "
            + $"{learned.DaysWatchedAt(12)}");
        Assert.Equal("35 hours (2024-05-01 to 2024-05-03 UTC), 24 of 24 hours of the day", learned.WatchText);
    }

    [Fact]
    public void Time_that_two_baselines_both_watched_is_told()
    {
        var one = LearningBench.Learn(Sip) with { Watched = [new CaptureGap(0, 10 * Second)] };

        Assert.Equal(4 * Second, one.OverlapNs(one with { Watched = [new CaptureGap(6 * Second, 20 * Second)] }));
        Assert.Equal(0, one.OverlapNs(one with { Watched = [new CaptureGap(11 * Second, 20 * Second)] }));
        Assert.Equal(long.MaxValue, (one with { Watched = [new CaptureGap(long.MinValue, long.MaxValue)] }).WatchedNs);
    }

    [Fact]
    public void What_is_accepted_twice_counts_once()
    {
        var none = LearningBench.Learn();
        var entry = LearningBench.Learn(Sip).Entries[0];
        var once = none.Accept([entry], "phones");

        Assert.Equal(("phones", 1L), (once.Entries[0].Accepted, once.Entries[0].Connections));
        Assert.Equal(Text(once), Text(once.Accept([entry], "again")));
    }

    private static LearningOptions Options { get; } = new();

    private static string Text(LearnedTraffic learned)
    {
        using var writer = new StringWriter();
        LearnedJson.Write(learned, "1.2.3", writer);
        return writer.ToString();
    }
}
