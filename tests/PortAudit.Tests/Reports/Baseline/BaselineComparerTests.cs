using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Baseline;
using PortAudit.Tests.Audit;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Reports.Baseline;

/// <summary>Each comparison goes the whole way: a report is made, written as JSON, read, and compared with another that
/// is made.</summary>
public sealed class BaselineComparerTests : IDisposable
{
    private const string FeToEdge = "10.0.0.1:50000 tcp 10.1.0.1:5061";
    private const string Unexpected = "10.0.0.1:50001 tcp 10.1.0.1:8443";
    private const string Activity = "10.0.0.1:50002 tcp 10.1.0.1:9";
    private const string OtherActivity = "10.0.0.3:50002 tcp 10.2.0.9:9";

    private static readonly Rule Sip = RuleSample.Required("sip fe edge tcp 5061 sip any");
    private static readonly Rule Nine = RuleSample.Of("nine fe,db edge,client tcp 9 - any");

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_same_finding_twice_is_unchanged()
    {
        var change = Assert.Single(Compare(Report([Of(Unexpected)]), Report([Of(Unexpected).At(5000)])).Findings);

        Assert.Equal((FindingChange.Unchanged, (ChangeBasis?)null), (change.Change, change.Basis));
    }

    [Fact]
    public void Another_severity_is_a_change_of_behaviour()
    {
        var change = Assert.Single(Compare(Report([Of(Unexpected)]),
            Report([Of(Unexpected).Ending(Outcome.Rejected), Of(Activity)])).Findings);

        Assert.Equal((FindingChange.Changed, (ChangeBasis?)ChangeBasis.Behaviour, (Severity?)Severity.Medium,
            (Severity?)Severity.Info), (change.Change, change.Basis, change.SeverityBefore, change.Severity));
    }

    [Fact]
    public void Traffic_between_roles_that_both_reports_see_came_or_went_by_behaviour()
    {
        var (with, without) = (Report([Of(Unexpected), Of(Activity)]), Report([Of(Activity)]));

        Assert.Equal((FindingChange.Gone, ChangeBasis.Behaviour), Only(Compare(with, without)));
        Assert.Equal((FindingChange.New, ChangeBasis.Behaviour), Only(Compare(without, with)));
    }

    [Fact]
    public void Traffic_of_a_role_that_was_silent_in_the_other_report_came_or_went_from_sight()
    {
        var (with, without) = (Report([Of(Unexpected)]), Report([Of(OtherActivity)]));
        var gone = Assert.Single(Compare(with, without).Findings);

        Assert.Equal((FindingChange.Gone, (ChangeBasis?)ChangeBasis.Visibility), (gone.Change, gone.Basis));
        Assert.Contains("No longer visible, which does not mean mended. No host in the role fe sent a packet in these "
            + "captures.", gone.Sentence, StringComparison.Ordinal);
        Assert.Equal((FindingChange.New, ChangeBasis.Visibility), Only(Compare(without, with)));
    }

    [Fact]
    public void Traffic_seen_at_a_point_that_the_other_report_lacks_came_or_went_from_sight()
    {
        var with = Report([Of(Unexpected) with { CapturePoint = "outside" }, Of(Activity)],
            points: ["inside", "outside"]);
        var without = Report([Of(Activity) with { CapturePoint = "inside" }], points: ["inside"]);
        var gone = Assert.Single(Compare(with, without).Findings);

        Assert.Equal(ChangeBasis.Visibility, gone.Basis);
        Assert.Contains("(outside)", gone.Sentence, StringComparison.Ordinal);
        Assert.Equal((FindingChange.New, ChangeBasis.Visibility), Only(Compare(without, with)));
    }

