using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Scans;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit.Scans;

public sealed class ScanTests
{
    private static readonly string[] Scanners = ["8.8.8.8", "9.9.9.9", "10.2.0.9", "10.2.0.10"];

    private static AuditBench Bench() => new(RuleSample.Of("sip client fe tcp 5061 sip tls"),
        RuleSample.Of("dyn client fe tcp 30000-65535 dcerpc any") with { AnnouncedBy = ["dcerpc"] });

    [Theory]
    [InlineData(ScanShape.PortsOfOneHost, FindingKind.PortScan)]
    [InlineData(ScanShape.PortsOfOneHost - 1, FindingKind.UnexpectedTraffic)]
    public void Many_ports_of_one_host_are_a_scan(int ports, FindingKind expected) =>
        Assert.Equal(expected, Assert.Single(Bench().Run(Vertical("10.2.0.9", ports)).Findings).Kind);

    [Theory]
    [InlineData("10.0.0", ScanShape.HostsOnOnePort, FindingKind.PortScan)]
    [InlineData("10.0.0", ScanShape.HostsOnOnePort - 1, FindingKind.UnexpectedTraffic)]
    [InlineData("8.8.8", 200, FindingKind.UnexpectedTraffic)] // a way to the web that is closed
    public void Many_hosts_inside_on_one_port_are_a_scan(string network, int hosts, FindingKind expected)
    {
        var findings = Bench().Run(Enumerable.Range(10, hosts)
            .Select(i => Of($"10.2.0.9:50000 tcp {network}.{i}:9").Ending(Outcome.Unanswered))).Findings;
        Assert.Equal([expected], findings.Select(finding => finding.Kind).Distinct());
    }

    [Theory]
    [InlineData(ScanShape.TargetsOfFlags, true)]
    [InlineData(ScanShape.TargetsOfFlags - 1, false)]
    public void Few_probes_with_flags_of_no_connection_are_a_scan(int ports, bool isScan)
    {
        string[] histories = ["FIr", "Ir", "I"];
        var probes = Enumerable.Range(0, ports).Select(i => Of($"192.168.7.1:50000 tcp 192.168.7.2:{3390 + i}") with
        {
            History = histories[i],
            SynCount = 0,
            Outcome = Outcome.Midstream,
            DirectionBasis = DirectionBasis.FirstPacket,
            Out = new DirectionCounters(1, 60, 0),
            In = new DirectionCounters(1, 60, 0),
        });

        Assert.Equal(isScan, Bench().Run(probes).Findings.Any(finding => finding.Kind == FindingKind.PortScan));
    }

    [Fact]
    public void Echo_requests_to_many_hosts_are_a_scan() =>
        Assert.Contains("Of 30 hosts 5 answered",
            Assert.Single(Bench().Run(Enumerable.Range(10, 30).Select(i => Of($"10.2.0.9:8 icmp 10.0.0.{i}:0").Ending(
                i < 15 ? Outcome.Established : Outcome.Unanswered))).Findings).Explanation, StringComparison.Ordinal);

    [Theory]
    [InlineData(8, 8, FindingKind.PortScan)]
    [InlineData(3, 12, FindingKind.UnexpectedTraffic)] // too few
    public void A_grid_of_hosts_and_ports_is_a_scan(int hosts, int ports, FindingKind expected)
    {
        var flows = Enumerable.Range(10, hosts).SelectMany(host => Enumerable.Range(100, ports)
            .Select(port => Of($"10.2.0.9:50000 tcp 10.0.0.{host}:{port}").Ending(Outcome.Refused)));
        Assert.Equal(expected, Assert.Single(Bench().Run(flows).Findings.Select(finding => finding.Kind).Distinct()));
    }

    [Fact]
    public void A_client_of_many_peers_on_as_many_ports_does_not_scan() =>
        Assert.DoesNotContain(Bench().Run(Enumerable.Range(10, 200).Select(i => Of($"10.2.0.9:50000 udp "
            + $"10.3.0.{i}:{6000 + (7 * i)}").Ending(Outcome.Unanswered))).Findings,
                finding => finding.Kind == FindingKind.PortScan);

