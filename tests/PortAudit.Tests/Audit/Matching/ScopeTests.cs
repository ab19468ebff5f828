using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit.Matching;

/// <summary>Which flows are a matter of the site, and which of its rules cover hosts that it does not list.</summary>
public sealed class ScopeTests
{
    private const string Unlisted = "10.9.7.1:50000 tcp 10.9.8.2:8080";

    [Theory]
    // segments internal 10.0/16, perimeter 10.1/16; no listed host among these
    [InlineData("10.0.7.1:50000 tcp 10.1.7.1:8080", Verdict.Unexpected)] // two segments
    [InlineData("10.0.7.1:50000 tcp 10.0.8.1:8080", Verdict.OutOfScope)] // one segment
    [InlineData("10.0.7.1:50000 tcp 203.0.113.9:8080", Verdict.Unexpected)] // a segment, and none
    [InlineData("203.0.113.9:50000 tcp 10.0.7.1:8080", Verdict.Unexpected)]
    [InlineData("10.9.7.1:50000 tcp 192.168.7.1:8080", Verdict.OutOfScope)] // in no segment
    [InlineData("10.0.7.1:50000 tcp 169.254.7.1:8080", Verdict.OutOfScope)] // link-local is across no border
    [InlineData("10.0.7.1:5353 udp 224.0.0.251:5353", Verdict.Background)]
    [InlineData("10.0.7.1:137 udp 10.1.255.255:137", Verdict.Background)]
    public void Between_segments_everything_is_judged(string flow, Verdict expected) =>
        Assert.Equal(expected, new AuditBench().Judge(Of(flow)).Verdict);

    [Theory]
    [InlineData("10.0.7.1:50000 tcp 203.0.113.9:8080", Verdict.Unexpected)]
    [InlineData("[2001:db8::1]:50000 tcp [fd00::7]:8080", Verdict.Unexpected)]
    [InlineData("10.0.7.1:50000 tcp 192.168.7.1:8080", Verdict.OutOfScope)]
    [InlineData("198.51.100.7:50000 tcp 203.0.113.9:8080", Verdict.OutOfScope)]
    [InlineData("203.0.113.9:50000 udp 169.254.7.1:8080", Verdict.OutOfScope)]
    [InlineData("203.0.113.9:50000 udp 224.0.0.251:8080", Verdict.Background)]
    public void Without_segments_the_border_lies_between_private_and_public(string flow, Verdict expected)
    {
        var bench = new AuditBench();
        bench.Site = bench.Site with { Segments = [] };
        Assert.Equal(expected, bench.Judge(Of(flow)).Verdict);
    }

    [Theory]
    // fe01 and a host beside it; without segments a network is a /24
    [InlineData("10.0.7.1:50000 udp 10.0.0.1:5353", "mdns", true, Verdict.Background)]
    [InlineData("10.0.7.1:50000 udp 10.0.0.1:5353", "mdns", false, Verdict.Unexpected)]
    [InlineData("10.0.0.9:137 udp 10.0.0.1:137", "nbns", false, Verdict.Background)]
    [InlineData("10.1.7.1:137 udp 10.0.0.1:137", "nbns", true, Verdict.Unexpected)]
    [InlineData("10.0.0.9:50000 udp 10.0.0.1:53", "dns", true, Verdict.Unexpected)]
    [InlineData("10.0.0.9:68 udp 10.0.0.1:67", "dhcp", true, Verdict.Unexpected)]
    [InlineData("10.0.0.9:50000 udp 10.0.0.1:3478", "stun", true, Verdict.Unexpected)]
    [InlineData("10.0.0.1:137 udp 203.0.113.9:137", "nbns", true, Verdict.Unexpected)]
    public void What_neighbours_ask_each_other_is_background(string flow, string protocol, bool hasSegments,
        Verdict expected)
    {
        var bench = new AuditBench();
        bench.Site = hasSegments ? bench.Site : bench.Site with { Segments = [] };
        var asked = Of(flow).Proving(protocol);

        Assert.Equal(expected, bench.Judge(asked).Verdict);
        Assert.Equal(expected, bench.Judge(asked with { In = default, Outcome = Outcome.Unanswered }).Verdict);
        Assert.Equal(expected, bench.Judge(asked with { In = default, Outcome = Outcome.Refused }).Verdict);
        Assert.Equal(Verdict.Unexpected,
            bench.Judge(asked with { In = default, Outcome = Outcome.Rejected }).Verdict);
    }

