using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class FlowFindingTests
{
    [Theory]
    [InlineData("10.0.0.1:50000 tcp 10.1.0.1:9", null, FindingKind.UnexpectedTraffic, Severity.Medium, null)]
    [InlineData("10.0.0.1:50000 tcp 10.1.0.1:5061", "ssh", FindingKind.WrongProtocol, Severity.High, "sip")]
    [InlineData("10.0.0.1:50000 tcp 10.1.0.1:5061", "sip", FindingKind.Cleartext, Severity.High, "sip")]
    [InlineData("10.1.0.1:5061 tcp 10.0.0.1:50000", null, FindingKind.WrongDirection, Severity.Medium, "sip")]
    [InlineData("10.0.0.1:50000 tcp 10.1.0.1:40000", null, FindingKind.UnexplainedDynamicPort, Severity.Medium, "dyn")]
    [InlineData("10.0.0.1:50000 tcp 10.1.0.1:23", null, FindingKind.ForbiddenTraffic, Severity.High, "no-telnet")]
    public void Each_verdict_that_is_no_good_is_a_finding(string line, string? proved, FindingKind kind,
        Severity severity, string? rule)
    {
        var flow = proved is null ? Of(line) : Of(line).Proving(proved);
        var finding = Assert.Single(Bench().Run(flow).Findings);

        Assert.Equal((kind, severity, rule), (finding.Kind, finding.Severity, finding.Rule?.Id));
        Assert.Equal((flow.Responder.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "tcp", proved),
            (finding.Ports, finding.Transport, finding.Protocol));
        Assert.Equal((1L, 500L, Start, Start + Second),
            (finding.Flows, finding.Bytes, finding.FirstSeenNs, finding.LastSeenNs));
        Assert.Matches("^[0-9a-f]{12}$", finding.Id);
        Assert.EndsWith(".", finding.Explanation, StringComparison.Ordinal);
        Assert.EndsWith(".", finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Outcome.Unanswered, Severity.Low)]
    [InlineData(Outcome.Refused, Severity.Medium)]
    [InlineData(Outcome.Rejected, Severity.Info)]
    [InlineData(Outcome.Undecided, Severity.Low)]
    [InlineData(Outcome.OneWay, Severity.Medium)]
    [InlineData(Outcome.Midstream, Severity.Medium)]
    public void Unexpected_traffic_matters_as_far_as_it_arrived(Outcome outcome, Severity expected) =>
        Assert.Equal(expected, Assert.Single(Bench()
            .Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9").Ending(outcome)).Findings).Severity);

    [Theory]
    [InlineData("10.0.0.1:50000 tcp 10.1.0.1:5061", "tls")]
    [InlineData("10.0.0.1:50000 tcp 10.1.0.1:5061", null)]
    public void What_the_rules_let_pass_is_no_finding(string line, string? proved) =>
        Assert.Empty(Bench().Run(proved is null ? Of(line) : Of(line).Proving(proved)).Findings);

    [Fact]
    public void Flows_of_one_cause_are_one_finding()
    {
        var report = Bench().Run(
            Of("10.0.0.1:50000 tcp 10.1.0.1:9"),
            Of("10.0.0.1:50001 tcp 10.1.0.1:9").At(7),
            Of("10.0.0.2:50001 tcp 10.1.0.1:9"), // a role of its own
            Of("10.0.0.1:50001 tcp 10.1.0.1:10"), // a port of its own
            Of("10.0.0.1:50002 tcp 10.1.0.1:9").Proving("ssh")); // a protocol of its own

        Assert.Equal([2L, 1, 1, 1], report.Findings.Select(finding => finding.Flows).OrderDescending());
        Assert.Equal(4, report.Findings.Select(finding => finding.Id).Distinct().Count());
        var first = report.Findings.Single(finding => finding.Flows == 2);
        Assert.Equal((Start, Start + (8 * Second)), (first.FirstSeenNs, first.LastSeenNs));
        Assert.Equal([new FindingHost("10.0.0.1", "fe01")], first.Originators.AsEnumerable());
    }

    [Theory]
    [InlineData("gre", " The flow went within a tunnel (gre): a firewall acts on the inner ports only if it inspects ")]
    [InlineData("vxlan:7", " The flow went within a tunnel (vxlan:7): ")]
    [InlineData("erspan:5", null)]
    [InlineData("tzsp", null)]
    [InlineData("vxlan:7/erspan:5", null)] // the mirror's own way
    [InlineData("erspan:5/gre", " The flow went within a tunnel (gre): ")]
    [InlineData(null, null)]
    public void A_flow_within_a_tunnel_is_told(string? tunnel, string? words)
    {
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:9") with { Tunnel = tunnel };
        var explanation = Assert.Single(Bench().Run(flow).Findings).Explanation;

        Assert.Equal(words is not null, explanation.Contains(words ?? "tunnel", StringComparison.Ordinal));
        Assert.Contains(" 1 flow of 2 went within a tunnel (gre): ", Assert.Single(Bench()
            .Run(flow with { Tunnel = "gre" }, Of("10.0.0.1:50001 tcp 10.1.0.1:9")).Findings).Explanation,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("esp", true, true)]
    [InlineData("openvpn", true, true)]
    [InlineData("pptp", true, false)]
    [InlineData("teredo", true, false)]
    [InlineData("ntp", false, false)]
    public void A_tunnel_is_told_with_what_it_means(string protocol, bool isTunnel, bool isHidden)
    {
        var flow = Of("10.0.0.1:50000 udp 10.1.0.1:9").Proving(protocol);
        var finding = Assert.Single(Bench().Run(flow).Findings);
        var tried = Assert.Single(Bench().Run(flow.Ending(Outcome.Unanswered)).Findings);

        Assert.Equal(isTunnel, finding.Explanation.Contains($" {protocol} sets up or carries a tunnel: ",
            StringComparison.Ordinal));
        Assert.Equal(isHidden, finding.Explanation.Contains("It is encrypted", StringComparison.Ordinal));
        Assert.Equal(isTunnel, finding.Remedy.StartsWith("Find out who set up the tunnel on fe01",
            StringComparison.Ordinal));
        Assert.DoesNotContain("tunnel", tried.Explanation + tried.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ResetOrigin.Host, true)]
    [InlineData(ResetOrigin.Unknown, false)]
    public void What_the_responder_itself_refused_was_stopped_by_no_firewall(ResetOrigin origin, bool arrived)
    {
        var refused = Of("10.0.0.1:50000 tcp 10.1.0.1:9").Ending(Outcome.Refused)
            with
        { Reset = new FlowReset(origin, false, 63, 63) };
        var finding = Assert.Single(Bench()
            .Run(refused, refused.At(9), Of("10.0.0.1:50001 tcp 10.1.0.1:9").Ending(Outcome.Unanswered)).Findings);

        Assert.Equal(arrived, finding.Explanation.Contains("2 attempts arrived and were refused by the responder "
            + "itself: nothing on the way stops them.", StringComparison.Ordinal));
        Assert.StartsWith(arrived
            ? "The attempts failed, but no firewall between fe and edge blocked them: block tcp 9 there"
            : "Nothing was seen to pass.", finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inside", true)]
    [InlineData(null, false)]
    public void What_came_to_both_sides_of_a_firewall_was_not_stopped_by_it(string? second, bool arrived)
    {
        var outside = Of("10.0.0.1:50000 udp 10.1.0.1:9").Ending(Outcome.Unanswered).On("outside");
        var finding = Assert.Single(Bench().Run(second is null ? [outside] : [outside, outside.On(second)]).Findings);

        Assert.Equal(arrived, finding.Explanation.Contains("All of them came to the capture points inside and outside: "
            + "nothing between these stops them.", StringComparison.Ordinal));
        Assert.Equal(arrived, finding.Remedy.StartsWith("The attempts failed, but no firewall",
            StringComparison.Ordinal));
    }

    [Fact]
    public void The_explanation_names_hosts_service_outcome_and_the_device_that_stopped_it()
    {
        var stopped = Of("10.0.0.1:50000 tcp 10.1.0.1:9").Ending(Outcome.Rejected) with
        {
            StoppedHow = "ICMP 3/13 communication administratively prohibited",
            StoppedBy = AddressOf("10.0.255.254"),
        };

        Assert.Equal(
            "fe01 opened 1 flow to edge1 on tcp 9: 1 rejected on the way (ICMP 3/13 communication administratively "
                + "prohibited from 10.0.255.254). No rule covers tcp 9 from fe to edge.",
            Assert.Single(Bench().Run(stopped).Findings).Explanation);
    }

    [Fact]
    public void The_explanation_names_a_rule_that_nearly_covers_the_flow()
    {
        var bench = new AuditBench(
            RuleSample.Of("sip fe edge tcp 5061 sip tls"),
            RuleSample.Of("off fe edge tcp 80 http any") with { When = new Applicability(["off-by-default"], false) });

        Assert.Contains("The rule off would cover tcp 80, but does not apply: The condition off-by-default is off in "
            + "this site.", Assert.Single(bench.Run(Of("10.0.0.1:50000 tcp 10.1.0.1:80")).Findings).Explanation,
                StringComparison.Ordinal);
        Assert.Contains("The rule sip allows this service only the other way, from fe to edge.",
            Assert.Single(bench.Run(Of("10.1.0.1:50000 tcp 10.0.0.1:5061")).Findings).Explanation,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServiceGroups.MaximumServices, ServiceGroups.MaximumServices)]
    [InlineData(ServiceGroups.MaximumServices + 1, 1)]
    public void Many_services_of_one_pair_of_roles_are_one_finding(int services, int findings)
    {
        var flows = Enumerable.Range(0, services)
            .Select(i => Of($"10.0.0.1:50000 tcp 10.1.0.1:{100 + i + (i > 5 ? 10 : 0)}").Ending(Outcome.Unanswered));
        var report = Bench().Run(flows);

        Assert.Equal(findings, report.Findings.Length);
        Assert.Equal(services, report.Findings.Sum(finding => finding.Flows));
        if (findings == 1)
            Assert.Equal("100-105,116-120", report.Findings[0].Ports);
    }

    [Fact]
    public void Scattered_ports_are_told_by_their_number()
    {
        var finding = Assert.Single(Bench()
            .Run(Enumerable.Range(0, 60).Select(i => Of($"10.0.0.1:50000 tcp 10.1.0.1:{100 + (2 * i)}"))).Findings);

        Assert.Equal("100-218", finding.Ports);
        Assert.Contains("60 different ports of the range were used.", finding.Explanation,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Hosts_beyond_the_limit_are_said_to_be_left_out()
    {
        var finding = Assert.Single(Bench()
            .Run(Enumerable.Range(0, 150).Select(i => Of($"8.8.8.{i}:50000 tcp 10.1.0.1:9"))).Findings);

        Assert.Equal((FlowGroup.MaximumHosts, 150L, "internet"),
            (finding.Originators.Length, finding.Flows, finding.FromRole));
        Assert.Contains("only the 100 with the lowest addresses are listed", finding.Explanation,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_identifier_of_a_rule_finding_does_not_hang_on_the_ports_that_were_seen()
    {
        var one = Assert.Single(Bench().Run(Of("10.0.0.1:50000 tcp 10.1.0.1:40000")).Findings);
        var two = Assert.Single(Bench()
            .Run(Of("10.0.0.1:50000 tcp 10.1.0.1:40001"), Of("10.0.0.1:50000 tcp 10.1.0.1:40009")).Findings);

        Assert.Equal(one.Id, two.Id);
        Assert.Equal("40001,40009", two.Ports);
    }

    [Fact]
    public void Two_capture_points_that_saw_the_same_fault_are_one_finding()
    {
        var bench = Bench();
        bench.Observation = AuditBench.ObservationOf(TimeSpan.FromHours(1), "inside", "outside");
        var finding = Assert.Single(bench.Run(Of("10.0.0.1:50000 tcp 10.1.0.1:9").On("outside"),
            Of("10.0.0.1:50000 tcp 10.1.0.1:9").On("inside")).Findings);

        Assert.Equal(["inside", "outside"], finding.CapturePoints.AsEnumerable());
        Assert.Contains("Seen at the capture points inside and outside; what several of them recorded counts once.",
            finding.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("||",
            finding.Evidence.Filter.Replace(" || (ip.src==10.1.0.1", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_gravest_findings_come_first()
    {
        var report = Bench().Run(
            Of("10.0.0.1:50000 tcp 10.1.0.1:9").Ending(Outcome.Unanswered),
            Of("10.0.0.1:50000 tcp 10.1.0.1:10"),
            Of("10.0.0.1:50000 tcp 10.1.0.1:23"),
            Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("ssh"));

        Assert.Equal(
            [FindingKind.WrongProtocol, FindingKind.ForbiddenTraffic, FindingKind.UnexpectedTraffic,
                FindingKind.UnexpectedTraffic],
            report.Findings.Select(finding => finding.Kind));
        Assert.Equal(Verdict.WrongProtocol, report.Findings[0].Verdict);
    }

    private static AuditBench Bench()
    {
        var bench = new AuditBench(
            RuleSample.Of("sip fe edge tcp 5061 sip tls"),
            RuleSample.Of("dyn fe edge tcp 30000-65535 dcerpc any") with { AnnouncedBy = ["dcerpc"] });
        bench.Site = bench.Site with
        {
            Rules = [RuleSample.Of("no-telnet any any tcp 23 - any")
            with { Verdict = RuleVerdict.Forbidden, Catalog = "site" }]
        };
        return bench;
    }
}