    [Fact]
    public void Who_polls_hosts_of_which_most_answer_does_not_scan()
    {
        var polled = Enumerable.Range(10, 60).Select(i =>
            Of($"10.2.0.9:50000 udp 10.0.0.{i}:161").Ending(i < 45 ? Outcome.Established : Outcome.Unanswered));

        Assert.Equal(FindingKind.UnexpectedTraffic, Assert.Single(Bench().Run(polled).Findings).Kind);
        Assert.Contains(Bench().Run(polled.Select(flow => flow.Ending(Outcome.Unanswered))).Findings,
            finding => finding.Kind == FindingKind.PortScan);
    }

    [Fact]
    public void What_the_rules_let_pass_shows_no_scan()
    {
        var bench = new AuditBench(RuleSample.Required("sip fe client tcp 100-200 sip any"));
        var findings = bench.Run(Enumerable.Range(100, 60)
            .Select(port => Of($"10.0.0.1:50000 tcp 10.2.0.9:{port}").Ending(Outcome.Unanswered))).Findings;

        Assert.Equal(FindingKind.RequiredFlowBlocked, Assert.Single(findings).Kind);
    }

    [Fact]
    public void A_scan_is_one_finding_that_tells_what_answered()
    {
        var flows = Vertical("10.2.0.9", 204)
            .Select((flow, i) => i is 22 or 80 or 143 ? flow with
            {
                Outcome = Outcome.Established,
                Out = new DirectionCounters(3, 198, 0),
                In = new DirectionCounters(1, 74, 0)
            } : flow.At(i));
        var finding = Assert.Single(Bench().Run(flows).Findings);

        Assert.Equal((FindingKind.PortScan, Severity.High, "client", "fe", 204L),
            (finding.Kind, finding.Severity, finding.FromRole, finding.ToRole, finding.Flows));
        Assert.Equal(
            "10.2.0.9 probed 204 ports of fe01 by tcp in 3 minutes: 204 flows, 3 answered, 201 refused. Of 204 ports 3 "
                + "answered: tcp 122, tcp 180, tcp 243. More than 100 different flows: the filter omits ports or hosts "
                + "and may also select other packets.",
            finding.Explanation);
        Assert.Equal("ip.addr==10.2.0.9 && tcp", finding.Evidence.Filter);
        Assert.Equal((Start, Start + (204 * Second)), (finding.FirstSeenNs, finding.LastSeenNs));
    }

