using System.Collections.Immutable;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Connections;

/// <summary>What several capture points, several VLANs and other answers of the responder say of a
/// connection.</summary>
public sealed class ConnectionTests
{
    private const string Attempt = "10.0.0.1:50000 tcp 10.1.0.1:9";

    [Fact]
    public void What_two_points_recorded_is_one_connection_in_every_count()
    {
        var flow = Of(Attempt).Proving("ssh");
        var report = AtTwoPoints().Run(flow.On("inside"), flow.On("dmz"));

        Assert.Equal(1, report.FlowsJudged);
        Assert.Equal((1L, 500L), (report.RolePairs[0].Flows, report.RolePairs[0].Bytes));
        Assert.Equal(new DispositionCounts(0, 1, 0, 0), report.RolePairs[0].Words);
        var finding = Assert.Single(report.Findings);
        Assert.Equal((1L, 500L), (finding.Flows, finding.Bytes));
        Assert.Equal(["dmz", "inside"], finding.CapturePoints.AsEnumerable());
        Assert.Equal([1L, 1L], report.Hosts.Where(host => host.Flows > 0).Select(host => host.Flows));
    }

    [Theory]
    [InlineData(Outcome.Unanswered, "udp")]
    [InlineData(Outcome.Unanswered, "tcp")]
    [InlineData(Outcome.Refused, "tcp")]
    public void What_came_to_a_point_behind_the_firewall_escaped(Outcome outcome, string transport)
    {
        var flow = Of($"10.0.0.1:50000 {transport} 10.1.0.1:9").Ending(outcome);
        var report = AtTwoPoints().Run(flow.On("inside"), flow.On("dmz"));

        Assert.Equal(new DispositionCounts(0, 1, 0, 0), report.RolePairs[0].Words);
        Assert.Equal(Severity.Medium, Assert.Single(report.Findings).Severity);
    }

    [Theory]
    [InlineData("tcp", true, 1)]
    [InlineData("udp", true, 1)]
    [InlineData("udp", false, 0)]
    public void What_a_point_on_the_way_watched_for_and_did_not_record_was_stopped(string transport, bool isOnTheWay,
        long blocked)
    {
        var report = AtTwoPoints(isOnTheWay ? ["internal", "perimeter"] : ["clients", "perimeter"])
            .Run(Of($"10.0.0.1:50000 {transport} 10.1.0.1:9").Ending(Outcome.Unanswered).On("inside"));

        Assert.Equal(new DispositionCounts(0, 0, blocked, 0, 1 - blocked), report.RolePairs[0].Words);
        Assert.Equal(blocked == 1 ? Severity.Info : Severity.Low, Assert.Single(report.Findings).Severity);
    }

    [Fact]
    public void A_device_that_names_itself_stands_behind_all_points_that_recorded_what_it_rejects()
    {
        var flow = Of(Attempt).Ending(Outcome.Rejected) with { StoppedBy = AddressOf("10.1.0.254") };

        Assert.Equal(new DispositionCounts(0, 0, 1, 0),
            AtTwoPoints().Run(flow.On("inside"), flow.On("dmz")).RolePairs[0].Words);
    }

    [Fact]
    public void Attempts_from_one_port_one_after_the_other_stay_as_many_as_they_were()
    {
        var flow = Of(Attempt).Ending(Outcome.Unanswered);
        FlowRecord[] flows = [flow.On("inside"), flow.At(60).On("inside"), flow.At(60).On("dmz"),
            flow.At(300).On("dmz")];

        foreach (var order in new[] { flows, [.. flows.Reverse()] })
        {
            var pair = AtTwoPoints().Run(order).RolePairs[0];
            Assert.Equal(3, pair.Flows);
            Assert.Equal(new DispositionCounts(0, 1, 1, 0, 0) with { Blocked = 2 }, pair.Words);
        }
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(3_600, 0)]
    public void Silence_is_a_block_where_the_host_answered_others_at_that_time(int second, long blocked)
    {
        var answered = Of("10.2.0.7:50000 tcp 10.1.0.1:443").Proving("tls").At(second);
        var words = new AuditBench(RuleSample.Of("r fe edge tcp 5061 - any"))
            .Run(Of(Attempt).Ending(Outcome.Unanswered), answered).RolePairs.Single(pair => pair.From == "fe").Words;

        Assert.Equal(new DispositionCounts(0, 0, blocked, 0, 1 - blocked), words);
    }

