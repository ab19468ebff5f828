using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

/// <summary>A topology that a catalog forbids is violated by whatever crosses a firewall between its two
/// roles.</summary>
public sealed class CautionTests
{
    private const string Allowed = "10.0.0.1:50000 tcp 10.1.0.1:5061";

    private static readonly SourceReference Source = new("document", "section", [7]);
    private static readonly Caution NoFirewall = new("no-firewall", ["fe", "edge"], CautionMeaning.NoFirewall, null,
        "No firewall may stand between them.", Source);

    [Theory]
    [InlineData(Allowed)]
    [InlineData("10.1.0.1:50000 tcp 10.0.0.1:9")]
    [InlineData("10.0.0.2:50000 udp 10.1.0.1:53")]
    public void Traffic_of_the_pair_that_crosses_a_border_is_forbidden_whatever_the_rules_say(string flow) =>
        Assert.Equal((Verdict.Forbidden, "no-firewall"), Judge(BenchOf(NoFirewall), flow));

    [Fact]
    public void Other_pairs_and_traffic_within_one_role_are_judged_by_the_rules()
    {
        Assert.NotEqual(Verdict.Forbidden, Judge(BenchOf(NoFirewall), "10.0.0.3:50000 tcp 10.1.0.1:9").Verdict);
        Assert.NotEqual(Verdict.Forbidden, Judge(BenchOf(NoFirewall), "10.0.0.1:50000 tcp 10.0.0.2:9").Verdict);
    }

    [Fact]
    public void A_condition_lifts_it()
    {
        var bench = BenchOf(NoFirewall with { Unless = "on-by-default" });

        Assert.Equal(Verdict.ExpectedByPort, Judge(bench, Allowed).Verdict);
        Assert.Equal(Verdict.Forbidden, Judge(BenchOf(NoFirewall with { Unless = "off-by-default" }), Allowed).Verdict);
    }

    [Theory]
    [InlineData("")]
    [InlineData("internal")]
    public void A_point_that_is_on_no_border_proves_no_firewall(string segments)
    {
        var sees = segments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var bench = BenchOf(NoFirewall);
        bench.Site = bench.Site with { CapturePoints = [new CapturePoint("firewall", null, [], [.. sees])] };

        Assert.Equal(Verdict.ExpectedByPort, Judge(bench, Allowed).Verdict);
    }

    [Fact]
    public void The_finding_names_the_caution_its_source_and_what_the_documents_advise()
    {
        var bench = BenchOf(NoFirewall,
            new Advice("move-it", ["no-firewall"], "Put both on one side.", ["KB 1"], Source));
        var finding = Assert.Single(bench.Run([Of(Allowed) with { CapturePoint = "firewall" }]).Findings,
            finding => finding.Kind == FindingKind.ForbiddenTraffic);

        Assert.Equal((Severity.High, "fe", "edge"), (finding.Severity, finding.FromRole, finding.ToRole));
        Assert.Equal(Source, finding.Rule!.Source);
        Assert.Contains("The caution no-firewall forbids it: No firewall may stand between them.",
            finding.Explanation, StringComparison.Ordinal);
        Assert.EndsWith("The documents advise: Put both on one side (KB 1).", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Advice_about_a_rule_completes_the_remedy_of_its_findings()
    {
        var bench = new AuditBench(RuleSample.Required("sip fe edge tcp 5061 - any"))
        {
            Advice = [new Advice("one", ["sip"], "Do this.", [], Source),
                new Advice("two", ["sip"], "Do that.", [], Source),
                new Advice("three", ["sip"], "And more.", [], Source)],
        };
        var finding = Assert.Single(bench.Run([Of(Allowed).Ending(Outcome.Unanswered)]).Findings);

        Assert.EndsWith("The documents advise: Do this. The documents advise: Do that.", finding.Remedy,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("internal perimeter", "firewall", false)]
    [InlineData("internal perimeter", "elsewhere", true)] // the border recorded nothing
    [InlineData("internal clients", "firewall", true)]
    [InlineData("", "firewall", true)]
    public void A_caution_that_no_point_on_the_border_could_check_is_told(string sees, string recorded, bool isShown)
    {
        var bench = BenchOf(NoFirewall);
        bench.Site = bench.Site with
        {
            CapturePoints =
            [new CapturePoint("firewall", null, [], [.. sees.Split(' ', StringSplitOptions.RemoveEmptyEntries)])]
        };
        bench.Observation = AuditBench.ObservationOf(TimeSpan.FromHours(2), recorded);

        Assert.Equal(isShown, bench.Run(Of(Allowed).On(recorded)).Coverage.CannotSay.Contains(
            "The caution no-firewall could not be checked: no capture point that recorded packets lies on a border "
                + "between fe (internal) and edge (perimeter)."));
    }

    [Theory]
    [InlineData("fe", "db")] // in one segment, where no border is
    [InlineData("fe", "absent")] // the site has none
    public void A_caution_that_needs_no_check_is_not_told(string one, string other) =>
        Assert.DoesNotContain(
            BenchOf(NoFirewall with { Between = [one, other] }).Run(Of(Allowed)).Coverage.CannotSay,
            sentence => sentence.StartsWith("The caution", StringComparison.Ordinal));

    [Fact]
    public void A_caution_that_a_condition_lifts_is_not_told() =>
        Assert.DoesNotContain(
            BenchOf(NoFirewall with { Unless = "on-by-default" }).Run(Of(Allowed)).Coverage.CannotSay,
            sentence => sentence.StartsWith("The caution", StringComparison.Ordinal));

    private static (Verdict Verdict, string? Rule) Judge(AuditBench bench, string flow)
    {
        var judgement = bench.Judge(Of(flow) with { CapturePoint = "firewall" });
        return (judgement.Verdict, judgement.Shown?.Rule.Id);
    }

    private static AuditBench BenchOf(Caution caution, params Advice[] advice)
    {
        var bench = new AuditBench(RuleSample.Of("sip fe edge tcp 5061 - any"))
        {
            Cautions = [caution],
            Advice = [.. advice]
        };
        bench.Site =
            bench.Site with { CapturePoints = [new CapturePoint("firewall", null, [], ["internal", "perimeter"])] };
        return bench;
    }
}