    [Fact]
    public void Ports_are_said_of_the_hosts_that_got_them()
    {
        FlowRecord[] others =
            [.. Enumerable.Range(20, 2).Select(i => Of($"10.2.0.9:50000 tcp 10.0.0.{i}:100").Ending(Outcome.Refused))];

        Assert.Contains("probed up to 40 ports of each of fe01, 10.0.0.20 and 10.0.0.21 by",
            Explanation([.. Vertical("10.2.0.9", 40), .. others]), StringComparison.Ordinal);
        Assert.Contains("probed port 100 of 10.0.0.20, 10.0.0.21", Explanation([.. Enumerable.Range(20, 40)
            .Select(i => Of($"10.2.0.9:50000 tcp 10.0.0.{i}:100").Ending(Outcome.Refused))]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.2.0.9", false, Severity.Medium)]
    [InlineData("10.2.0.9", true, Severity.High)]
    [InlineData("10.9.0.9", true, Severity.High)]
    [InlineData("8.8.8.8", false, Severity.Low)]
    [InlineData("8.8.8.8", true, Severity.Medium)]
    public void A_scan_matters_by_where_it_comes_from_and_what_answered(string from, bool hasAnswer, Severity expected)
    {
        var flows = Vertical(from, 30).Select((flow, i) => hasAnswer && i == 0
            ? flow with { Outcome = Outcome.Established, Out = new DirectionCounters(3, 198, 0) }
            : flow);
        Assert.Equal(expected, Assert.Single(Bench().Run(flows).Findings).Severity);
    }

    [Fact]
    public void Scans_of_the_internet_are_one_finding_and_those_inside_one_for_each_address()
    {
        var findings = Bench().Run(Scanners.SelectMany(from => Vertical(from, 30))).Findings;

        Assert.Equal(["10.2.0.10", "10.2.0.9", "8.8.8.8 9.9.9.9"], findings
            .Select(finding => string.Join(' ', finding.Originators.Select(host => host.Address)))
            .Order(StringComparer.Ordinal));
        Assert.Equal(3, findings.Select(finding => finding.Id).Distinct().Count());
    }

    [Fact]
    public void What_passed_and_spoke_stays_a_finding_of_its_own()
    {
        var findings =
            Bench().Run([.. Vertical("10.2.0.9", 30), Of("10.2.0.9:50000 tcp 10.0.0.1:445").Proving("lpd")]).Findings;

        Assert.Equal([FindingKind.PortScan, FindingKind.UnexpectedTraffic],
            findings.Select(finding => finding.Kind).Order().Reverse());
        Assert.Equal("445", findings.Single(finding => finding.Kind == FindingKind.UnexpectedTraffic).Ports);
    }

    [Theory]
    [InlineData(Outcome.Refused)]
    [InlineData(Outcome.Unanswered)]
    [InlineData(Outcome.Established)]
    public void A_rule_that_only_a_scan_tried_was_not_tried(Outcome outcome)
    {
        var probe = Of("10.2.0.9:50000 tcp 10.0.0.1:5061").Ending(outcome);
        probe = outcome == Outcome.Established
            ? probe with { Out = new DirectionCounters(3, 198, 0), In = new DirectionCounters(1, 74, 0) }
            : probe;
        var report = BenchThatNeedsSip().Run([.. Vertical("10.2.0.9", 30), probe]);

        var row = report.Rules.Single(rule => rule.Rule.Id == "sip");
        Assert.NotEqual(RuleStatus.Blocked, row.Status);
        Assert.False(row.Status.IsTried());
        Assert.EndsWith("1 probe of port scans went there, which do not count for or against the rule.", row.Reason,
            StringComparison.Ordinal);
        Assert.DoesNotContain(report.Findings,
            finding => finding.Kind is FindingKind.RequiredFlowBlocked or FindingKind.ServiceDown);
        Assert.Equal(31, report.RolePairs.Sum(pair => pair.Flows));
    }

    [Fact]
    public void A_rule_that_others_exercise_or_miss_keeps_its_status()
    {
        var probe = Of("10.2.0.9:50000 tcp 10.0.0.1:5061").Ending(Outcome.Refused);
        var scan = Vertical("10.2.0.9", 30).Append(probe);
        var good = Of("10.2.0.7:50000 tcp 10.0.0.1:5061").Proving("tls", "sip");

        Assert.Equal(RuleStatus.Seen, Bench().Run([.. scan, good]).Rules[0].Status);
        Assert.Equal(RuleStatus.Refused, Bench().Run([.. scan, good.Ending(Outcome.Refused)]).Rules[0].Status);
        Assert.Equal("10.2.0.7", Assert.Single(BenchThatNeedsSip().Run([.. scan, good.Ending(Outcome.Refused)]).Findings
            .Single(finding => finding.Kind == FindingKind.ServiceDown).Originators).Address);
    }

    [Fact]
    public void A_scan_that_an_exception_covers_is_excepted()
    {
        var bench = Bench();
        bench.Site = bench.Site with
        {
            Exceptions =
            [AuditBench.ExceptionOf("EX-1", "client", "any", "0-65535", new DateOnly(2024, 6, 1))]
        };
        Assert.Empty(bench.Run(Vertical("10.2.0.9", 30)).Findings);
    }

    private static AuditBench BenchThatNeedsSip() => new(RuleSample.Required("sip client fe tcp 5061 sip tls"));

    private static ImmutableArray<FlowRecord> Vertical(string from, int ports) =>
        [.. Enumerable.Range(100, ports)
            .Select(port => Of($"{from}:50000 tcp 10.0.0.1:{port}").Ending(Outcome.Refused))];

    private static string Explanation(FlowRecord[] flows) => Assert.Single(Bench().Run(flows).Findings).Explanation;
}
