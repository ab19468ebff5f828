using PortAudit.Audit.Findings;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Findings;

public sealed class FindingOrderTests
{
    [Fact]
    public void Remote_control_and_unknown_bytes_stand_before_browsing()
    {
        var findings = Findings(
            Flow("10.0.0.1:50000 tcp 203.0.113.7:443").Proving("tls"),
            Flow("10.0.0.1:50001 tcp 203.0.113.8:4444", 900_000),
            Flow("10.0.0.1:50002 tcp 203.0.113.9:5901"),
            Flow("10.0.0.1:50003 tcp 203.0.113.9:2222").Proving("x11"),
            Flow("10.0.0.1:50004 tcp 203.0.113.9:1863").Proving("msnms"),
            Flow("10.0.0.1:50005 tcp 203.0.113.9:9000", 1_000));

        Assert.Equal(["2222", "5901", "4444", "9000", "1863", "443"], findings.Select(finding => finding.Ports));
    }

    [Fact]
    public void An_unusual_service_is_not_merged_with_many_others()
    {
        FlowRecord[] flows =
        [
            .. Enumerable.Range(0, ServiceGroups.MaximumServices * 2).Select(i =>
                Flow($"10.0.0.1:5{i:D4} tcp 203.0.113.{i}:{8000 + i}").Proving("http")),
            Flow("10.0.0.1:60000 tcp 198.51.100.9:4444", 5_000_000),
            Flow("10.0.0.1:60001 tcp 198.51.100.9:5900"),
        ];
        var findings = Findings(flows);

        Assert.Equal(["5900", "4444"], findings.Take(2).Select(finding => finding.Ports));
        Assert.Equal(3, findings.Count);
        Assert.Equal(flows.Length, findings.Sum(finding => finding.Flows));
        Assert.Equal(findings.Select(finding => finding.Id), Findings([.. flows.Reverse()])
            .Select(finding => finding.Id));
    }

    [Fact]
    public void Remote_control_stays_apart_however_many_services_there_are()
    {
        var findings = Findings([
            .. Enumerable.Range(0, ServiceGroups.MaximumKept * 2).Select(i =>
                Flow($"10.0.0.1:5{i:D4} tcp 203.0.113.{i}:{8000 + i}")),
            Flow("10.0.0.1:60001 tcp 198.51.100.9:5900"),
        ]);

        Assert.Equal(2, findings.Count);
        Assert.Equal("5900", findings[0].Ports);
    }

    [Fact]
    public void A_headline_names_hosts_service_and_volume()
    {
        var one = Findings(Flow("10.0.0.1:50002 tcp 203.0.113.9:5901", 1_500));
        Assert.Equal("unexpected-traffic: fe01 to 203.0.113.9, tcp 5901 vnc?, 3.0 kB",
            FindingHeadline.Of(Assert.Single(one)));

        var many = Findings([.. Enumerable.Range(1, 17).Select(i =>
            Flow($"10.2.0.{i}:50002 tcp 203.0.113.9:80", 1_000).Proving("http"))]);
        Assert.Equal("unexpected-traffic: 17 clients to 203.0.113.9, tcp 80 http, 34.0 kB",
            FindingHeadline.Of(Assert.Single(many)));
    }

    [Theory]
    [InlineData("http,smtp,tls", "tcp 443 http,smtp,tls")]
    [InlineData("http,imap,smtp,tls", "tcp 443 4 protocols")]
    public void A_headline_counts_protocols_where_there_are_many(string protocols, string service)
    {
        var finding = Findings(Flow("10.0.0.1:50002 tcp 203.0.113.9:443"))[0] with { Protocol = protocols };

        Assert.Equal(service, FindingHeadline.Service(finding));
    }

    [Fact]
    public void A_headline_names_the_control_of_hosts_inside_another_protocol()
    {
        var remote = Flow("10.0.0.1:50002 tcp 10.0.0.3:5985").Proving("http") with
        {
            Service = "winrm",
            ServiceBasis = IdentificationBasis.Payload,
        };

        Assert.Equal("remote-administration: fe01 to db01, tcp 5985 winrm, 600 B",
            FindingHeadline.Of(Assert.Single(new AuditBench().Run(remote).Findings)));
    }

    [Fact]
    public void The_severity_is_explained_in_a_clause()
    {
        var passed = Assert.Single(Findings(Flow("10.0.0.1:50002 tcp 203.0.113.9:5901")));
        var stopped = Assert.Single(Findings(
            Flow("10.0.0.1:50002 tcp 203.0.113.9:5901").Ending(Outcome.Rejected)));

        Assert.Equal((Severity.Medium, "it arrived, and no rule allows it"),
            (passed.Severity, SeverityReason.Of(passed)));
        Assert.Equal((Severity.Info, "nothing shows that it arrived"),
            (stopped.Severity, SeverityReason.Of(stopped)));
    }

    [Fact]
    public void What_was_met_in_its_middle_is_lower_for_that_and_not_for_want_of_arrival()
    {
        var met = Assert.Single(Findings(Flow("10.0.0.1:50002 tcp 203.0.113.9:8090").Ending(Outcome.Midstream) with
        {
            DirectionBasis = DirectionBasis.FirstPacket,
            SynCount = 0,
        }));

        Assert.Equal((Severity.Low, "who opened it is a guess: its start was not captured"),
            (met.Severity, SeverityReason.Of(met)));
    }

    [Fact]
    public void Every_kind_has_a_reason_for_its_severity() =>
        Assert.All(FindingKindRow.All, row => Assert.NotEqual("", row.Why));

    private static FlowRecord Flow(string line, long bytes = 300) =>
        Of(line) with { Out = new DirectionCounters(3, bytes, 30), In = new DirectionCounters(2, bytes, 20) };

    private static List<Finding> Findings(params FlowRecord[] flows) =>
        [.. new AuditBench().Run(flows).Findings.Where(finding => finding.Kind == FindingKind.UnexpectedTraffic)];
}
