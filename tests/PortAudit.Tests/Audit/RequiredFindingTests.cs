using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class RequiredFindingTests
{
    private const string FeToEdge = "10.0.0.1:50000 tcp 10.1.0.1:5061";
    private const string Sip = "r fe edge tcp 5061 sip any";

    [Theory]
    [InlineData(Outcome.Unanswered, FindingKind.RequiredFlowBlocked, Severity.High)]
    [InlineData(Outcome.Rejected, FindingKind.RequiredFlowBlocked, Severity.High)]
    [InlineData(Outcome.Refused, FindingKind.ServiceDown, Severity.High)]
    [InlineData(Outcome.OneWay, FindingKind.RequiredFlowOneWay, Severity.Medium)]
    public void A_required_flow_that_did_not_come_about_is_one_finding(Outcome outcome, FindingKind kind,
        Severity severity)
    {
        var finding = Assert.Single(new AuditBench(RuleSample.Required(Sip)).Run(Of(FeToEdge)
            .Ending(outcome)).Findings);

        Assert.Equal((kind, severity, "r", 1L), (finding.Kind, finding.Severity, finding.Rule?.Id, finding.Flows));
        Assert.Equal(("fe", "edge", "tcp", "5061", "sip"),
            (finding.FromRole, finding.ToRole, finding.Transport, finding.Ports, finding.Protocol));
        Assert.NotEmpty(finding.Evidence.Filter);
    }

    [Fact]
    public void What_came_to_both_capture_points_was_stopped_by_nothing_between_them()
    {
        FlowRecord[] attempt = [Of(FeToEdge).Ending(Outcome.Unanswered).On("inside"),
            Of(FeToEdge).Ending(Outcome.Unanswered).On("outside")];
        var finding = Assert.Single(new AuditBench(RuleSample.Required(Sip)).Run(attempt).Findings);

        Assert.EndsWith(
            "The devices between the capture points inside and outside let all attempts through. Seen at the capture "
                + "points inside and outside; what several of them recorded counts once.", finding.Explanation,
                    StringComparison.Ordinal);
        Assert.StartsWith("Look behind the capture point that is nearer to edge1, or on edge1 itself, for what drops "
            + "or rejects tcp 5061", finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Outcome.Rejected, "Look behind the capture point that is nearer to edge1")]
    [InlineData(Outcome.Refused,
        "The packets pass the devices between the capture points: start the service on edge1")]
    public void What_was_answered_with_a_reset_at_both_capture_points_was_stopped_by_nothing_between_them(
        Outcome outcome, string remedy)
    {
        var reset = Of(FeToEdge).Ending(outcome) with
        {
            Reset = new FlowReset(outcome == Outcome.Refused
            ? ResetOrigin.Unknown
            : ResetOrigin.AnotherDevice, false, 64, 61)
        };
        var finding = Assert.Single(new AuditBench(RuleSample.Required(Sip)).Run(reset.On("inside"),
            reset.On("outside")).Findings);

        Assert.Contains("The devices between the capture points inside and outside let all attempts through.",
            finding.Explanation, StringComparison.Ordinal);
        Assert.StartsWith(remedy, finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void What_came_to_one_capture_point_alone_may_have_been_stopped_on_the_way_to_the_other()
    {
        FlowRecord[] attempts = [Of(FeToEdge).Ending(Outcome.Unanswered).On("inside"),
            Of("10.0.0.1:50001 tcp 10.1.0.1:5061").Ending(Outcome.Unanswered).On("outside")];
        var finding = Assert.Single(new AuditBench(RuleSample.Required(Sip)).Run(attempts).Findings);

        Assert.DoesNotContain("let all attempts through", finding.Explanation, StringComparison.Ordinal);
        Assert.StartsWith("Open tcp 5061 from fe01 to edge1 in the firewalls between them", finding.Remedy,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_capture_point_on_the_way_did_not_record_was_stopped_before_it()
    {
        var finding = Assert.Single(AtTwoPoints(["internal", "perimeter"], "dmz")
            .Run(Of(FeToEdge).Ending(Outcome.Unanswered).On("inside")).Findings);

        Assert.Contains(
            " dmz, on the path according to the site, watched all the time and recorded none of them: they were "
                + "stopped between there and inside, or NAT changed their addresses.", finding.Explanation,
                    StringComparison.Ordinal);
        Assert.Equal(
            "Open tcp 5061 from fe01 to edge1 on the devices between the capture points inside and dmz, and check that "
                + "answers can get back.", finding.Remedy);
    }

    [Fact]
    public void A_reset_of_unknown_origin_to_what_did_not_pass_the_next_capture_point_came_from_what_stands_between()
    {
        var reset = Of(FeToEdge).Ending(Outcome.Refused).On("inside")
            with
        { Reset = new FlowReset(ResetOrigin.Unknown, false, 64, 0) };
        var finding = Assert.Single(AtTwoPoints(["internal", "perimeter"], "dmz").Run(reset).Findings);

        Assert.Equal(FindingKind.RequiredFlowRefused, finding.Kind);
        Assert.Contains("dmz, on the path according to the site", finding.Explanation, StringComparison.Ordinal);
        Assert.StartsWith("Open tcp 5061 from fe01 to edge1 on the devices between the capture points inside and dmz",
            finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clients,perimeter", "", 2.0, Outcome.Unanswered)] // elsewhere
    [InlineData("", "", 2.0, Outcome.Unanswered)] // nobody said where it stands
    [InlineData("internal,perimeter", "port 5060", 2.0, Outcome.Unanswered)] // hidden by its filter, perhaps
    [InlineData("internal,perimeter", "", 0.0, Outcome.Unanswered)] // over before the attempt
    // the responder answered, so the attempt went another way
    [InlineData("internal,perimeter", "", 2.0, Outcome.Refused)]
    public void A_capture_point_that_need_not_have_recorded_an_attempt_says_nothing_of_it(string sees, string filter,
        double hours, Outcome outcome)
    {
        var bench = AtTwoPoints(sees.Split(',', StringSplitOptions.RemoveEmptyEntries), "dmz");
        var dmz = bench.Observation.Points[1]
            with
        { LastNs = Start + (long)(hours * 3600e9), Filters = filter.Length == 0 ? [] : [filter] };
        bench.Observation = bench.Observation with { Points = [bench.Observation.Points[0], dmz] };

        var finding = Assert.Single(bench.Run(Of(FeToEdge).Ending(outcome).On("inside")).Findings);

        Assert.DoesNotContain("dmz", finding.Explanation + finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_required_flow_that_nobody_tried_is_a_finding_with_its_reason()
    {
        var finding = Assert.Single(new AuditBench(RuleSample.Required(Sip),
            RuleSample.Of("x fe edge tcp 9 - any")).Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9")).Findings);

        Assert.Equal((FindingKind.RequiredFlowNeverSeen, Severity.Medium, 0L),
            (finding.Kind, finding.Severity, finding.Flows));
        Assert.Contains("none was opened", finding.Explanation, StringComparison.Ordinal);
        Assert.Equal(Evidence(), (finding.Evidence.Filter, finding.Evidence.Frames.Length));
        Assert.Null(finding.Verdict);
    }

    [Theory]
    [InlineData(Need.Optional, "on-by-default", false)]
    [InlineData(Need.Informational, "on-by-default", false)]
    [InlineData(Need.Conditional, "on-by-default", true)]
    [InlineData(Need.Conditional, "off-by-default", false)]
    [InlineData(Need.Conditional, null, false)] // on what it depends nobody said
    [InlineData(Need.Required, null, true)]
    public void Only_what_the_site_needs_is_missed(Need need, string? condition, bool isMissed)
    {
        var when = condition is null ? Applicability.Always : new Applicability([condition], false);
        var report = new AuditBench(RuleSample.Of(Sip) with { Need = need, When = when },
            RuleSample.Of("x fe edge tcp 9 - any")).Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9"));

        Assert.Equal(isMissed ? 1 : 0, report.Findings.Length);
    }

    [Fact]
    public void Absences_that_prove_nothing_are_no_findings()
    {
        var bench = new AuditBench(RuleSample.Required(Sip),
            RuleSample.Required("daily db edge tcp 1 - any") with { Period = Period.Daily },
            RuleSample.Of("x db edge tcp 9 - any"));

        Assert.Empty(bench.Run(Of("10.0.0.3:50000 tcp 10.1.0.1:9")).Findings);
    }

    [Fact]
    public void A_pair_of_hosts_that_never_got_through_is_a_finding_though_others_did()
    {
        var finding = Assert.Single(new AuditBench(RuleSample.Required(Sip)).Run(
            Of(FeToEdge).Proving("sip"),
            Of("10.0.0.2:50000 tcp 10.1.0.1:5061").Ending(Outcome.Unanswered) with { SynCount = 4 }).Findings);

        Assert.Equal((FindingKind.RequiredFlowBlocked, "fe-cms", "edge"),
            (finding.Kind, finding.FromRole, finding.ToRole));
        Assert.Equal("cms", Assert.Single(finding.Originators).Name);
        Assert.Contains("4 SYNs from cms to edge1 stayed unanswered", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pair_of_hosts_that_got_through_once_is_no_finding()
    {
        Assert.Empty(new AuditBench(RuleSample.Required(Sip)).Run(Of(FeToEdge).Ending(Outcome.Unanswered),
            Of("10.0.0.1:50001 tcp 10.1.0.1:5061")).Findings);
        Assert.Empty(new AuditBench(RuleSample.Required(Sip)).Run(Of("10.0.0.1:50001 tcp 10.1.0.1:5061"),
            Of(FeToEdge).Ending(Outcome.Unanswered)).Findings);
    }

    [Fact]
    public void A_host_of_two_roles_that_a_rule_names_is_blocked_once()
    {
        var finding = Assert.Single(new AuditBench(RuleSample.Required("r fe,client db,dc tcp 5061 sip any"),
            RuleSample.Of("x client db tcp 5061 - any"))
            .Run(Of("10.0.0.1:50000 tcp 10.0.0.3:5061").Ending(Outcome.Unanswered)).Findings);

        Assert.Equal(("fe", "db"), (finding.FromRole, finding.ToRole));
    }

    [Fact]
    public void A_wrong_protocol_leaves_the_required_flow_unseen_and_one_finding_says_both()
    {
        var report = new AuditBench(RuleSample.Required(Sip)).Run(Of(FeToEdge).Proving("ssh"));

        var finding = Assert.Single(report.Findings);
        Assert.Equal((FindingKind.WrongProtocol, RuleStatus.NotTried), (finding.Kind, report.Rules[0].Status));
        Assert.EndsWith("The rule needs such a flow, and none exercised it.", finding.Explanation,
            StringComparison.Ordinal);
    }

    private static AuditBench AtTwoPoints(string[] sees, string second)
    {
        var bench = new AuditBench(RuleSample.Required(Sip))
        {
            Observation =
            AuditBench.ObservationOf(TimeSpan.FromHours(2), "inside", second)
        };
        bench.Site = bench.Site with
        {
            CapturePoints = [new CapturePoint("inside", null, ["inside.pcap"],
            ["internal", "perimeter"]), new CapturePoint(second, null, ["dmz.pcap"], [.. sees])]
        };
        return bench;
    }

    private static (string Filter, int Frames) Evidence() => ("", 0);
}
