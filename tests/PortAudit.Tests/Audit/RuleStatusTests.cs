using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class RuleStatusTests
{
    private const string FeToEdge = "10.0.0.1:50000 tcp 10.1.0.1:5061";
    private const string Sip = "r fe edge tcp 5061 sip any";

    /// <summary>Who watched, and what cannot be known from there, behind each reason of what was not tried.</summary>
    private const string Watched =
        " The capture, without a declared view in the site, watched for 2 hours. Attempts that a host firewall "
            + "or a device in front of it stopped would not be seen there.";

    private static readonly Rule Directory = RuleSample.Required("ad fe edge tcp 1024-65535 dcerpc any")
        with
    { AnnouncedBy = ["dcerpc"], Services = ["drsuapi", "samr"] };

    /// <summary>Makes both roles active without touching a rule.</summary>
    private static readonly FlowRecord Elsewhere = Of("10.0.0.1:50001 tcp 10.1.0.1:9");

    [Theory]
    [InlineData(Outcome.Established, RuleStatus.SeenByPort)]
    [InlineData(Outcome.Midstream, RuleStatus.SeenByPort)]
    [InlineData(Outcome.OneWay, RuleStatus.OneWay)]
    [InlineData(Outcome.Refused, RuleStatus.Refused)]
    [InlineData(Outcome.Rejected, RuleStatus.Blocked)]
    [InlineData(Outcome.Unanswered, RuleStatus.Blocked)]
    [InlineData(Outcome.Undecided, RuleStatus.NotObservable)]
    public void An_outcome_gives_a_rule_its_status(Outcome outcome, RuleStatus expected)
    {
        var row = Assert.Single(new AuditBench(RuleSample.Of(Sip)).Run(Of(FeToEdge).Ending(outcome)).Rules);

        Assert.Equal(expected, row.Status);
        Assert.Equal(outcome == Outcome.Undecided ? 0 : 1, row.Flows);
    }

    [Theory]
    [InlineData("sip", RuleStatus.Seen)]
    [InlineData("ssh", RuleStatus.NotTried)] // a wrong protocol exercises nothing
    public void A_proved_protocol_shows_in_the_status(string protocol, RuleStatus expected) =>
        Assert.Equal(expected, Assert.Single(new AuditBench(RuleSample.Of(Sip)).Run(Of(FeToEdge)
            .Proving(protocol)).Rules).Status);

    [Fact]
    public void Cleartext_exercises_nothing_and_the_reason_says_what_was_there()
    {
        var row = Assert.Single(new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip mtls")).Run(Of(FeToEdge)
            .Proving("sip")).Rules);

        Assert.Equal(RuleStatus.NotTried, row.Status);
        Assert.Equal("fe opened 1 flow to edge on its port, but none used the protocol and security that it requires."
            + Watched, row.Reason);
    }

    [Fact]
    public void The_best_pair_of_hosts_gives_the_status_and_each_keeps_its_own()
    {
        var row = Assert.Single(new AuditBench(RuleSample.Of(Sip)).Run(
            Of(FeToEdge).Ending(Outcome.Unanswered),
            Of("10.0.0.2:50000 tcp 10.1.0.1:5061").At(5).Proving("sip"),
            Of("10.0.0.2:50001 tcp 10.1.0.1:5061").Ending(Outcome.Refused)).Rules);

        Assert.Equal((RuleStatus.Seen, 3L), (row.Status, row.Flows));
        Assert.Equal((Start, Start + (6 * Second)), (row.FirstSeenNs, row.LastSeenNs));
        Assert.Equal([new RuleHosts("cms", "edge1", RuleStatus.Seen, 2),
            new RuleHosts("fe01", "edge1", RuleStatus.Blocked, 1)], row.Hosts.AsEnumerable());
        Assert.Contains("1 pair of hosts never got through, fe01 to edge1 among them", row.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_reason_of_a_blocked_row_names_hosts_attempts_and_time()
    {
        var retried = Of(FeToEdge).Ending(Outcome.Unanswered) with { SynCount = 3 };

        Assert.Equal(
            "3 SYNs from fe01 to edge1 stayed unanswered, first at 2024-05-01 10:12:03 UTC.",
            Assert.Single(new AuditBench(RuleSample.Of(Sip)).Run(retried).Rules).Reason);
    }

    [Theory]
    [InlineData(Outcome.Unanswered)]
    [InlineData(Outcome.Rejected)]
    [InlineData(Outcome.Refused)]
    public void A_check_of_ICE_that_fails_is_a_probe_and_blocks_no_rule(Outcome outcome)
    {
        var report = new AuditBench(RuleSample.Required("r fe edge udp 50000 - any")).Run(Probe(1).Ending(outcome),
            Probe(2).Ending(outcome), Elsewhere);
        var row = Assert.Single(report.Rules);

        Assert.Equal((RuleStatus.NotTried, 0L), (row.Status, row.Flows));
        Assert.EndsWith(" 2 ICE probes unanswered: peers try all paths and use one that works, so these do not count "
            + "against the rule.", row.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(report.Findings,
            finding => finding.Kind is FindingKind.RequiredFlowBlocked or FindingKind.ServiceDown);
    }

    [Fact]
    public void A_probe_that_fails_does_not_darken_what_others_reached()
    {
        var row = Assert.Single(new AuditBench(RuleSample.Required("r fe edge udp 50000 - any")).Run(Probe(1)
            .Ending(Outcome.Unanswered), Of("10.0.0.2:40000 udp 10.1.0.1:50000")).Rules);

        Assert.Equal((RuleStatus.SeenByPort, 1L), (row.Status, row.Flows));
        Assert.Equal(RuleStatus.SeenByPort, Assert.Single(row.Hosts).Status);
        Assert.EndsWith(" 1 ICE probe unanswered: peers try all paths and use one that works, so these do not count "
            + "against the rule.", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_of_ICE_that_is_answered_exercises_the_rule()
    {
        var row = Assert.Single(new AuditBench(RuleSample.Of("r fe edge udp 50000 - any")).Run(Probe(1)).Rules);

        Assert.Equal(RuleStatus.Seen, row.Status);
    }

    [Fact]
    public void A_flow_exercises_every_rule_it_fits_and_no_other()
    {
        var rows = new AuditBench(RuleSample.Of("a fe edge tcp 5061 sip any"),
            RuleSample.Of("b fe edge tcp 5000-5100 - any"), RuleSample.Of("c fe edge tcp 5061 psom any"))
            .Run(Of(FeToEdge).Proving("sip")).Rules;

        Assert.Equal([RuleStatus.Seen, RuleStatus.Seen, RuleStatus.NotTried], rows.Select(row => row.Status));
    }

    [Fact]
    public void There_is_a_row_for_each_pair_of_roles_as_the_rule_names_them()
    {
        var rows = new AuditBench(RuleSample.Of("r fe,absent,db edge,dc tcp 389 - any")).Run(
            Of("10.0.0.2:50000 tcp 10.0.0.3:389"), Elsewhere).Rules;

        Assert.Equal(["fe>edge", "fe>dc", "absent>edge", "absent>dc", "db>edge", "db>dc"],
            rows.Select(row => $"{row.From}>{row.To}"));
        Assert.Equal(
            [RuleStatus.NotTried, RuleStatus.SeenByPort, RuleStatus.NotApplicable, RuleStatus.NotApplicable,
                RuleStatus.NotTried, RuleStatus.NotObservable],
            rows.Select(row => row.Status));
        Assert.Equal("The site has no host or network in the role absent.", rows[2].Reason);
        Assert.Contains("what a host sends to itself", rows[5].Reason, StringComparison.Ordinal);
    }

    [Theory]
    // RTP asks for no answer (RFC 3550): silence blocks nothing, and proves no arrival
    [InlineData(Outcome.Unanswered, RuleStatus.OneWay)]
    [InlineData(Outcome.Undecided, RuleStatus.NotObservable)]
    [InlineData(Outcome.Rejected, RuleStatus.Blocked)]
    public void Media_that_nobody_answers_are_one_way(Outcome outcome, RuleStatus expected)
    {
        var row = Assert.Single(new AuditBench(RuleSample.Required("media fe edge udp 5004 rtp any")).Run(
            Of("10.0.0.1:50000 udp 10.1.0.1:5004").Proving("rtp").Ending(outcome)).Rules);

        Assert.Equal(expected, row.Status);
    }

    [Theory]
    [InlineData(Replies.None, "udp", Outcome.Unanswered, RuleStatus.SeenByPort)]
    [InlineData(Replies.OtherPort, "udp", Outcome.Unanswered, RuleStatus.SeenByPort)]
    [InlineData(Replies.None, "udp", Outcome.OneWay, RuleStatus.SeenByPort)]
    [InlineData(Replies.None, "udp", Outcome.Undecided, RuleStatus.SeenByPort)]
    [InlineData(Replies.None, "udp", Outcome.Refused, RuleStatus.Refused)]
    [InlineData(Replies.None, "udp", Outcome.Rejected, RuleStatus.Blocked)]
    [InlineData(Replies.None, "tcp", Outcome.Unanswered, RuleStatus.Blocked)]
    [InlineData(Replies.Expected, "udp", Outcome.Unanswered, RuleStatus.Blocked)]
    public void A_datagram_service_that_does_not_answer_is_exercised_by_the_datagram(Replies replies, string transport,
        Outcome outcome, RuleStatus expected)
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge udp,tcp 514 syslog any") with { Replies = replies });

        Assert.Equal(expected, Assert.Single(bench.Run(Of($"10.0.0.1:50000 {transport} 10.1.0.1:514")
            .Ending(outcome)).Rules).Status);
    }

    [Theory]
    [InlineData(Period.Continuous, 0.002, RuleStatus.WindowTooShort)]
    [InlineData(Period.Continuous, 0.01, RuleStatus.NotTried)]
    [InlineData(Period.Hourly, 1, RuleStatus.NotTried)]
    [InlineData(Period.Hourly, 0.99, RuleStatus.WindowTooShort)]
    [InlineData(Period.Daily, 23, RuleStatus.WindowTooShort)]
    [InlineData(Period.Daily, 24, RuleStatus.NotTried)]
    [InlineData(Period.Weekly, 167, RuleStatus.WindowTooShort)]
    [InlineData(Period.Weekly, 168, RuleStatus.NotTried)]
    [InlineData(Period.OnEvent, 10_000, RuleStatus.WindowTooShort)]
    public void An_absence_counts_only_when_the_window_is_as_long_as_the_period(Period period, double hours,
        RuleStatus expected)
    {
        var bench = new AuditBench(RuleSample.Of(Sip)
            with
        { Period = period })
        { Observation = AuditBench.ObservationOf(TimeSpan.FromHours(hours), "") };

        Assert.Equal(expected, Assert.Single(bench.Run(Elsewhere).Rules).Status);
    }

    [Theory]
    [InlineData(Period.Hourly, 0.5, "The capture watched for 30 minutes, and the flow is due once an hour.")]
    [InlineData(Period.Daily, 23, "The capture watched for 23 hours, and the flow is due once a day.")]
    [InlineData(Period.Weekly, 100, "The capture watched for 4 days, and the flow is due once a week.")]
    [InlineData(Period.OnEvent, 100,
        "The flow occurs only on certain events, so no capture is long enough to prove its absence.")]
    public void The_reason_holds_the_window_against_the_period(Period period, double hours, string expected)
    {
        var bench = new AuditBench(RuleSample.Of(Sip)
            with
        { Period = period })
        { Observation = AuditBench.ObservationOf(TimeSpan.FromHours(hours), "") };

        Assert.Equal(expected, Assert.Single(bench.Run(Elsewhere).Rules).Reason);
    }

    [Fact]
    public void A_rule_whose_condition_is_off_or_whose_ports_have_no_value_does_not_apply()
    {
        var rows = new AuditBench(
            RuleSample.Of("off fe edge tcp 1 - any") with { When = new Applicability(["off-by-default"], false) },
            RuleSample.Of("unset fe edge tcp - - any") with { PortParameter = "static-port" }).Run(Elsewhere).Rules;

        Assert.All(rows, row => Assert.Equal(RuleStatus.NotApplicable, row.Status));
        Assert.Equal("The condition off-by-default is off in this site.", rows[0].Reason);
        Assert.Contains("static-port", rows[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unannounced_flow_leaves_open_whether_the_rule_was_exercised()
    {
        var bench = new AuditBench(RuleSample.Required("dyn fe edge tcp 1024-65535 dcerpc any")
            with
        { AnnouncedBy = ["dcerpc"] });
        var report = bench.Run(Of(FeToEdge));

        Assert.Equal(RuleStatus.NotObservable, Assert.Single(report.Rules).Status);
        Assert.Contains("no announcement by dcerpc", report.Rules[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AnnouncementGrade.ToThisClient)]
    [InlineData(AnnouncementGrade.ToAnotherClient)]
    [InlineData(AnnouncementGrade.OnPortItself)]
    public void An_announced_flow_exercises_its_rule_by_every_grade(AnnouncementGrade grade)
    {
        Assert.Equal(RuleStatus.SeenByPort, Announced(Of(FeToEdge).Announced("drsuapi", grade)).Status);
        Assert.Equal(RuleStatus.Seen, Announced(Of(FeToEdge).Proving("dcerpc").Announced("drsuapi", grade)).Status);
        Assert.Equal(RuleStatus.Seen, Announced(Of(FeToEdge).Proving("dcerpc", "samr").Announced(null, grade)).Status);
    }

    [Theory]
    [InlineData(Outcome.Unanswered, RuleStatus.Blocked)]
    [InlineData(Outcome.Rejected, RuleStatus.Blocked)]
    [InlineData(Outcome.Refused, RuleStatus.Refused)]
    [InlineData(Outcome.OneWay, RuleStatus.OneWay)]
    public void An_announced_port_that_nobody_could_reach_shows_in_its_rule(Outcome outcome, RuleStatus expected) =>
        Assert.Equal(expected, Announced(Of(FeToEdge).Announced("drsuapi").Ending(outcome)).Status);

    [Fact]
    public void A_service_that_the_rule_is_not_about_does_not_exercise_it_and_the_reason_says_so()
    {
        var row = Announced(Of(FeToEdge).Announced("netlogon"));

        Assert.Equal((RuleStatus.NotTried, 0L), (row.Status, row.Flows));
        Assert.Equal(
            "1 flow in its range was announced, but as netlogon, which the rule does not cover. No other one was "
                + "opened, although it would have been captured." + Watched,
            row.Reason);
    }

    [Fact]
    public void A_flow_of_another_service_is_no_try_of_the_rule_when_it_is_blocked() =>
        Assert.Equal(RuleStatus.NotTried,
            Announced(Of(FeToEdge).Announced("netlogon").Ending(Outcome.Unanswered), Elsewhere).Status);

    [Fact]
    public void Other_services_are_counted_apart_from_wrong_protocols_and_named_up_to_a_limit()
    {
        var others = Enumerable.Range(1, 6)
            .Select(i => Of($"10.0.0.1:{50000 + i} tcp 10.1.0.1:5061").Announced($"service{i}"));
        var wrong = Of("10.0.0.1:50009 tcp 10.1.0.1:5061").Proving("ssh").Announced("drsuapi");

        Assert.Equal(
            "6 flows in its range were announced, but as service1, service2, service3, service4, service5 and others, "
                + "which the rule does not cover. fe opened 1 flow to edge on its port, but none used the protocol and "
                + "security that it requires."
            + Watched,
            Announced([wrong, .. others.Reverse()]).Reason);
    }

    [Fact]
    public void Where_an_absence_proves_nothing_the_reason_names_the_other_services_too()
    {
        var row = Assert.Single(new AuditBench(Directory with { Period = Period.OnEvent }).Run(Of(FeToEdge)
            .Announced("netlogon")).Rules);

        Assert.Equal(RuleStatus.WindowTooShort, row.Status);
        Assert.StartsWith("1 flow in its range was announced, but as netlogon, which the rule does not cover. The flow "
            + "occurs only on", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flow_of_the_rule_outweighs_those_of_other_services()
    {
        var row = Announced(Of(FeToEdge).Announced("netlogon"),
            Of("10.0.0.1:50001 tcp 10.1.0.1:5061").Announced("samr"));

        Assert.Equal((RuleStatus.SeenByPort, 1L), (row.Status, row.Flows));
    }

    [Fact]
    public void A_rule_that_forbids_has_no_status()
    {
        var bench = new AuditBench(RuleSample.Of(Sip));
        bench.Site = bench.Site
            with
        { Rules = [RuleSample.Of("no fe edge tcp 5061 - any") with { Verdict = RuleVerdict.Forbidden }] };

        Assert.Equal("r", Assert.Single(bench.Run(Of(FeToEdge)).Rules).Rule.Id);
    }

    [Fact]
    public void Pairs_of_hosts_beyond_the_limit_are_counted_whatever_their_order()
    {
        var bench = new AuditBench(RuleSample.Of("r client edge tcp 443 - any"));
        var flows = Enumerable.Range(0, RuleTally.MaximumHostPairs + 50)
            .Select(i => Of($"10.2.{i / 200}.{(i % 200) + 1}:50000 tcp 10.1.0.1:443")).ToList();

        var row = Assert.Single(bench.Run(flows).Rules);
        var reversed = Assert.Single(bench.Run(flows.AsEnumerable().Reverse()).Rules);
        Assert.Equal(RuleTally.MaximumHostPairs + 50, row.Flows);
        Assert.Equal(RuleTally.MaximumHostPairs, row.Hosts.Length);
        Assert.Contains("1,000 flows of 1,050", row.Reason, StringComparison.Ordinal);
        Assert.Equal(
            flows.Select(flow => flow.Originator.Address.ToString()).Order(StringComparer.Ordinal)
                .Take(RuleTally.MaximumHostPairs),
            row.Hosts.Select(pair => pair.Originator));
        Assert.Equal(row.Hosts.AsEnumerable(), reversed.Hosts.AsEnumerable());
    }

    private static RuleRow Announced(params IEnumerable<FlowRecord> flows) =>
        Assert.Single(new AuditBench(Directory).Run(flows).Rules);

    private static FlowRecord Probe(int number) =>
        Of($"10.0.0.1:{40_000 + number} udp 10.1.0.1:50000").Proving("stun", "ice")
            with
        { ServiceBasis = IdentificationBasis.Payload };
}