    [Fact]
    public void A_question_known_by_its_port_alone_is_none() => Assert.Equal(Verdict.Unexpected,
        new AuditBench().Judge(Of("10.0.0.9:137 udp 10.0.0.1:137").Ending(Outcome.Unanswered)).Verdict);

    [Theory]
    [InlineData(19, 0, 0)]
    [InlineData(20, 0, 1)]
    [InlineData(20, 21, 0)] // who polls finds most
    public void Many_questions_that_few_neighbours_answer_are_a_sweep(int silent, int answering, int findings)
    {
        var report = new AuditBench().Run([.. Enumerable.Range(20, silent + answering)
            .Select(host => Of($"10.0.0.9:137 udp 10.0.0.{host}:137").Proving("nbns"))
            .Select((asked, index) => index < answering
                ? asked
                : asked with { In = default, Outcome = Outcome.Unanswered })]);

        Assert.Equal(findings, report.Findings.Count(finding => finding.Kind == FindingKind.PortScan));
        Assert.DoesNotContain(FindingKind.UnexpectedTraffic, report.Findings.Select(finding => finding.Kind));
    }

    [Fact]
    public void Questions_to_neighbours_join_the_scan_of_their_sender()
    {
        var scan = Enumerable.Range(1, 20).Select(port => Of($"10.0.0.9:50000 tcp 10.0.0.1:{port}")
            .Ending(Outcome.Refused));
        var question = Of("10.0.0.9:137 udp 10.0.0.1:137").Proving("nbns") with
        {
            In = default,
            Outcome = Outcome.Unanswered,
        };

        var finding = Assert.Single(new AuditBench().Run([.. scan, question]).Findings);
        Assert.Equal((FindingKind.PortScan, 21L), (finding.Kind, finding.Flows));
    }

    [Fact]
    public void So_is_the_answer_to_a_question_that_went_to_a_group() => Assert.Equal(Verdict.Background,
        new AuditBench().Judge(Of("10.0.0.9:50000 udp 10.0.0.1:1900").Proving("ssdp") with { Out = default }).Verdict);

    [Theory]
    [InlineData("any any", Unlisted)]
    [InlineData("unknown-internal any", Unlisted)]
    [InlineData("10.9.0.0/16 10.9.8.0/24", Unlisted)]
    [InlineData("10.9.7.1/32 any", Unlisted)]
    [InlineData("10.0.0.0/8 10.0.0.0/8", "10.0.0.1:50000 tcp 10.9.8.2:8080")] // a listed host, too
    [InlineData("internet internet", "198.51.100.7:50000 tcp 203.0.113.9:8080")]
    [InlineData("internal internal", "10.0.7.1:50000 tcp 10.0.8.1:8080")] // a segment
    [InlineData("internal fe01", "10.0.7.1:50000 tcp 10.0.0.1:8080")]
    public void A_prohibition_that_anybody_breaks_is_a_finding(string parties, string flow)
    {
        var bench = Forbidding($"no {parties} tcp 1-65535 - any");

        var finding = Assert.Single(bench.Run(Of(flow)).Findings);
        Assert.Equal((FindingKind.ForbiddenTraffic, "no"), (finding.Kind, finding.Rule!.Id));
    }

    [Theory]
    [InlineData("10.9.0.0/24 any")]
    [InlineData("any 10.9.8.3/32")]
    [InlineData("internal any")]
    [InlineData("internet any")]
    [InlineData("fe01 any")]
    public void A_rule_about_others_does_not_cover_them(string parties) =>
        Assert.Equal(Verdict.OutOfScope, Forbidding($"no {parties} tcp 1-65535 - any").Judge(Of(Unlisted)).Verdict);

    [Fact]
    public void A_rule_of_a_catalog_alone_makes_no_flow_a_matter_of_the_site() =>
        Assert.Equal(Verdict.OutOfScope,
            new AuditBench(RuleSample.Of("r any any tcp 1-65535 - any")).Judge(Of(Unlisted)).Verdict);