    [Fact]
    public void A_much_shorter_window_does_not_say_that_traffic_ended()
    {
        var gone = Assert.Single(Compare(Report([Of(Unexpected), Of(Activity)], hours: 10),
            Report([Of(Activity)], hours: 2)).Findings);

        Assert.Equal(ChangeBasis.Visibility, gone.Basis);
        Assert.Contains("These captures cover 2 h 0 min, those in which it was seen 10 h 0 min.", gone.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Hosts_that_fell_silent_did_not_mend_what_they_did()
    {
        var before = Report([Of("10.2.0.1:50001 tcp 10.1.0.1:8443")]);
        var now = Report([Of(OtherActivity), Of(Activity), Of("10.0.0.3:50003 tcp 10.2.0.7:9")]);
        var gone = Assert.Single(Compare(before, now).Findings);

        Assert.Equal(ChangeBasis.Visibility, gone.Basis);
        Assert.Contains("None of the hosts that opened it (10.2.0.1) sent a packet in these captures.", gone.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_read_does_not_speak_for_what_is_gone()
    {
        var without = Report([Of(Activity)]);

        Assert.Equal((FindingChange.Gone, ChangeBasis.Visibility),
            Only(Compare(Report([Of(Unexpected), Of(Activity)]), without with { Interrupted = true })));
    }

    [Fact]
    public void A_rule_that_now_covers_the_traffic_changed_the_configuration()
    {
        var allowing = Report([Of(Unexpected), Of(Activity)], rules: RuleSample.Of("web fe edge tcp 8443 - any"));
        var gone = Assert.Single(Compare(Report([Of(Unexpected), Of(Activity)]), allowing).Findings);

        Assert.Equal((FindingChange.Gone, (ChangeBasis?)ChangeBasis.Configuration), (gone.Change, gone.Basis));
        Assert.Contains("The rule web lets flows from fe to edge pass in this report alone", gone.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_that_now_excuses_the_traffic_changed_the_configuration()
    {
        var excusing = Report([Of(Unexpected), Of(Activity)],
            exception: AuditBench.ExceptionOf("EX-1", "fe", "edge", "8443-8443", new DateOnly(2030, 1, 1)));

        Assert.Equal((FindingChange.Gone, ChangeBasis.Configuration),
            Only(Compare(Report([Of(Unexpected), Of(Activity)]), excusing)));
    }

    [Fact]
    public void A_required_flow_that_is_exercised_now_is_mended()
    {
        var blocked = Report([Of(FeToEdge).Ending(Outcome.Unanswered), Of(Activity)], rules: Sip);
        var passing = Report([Of(FeToEdge).Proving("sip"), Of(Activity)], rules: Sip);
        var (mended, broken) = (Compare(blocked, passing), Compare(passing, blocked));

        Assert.Equal((FindingChange.Gone, ChangeBasis.Behaviour), Only(mended));
        Assert.StartsWith("Mended: the status of the rule is seen.", mended.Findings[0].Sentence,
            StringComparison.Ordinal);
        Assert.Equal((FindingChange.New, ChangeBasis.Behaviour), Only(broken));
        Assert.Equal(("sip", (RuleStatus?)RuleStatus.Seen, (RuleStatus?)RuleStatus.Blocked, ChangeBasis.Behaviour),
            broken.Rules.Select(rule => (rule.Id, rule.Before, rule.Now, rule.Basis))
                .Single(rule => rule.Id == "sip"));
    }

    [Fact]
    public void That_another_host_gets_through_does_not_mend_it_for_the_one_that_did_not()
    {
        var blocked = Report([Of(FeToEdge).Ending(Outcome.Unanswered), Of(Activity)], rules: Sip);
        var other = Report([Of("10.0.0.2:50000 tcp 10.1.0.1:5061").Proving("sip"), Of(Activity)], rules: Sip);
        var gone = Assert.Single(Compare(blocked, other).Findings);

        Assert.Equal((FindingChange.Gone, (ChangeBasis?)ChangeBasis.Behaviour), (gone.Change, gone.Basis));
        Assert.Equal("Not tried again by all, which does not mean mended: others exercised the rule, 10.0.0.1 did not.",
            gone.Sentence);
    }

    [Fact]
    public void A_required_flow_that_cannot_be_seen_now_is_not_mended()
    {
        var blocked = Report([Of(FeToEdge).Ending(Outcome.Unanswered), Of(Activity)], rules: Sip);
        var blind = Report([Of(OtherActivity)], rules: Sip);
        var gone = Compare(blocked, blind);

        Assert.Equal((FindingChange.Gone, ChangeBasis.Visibility), Only(gone));
        Assert.Contains("The status of the rule is not-observable: No host in the role fe sent a packet",
            gone.Findings[0].Sentence, StringComparison.Ordinal);
        Assert.Equal((FindingChange.New, ChangeBasis.Visibility), Only(Compare(blind, blocked)));
        Assert.Equal(ChangeBasis.Visibility, gone.Rules.Single(rule => rule.Id == "sip").Basis);
    }

    [Fact]
    public void An_absence_where_a_capture_point_is_missing_is_one_of_sight()
    {
        var seen = Report([Of(FeToEdge).Proving("sip") with { CapturePoint = "inside" },
            Of(Activity) with { CapturePoint = "outside" }], points: ["inside", "outside"], rules: Sip);
        var absent = Report([Of(Activity) with { CapturePoint = "outside" }], points: ["outside"], rules: Sip);
        var (appeared, vanished) = (Compare(seen, absent), Compare(absent, seen));

        Assert.Equal((FindingChange.New, ChangeBasis.Visibility), Only(appeared));
        Assert.Contains("No longer visible, which does not mean that it ended: the status of the rule was seen. The "
            + "report that has seen it has another capture point: inside.", appeared.Findings[0].Sentence,
                StringComparison.Ordinal);
        Assert.Equal((FindingChange.Gone, ChangeBasis.Visibility), Only(vanished));
        Assert.Equal(ChangeBasis.Visibility, appeared.Rules.Single(rule => rule.Id == "sip").Basis);
        Assert.Equal(ChangeBasis.Visibility, vanished.Rules.Single(rule => rule.Id == "sip").Basis);
    }

    [Theory]
    [InlineData(Outcome.Unanswered)]
    [InlineData(Outcome.Refused)]
    public void A_required_flow_that_was_stopped_at_a_point_that_is_missing_came_or_went_from_sight(Outcome outcome)
    {
        var stopped = Report([Of(FeToEdge).Ending(outcome) with { CapturePoint = "outside" },
            Of(Activity) with { CapturePoint = "inside" }], points: ["inside", "outside"], rules: Sip);
        var absent = Report([Of(Activity) with { CapturePoint = "inside" }], points: ["inside"], rules: Sip);
        var gone = Compare(stopped, absent).Findings.Single(finding => finding.Change == FindingChange.Gone);

        Assert.Equal(ChangeBasis.Visibility, gone.Basis);
        Assert.StartsWith("No longer visible, which does not mean mended. The status of the rule is not-tried, and the "
            + "capture points that saw it (outside) are not all there.", gone.Sentence, StringComparison.Ordinal);
        Assert.Equal(ChangeBasis.Visibility,
            Compare(absent, stopped).Findings.Single(finding => finding.Change == FindingChange.New).Basis);
    }

    [Fact]
    public void A_required_flow_that_all_exercise_now_is_mended_at_whatever_point()
    {
        var stopped = Report([Of(FeToEdge).Ending(Outcome.Unanswered) with { CapturePoint = "outside" },
            Of(Activity) with { CapturePoint = "inside" }], points: ["inside", "outside"], rules: Sip);
        var passing = Report([Of(FeToEdge).Proving("sip") with { CapturePoint = "inside" },
            Of(Activity) with { CapturePoint = "inside" }], points: ["inside"], rules: Sip);

        Assert.Equal((FindingChange.Gone, ChangeBasis.Behaviour), Only(Compare(stopped, passing)));
    }

    [Fact]
    public void A_required_flow_that_nobody_tries_in_a_much_shorter_window_went_from_sight()
    {
        var stopped = Report([Of(FeToEdge).Ending(Outcome.Unanswered), Of(Activity)], hours: 10, rules: Sip);
        var gone = Compare(stopped, Report([Of(Activity)], hours: 2, rules: Sip)).Findings.Single(finding =>
            finding.Change == FindingChange.Gone);

        Assert.Equal(ChangeBasis.Visibility, gone.Basis);
    }

    [Fact]
    public void An_absence_where_all_points_are_there_is_one_of_behaviour()
    {
        var seen = Report([Of(FeToEdge).Proving("sip"), Of(Activity)], rules: Sip);
        var absent = Report([Of(Activity)], rules: Sip);

        Assert.Equal((FindingChange.New, ChangeBasis.Behaviour), Only(Compare(seen, absent)));
        Assert.Equal((FindingChange.Gone, ChangeBasis.Behaviour), Only(Compare(absent, seen)));
    }

    [Fact]
    public void A_finding_of_a_narrower_role_is_compared_by_the_row_of_the_rule()
    {
        var blocked = Report([Of("10.0.0.2:50000 tcp 10.1.0.1:5061").Ending(Outcome.Unanswered), Of(Activity)],
            rules: Sip);
        var passing = Report([Of("10.0.0.2:50000 tcp 10.1.0.1:5061").Proving("sip"), Of(Activity)], rules: Sip);

        Assert.Equal((FindingChange.Gone, ChangeBasis.Behaviour), Only(Compare(blocked, passing)));
    }

    [Fact]
    public void A_rule_that_only_one_report_has_changed_the_configuration()
    {
        var blocked = Report([Of(FeToEdge).Ending(Outcome.Unanswered), Of(Activity)], rules: Sip);
        var change = Compare(Report([Of(Activity)]), blocked).Findings.Single(finding =>
            finding.Kind == "required-flow-blocked");

        Assert.Equal((FindingChange.New, (ChangeBasis?)ChangeBasis.Configuration), (change.Change, change.Basis));
    }

    [Fact]
    public void The_differences_that_may_lie_behind_changes_are_told()
    {
        var before = Report([Of(Activity)]);
        var now = before with
        {
            ToolVersion = "2",
            Report =
            before.Report with { SiteSha256 = "22", Catalogs = [before.Report.Catalogs[0] with { Sha256 = "33" }] }
        };

        Assert.Equal(
            ["The site file has changed since the earlier report.",
                "The catalog sample is not the one of the earlier report.",
                "The earlier report was made by version 1 of the program."],
            Compare(before, now).Caveats.ToArray());
        Assert.Empty(Compare(before, before).Caveats);
    }

    private static (FindingChange, ChangeBasis) Only(BaselineComparison comparison)
    {
        var change = Assert.Single(comparison.Findings);
        return (change.Change, change.Basis!.Value);
    }

    private static AuditRun Report(FlowRecord[] flows, string[]? points = null, int hours = 2, Rule? rules = null,
        PortAudit.Audit.Site.SiteException? exception = null)
    {
        ImmutableArray<Rule> all = rules is null ? [Nine] : [Nine, rules];
        var bench = new AuditBench([.. all])
        {
            Observation = AuditBench.ObservationOf(TimeSpan.FromHours(hours),
            points ?? [""])
        };
        if (exception is not null)
            bench.Site = bench.Site with { Exceptions = [exception] };
        return new AuditRun(bench.Run(flows), "1", [], Interrupted: false);
    }

    private BaselineComparison Compare(AuditRun before, AuditRun now)
    {
        File.WriteAllText(_directory["old.json"], ReportText.Of(before, "json"));
        Assert.True(EarlierReport.TryRead(_directory["old.json"], out var earlier, out var problem), problem);
        return BaselineComparer.Compare(earlier, now);
    }
}