    [Fact]
    public void Datagrams_into_silence_prove_nothing_whomever_their_host_answers()
    {
        var answered = Of("10.2.0.7:50000 tcp 10.1.0.1:443").Proving("tls");
        var words = new AuditBench(RuleSample.Of("r fe edge tcp 5061 - any"))
            .Run(Of("10.0.0.1:50000 udp 10.1.0.1:9").Ending(Outcome.Unanswered), answered)
            .RolePairs.Single(pair => pair.From == "fe").Words;

        Assert.Equal(new DispositionCounts(0, 0, 0, 0, 1), words);
    }

    [Theory]
    [InlineData(60, 40, Severity.Medium, true)]
    [InlineData(60, 0, Severity.Low, false)] // a burst
    [InlineData(3, 40, Severity.Low, false)] // three attempts
    public void A_stream_into_silence_is_a_finding_with_its_volume(int datagrams, int seconds, Severity severity,
        bool isStream)
    {
        var flow = Of("10.0.0.1:50000 udp 203.0.113.9:40000").Proving("rtp").Ending(Outcome.Unanswered) with
        {
            Out = new DirectionCounters(datagrams, datagrams * 214, datagrams * 172),
            EndNs = Start + (seconds * Second),
        };
        var report = new AuditBench(RuleSample.Of("r fe edge tcp 5061 - any")).Run(flow);
        var finding = Assert.Single(report.Findings);

        Assert.Equal(severity, finding.Severity);
        Assert.Equal(isStream, finding.Explanation.Contains("12.8 kB of rtp (60 datagrams) went to internet, no answer "
            + "seen: nothing shows that a firewall stopped them.", StringComparison.Ordinal));
        Assert.Equal(new DispositionCounts(0, 0, 0, 0, 1), report.RolePairs[0].Words);
    }

    [Theory]
    [InlineData(ResetOrigin.Host, FindingKind.ServiceDown)]
    [InlineData(ResetOrigin.Unknown, FindingKind.RequiredFlowRefused)]
    public void What_the_host_itself_refused_under_a_rule_is_a_service_that_is_down(
        ResetOrigin origin, FindingKind kind)
    {
        var report = new AuditBench(RuleSample.Required("r fe edge tcp 9 - any")).Run(Of(Attempt)
            .Ending(Outcome.Refused) with
        { Reset = new FlowReset(origin, false, 63, 63) });

        Assert.Equal(kind, Assert.Single(report.Findings).Kind);
        Assert.Equal(origin == ResetOrigin.Host ? new DispositionCounts(1, 0, 0, 0) : new(0, 0, 0, 0, 1),
            report.RolePairs[0].Words);
    }

    [Theory]
    [InlineData(ResetOrigin.Host, Severity.Medium)]
    [InlineData(ResetOrigin.Unknown, Severity.Low)]
    public void A_closed_port_was_reached_where_the_reset_is_the_hosts(ResetOrigin origin, Severity severity)
    {
        var report = new AuditBench(RuleSample.Of("r fe edge tcp 5061 - any")).Run(Of(Attempt)
            .Ending(Outcome.Refused) with
        { Reset = new FlowReset(origin, false, 63, 63) });

        Assert.Equal(severity, Assert.Single(report.Findings).Severity);
        Assert.Equal(origin == ResetOrigin.Host ? new DispositionCounts(0, 1, 0, 0) : new(0, 0, 0, 0, 1),
            report.RolePairs[0].Words);
    }

    [Fact]
    public void Two_directions_under_two_VLANs_are_one_connection_and_the_option_is_named()
    {
        var whole = Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("sip");
        var report = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Run(
            Half(whole, 301, isOriginators: true), Half(whole, 17, isOriginators: false));

        Assert.Equal(1, report.FlowsJudged);
        Assert.Equal(new DispositionCounts(1, 0, 0, 0), report.RolePairs[0].Words);
        Assert.Equal([KeyValuePair.Create(Outcome.Established, 1L)], report.RolePairs[0].Outcomes.AsEnumerable());
        Assert.Equal(RuleStatus.Seen, report.Rules[0].Status);
        Assert.Contains(report.Coverage.CannotSay, sentence =>
            sentence.EndsWith("Run again with --equivalent-vlans 17=301.", StringComparison.Ordinal));
    }