    [Theory]
    [InlineData("any", "203.0.113.9", true, false)]
    [InlineData("any", "203.0.113.9", false, true)]
    [InlineData("any", "10.2.0.7", true, true)]
    [InlineData("internet", "203.0.113.9", true, true)] // the documents mean it
    public void Roles_of_a_proposed_site_do_not_let_the_Internet_in(string from, string originator, bool isProposed,
        bool isExpected)
    {
        var bench = new AuditBench(RuleSample.Of($"r {from} fe tcp 1433 - any"));
        bench.Site = bench.Site with { IsProposed = isProposed };
        var report = bench.Run(Of($"{originator}:50000 tcp 10.0.0.1:1433"));

        Assert.Equal(isExpected ? 0 : 1, report.Findings.Length);
        Assert.All(report.Findings, finding => Assert.Contains("The rule r lets any host open it, but the roles of "
            + "this site are proposed", finding.Explanation, StringComparison.Ordinal));
    }

    [Fact]
    public void A_presumed_direction_does_not_hide_what_is_forbidden()
    {
        var flow = Of("10.9.8.2:23 tcp 10.9.7.1:50000");
        var bench = Forbidding("no 10.9.7.0/24 10.9.8.0/24 tcp 23 - any");

        Assert.Equal(Verdict.Forbidden, bench.Judge(flow.Basis(DirectionBasis.FirstPacket)).Verdict);
        Assert.Equal(Verdict.OutOfScope, bench.Judge(flow).Verdict);
    }

    [Fact]
    public void A_role_takes_precedence_over_a_segment_of_the_same_name()
    {
        var bench = Forbidding("no internet any tcp 1-65535 - any");
        bench.Site = bench.Site with
        {
            Segments = [new Segment("internet", [new Prefix(AddressOf("10.9.0.0"), 16)])]
        };
        Assert.Equal(Verdict.OutOfScope, bench.Judge(Of(Unlisted)).Verdict);
        Assert.Equal(Verdict.Forbidden, bench.Judge(Of("203.0.113.9:50000 tcp 10.9.8.2:8080")).Verdict);
    }

    [Fact]
    public void What_a_scan_tries_against_a_prohibition_is_forbidden_all_the_same()
    {
        var findings = Forbidding("no any any tcp 120 - any").Run(Enumerable.Range(100, 40)
            .Select(port => Of($"10.9.7.1:50000 tcp 10.9.8.2:{port}").Ending(Outcome.Refused))).Findings;

        Assert.Equal([FindingKind.ForbiddenTraffic, FindingKind.PortScan],
            findings.Select(finding => finding.Kind).Where(kind => kind != FindingKind.NothingJudged).Order());
        Assert.Equal("120", findings.Single(finding => finding.Kind == FindingKind.ForbiddenTraffic).Ports);
    }

    [Fact]
    public void A_port_scan_and_a_password_in_clear_need_no_role()
    {
        var scan = Enumerable.Range(100, 40)
            .Select(port => Of($"10.9.7.1:50000 tcp 10.9.8.2:{port}").Ending(Outcome.Refused));
        var login = Of("10.9.7.1:50001 tcp 10.9.8.2:21").Proving("ftp") with
        {
            Credentials = new CredentialSighting(CredentialUse.Password, null)
        };
        var findings = new AuditBench().Run([.. scan, login]).Findings;

        Assert.Contains(findings, finding => finding.Kind == FindingKind.PortScan);
        Assert.Contains(findings, finding => finding.Kind == FindingKind.ObsoleteService);
    }

    [Fact]
    public void A_host_that_polls_others_most_of_which_answer_does_not_scan() =>
        Assert.DoesNotContain(new AuditBench().Run(Enumerable.Range(10, 60).Select(i =>
            Of($"10.9.7.1:50000 udp 10.9.8.{i}:161").Ending(i < 45 ? Outcome.Established : Outcome.Unanswered)))
            .Findings, finding => finding.Kind == FindingKind.PortScan);

    private static AuditBench Forbidding(string rule)
    {
        var bench = new AuditBench();
        bench.Site = bench.Site with
        {
            Rules = [RuleSample.Of(rule) with { Catalog = RuleScope.SiteCatalog, Verdict = RuleVerdict.Forbidden }],
        };
        return bench;
    }
}