    [Fact]
    public void Datagrams_under_two_VLANs_are_answered_and_silence_there_is_no_block()
    {
        var whole = Of("10.0.0.1:50000 udp 10.1.0.1:53");
        var silent = Of(Attempt).Ending(Outcome.Unanswered) with { Vlan = VlanTags.None.Push(301) };
        var report = new AuditBench(RuleSample.Of("r fe edge udp 53 - any")).Run(
            Half(whole, 301, isOriginators: true), Half(whole, 17, isOriginators: false),
            Of("10.0.0.1:50009 tcp 10.1.0.1:53"), silent);

        Assert.Equal(new DispositionCounts(1, 1, 0, 0, 1), report.RolePairs[0].Words);
    }

    [Fact]
    public void One_direction_of_two_conversations_is_no_pair_of_VLANs()
    {
        var whole = Of("10.0.0.1:50000 tcp 10.1.0.1:5061");
        var report = new AuditBench().Run(Half(whole, 301, isOriginators: true),
            Half(whole.At(900), 17, isOriginators: false));

        Assert.Equal(2, report.FlowsJudged);
        Assert.DoesNotContain(report.Coverage.CannotSay,
            sentence => sentence.Contains("VLAN", StringComparison.Ordinal));
    }

    [Fact]
    public void Auditors_of_one_point_each_say_together_what_one_says_of_both()
    {
        var bench = AtTwoPoints();
        var flows = Enumerable.Range(0, 60).Select(i => Of($"10.0.0.1:{50_000 + i} tcp 10.1.0.1:9")
            .Ending(i % 3 == 0 ? Outcome.Unanswered : Outcome.Established)).ToList();
        var (inside, dmz, all) = (bench.NewAuditor(), bench.NewAuditor(), bench.NewAuditor());
        foreach (var (flow, i) in flows.Select((flow, i) => (flow, i)))
        {
            inside.Add(flow.On("inside"));
            all.Add(flow.On("inside"));
            if (i % 2 != 0)
                continue;
            dmz.Add(flow.On("dmz"));
            all.Add(flow.On("dmz"));
        }

        dmz.UnionWith(inside);
        Assert.Equal(UnionTests.Text(bench, all), UnionTests.Text(bench, dmz));
        Assert.Equal(60, all.Complete(bench.Observation, []).WithEvidence(new Dictionary<ulong, PortAudit.Traffic
            .Observation.FlowFrames>()).FlowsJudged);
    }

    /// <summary>What a tap records of a direction under a VLAN of its own.</summary>
    private static FlowRecord Half(FlowRecord whole, ushort vlan, bool isOriginators) => whole with
    {
        Id = Mix(whole.Id, $"{vlan}"),
        Vlan = VlanTags.None.Push(vlan),
        DirectionBasis = isOriginators ? whole.DirectionBasis : DirectionBasis.SynAck,
        Outcome = whole.Transport == IpProtocol.Udp && isOriginators ? Outcome.Unanswered : Outcome.OneWay,
        History = isOriginators ? "SADF" : "hadf",
        SynCount = isOriginators ? whole.SynCount : 0,
        Out = isOriginators ? whole.Out : default,
        In = isOriginators ? default : whole.In,
    };

    private static AuditBench AtTwoPoints(params string[] seenBehind)
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 - any"));
        ImmutableArray<string> sees = seenBehind.Length == 0 ? ["internal", "perimeter"] : [.. seenBehind];
        bench.Site = bench.Site with
        {
            CapturePoints = [new CapturePoint("inside", null, [], ["internal", "perimeter"]),
                new CapturePoint("dmz", null, [], sees)],
        };
        bench.Observation = AuditBench.ObservationOf(TimeSpan.FromHours(2), "inside", "dmz");
        return bench;
    }
}
