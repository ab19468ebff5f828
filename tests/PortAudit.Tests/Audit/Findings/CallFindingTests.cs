using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Findings;

/// <summary>Calls of ICE: some flows each, ports of their own, one cause.</summary>
public sealed class CallFindingTests
{
    private static readonly FlowRecord[] Call =
    [
        Check("203.0.113.9:16332 udp 10.0.0.1:50016") with { Protocol = "rtp", Service = null, StartedAs = "stun" },
        Check("203.0.113.9:16333 udp 10.0.0.1:50036"),
        Check("198.51.100.7:3479 udp 10.0.0.1:50016"),
        Check("10.0.0.1:50036 udp 203.0.113.9:16335"),
        Check("10.0.0.1:50016 udp 10.2.0.4:50005").Ending(Outcome.Unanswered),
    ];

    [Fact]
    public void A_call_is_one_finding_whoever_checked_first()
    {
        var finding = Assert.Single(new AuditBench().Run(Call).Findings);

        Assert.Equal((FindingKind.UnexpectedTraffic, Severity.Medium, 5L),
            (finding.Kind, finding.Severity, finding.Flows));
        Assert.Equal("fe", finding.FromRole);
        Assert.Equal(["10.0.0.1"], finding.Originators.Select(host => host.Address));
        Assert.Equal(["10.2.0.4", "198.51.100.7", "203.0.113.9"], finding.Responders.Select(host => host.Address));
        Assert.Contains("4 passed, 1 unanswered", finding.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("opened 1", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void The_remedy_for_a_call_opens_no_port_of_it()
    {
        var remedy = Assert.Single(new AuditBench().Run(Call).Findings).Remedy;

        Assert.Contains("range of media ports", remedy, StringComparison.Ordinal);
        Assert.Contains("Open no port towards fe01", remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("for udp", remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Checks_at_the_port_of_a_service_have_a_finding_of_that_service()
    {
        var finding = Assert.Single(new AuditBench().Run(Check("10.0.0.1:50016 udp 203.0.113.9:3478")).Findings);

        Assert.Contains("for udp 3478", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_for_a_relay_covers_the_relay_that_checks_first()
    {
        var bench = new AuditBench(RuleSample.Of("relay fe any udp 3478-3481 stun any"));

        Assert.Equal(Verdict.Expected, bench.Judge(Check("198.51.100.7:3479 udp 10.0.0.1:50016")).Verdict);
    }

    [Fact]
    public void The_remedy_for_media_names_the_range_that_is_set()
    {
        var flow = Of("10.0.0.1:50016 udp 203.0.113.9:16332").Proving("rtp");

        Assert.Contains("range of media ports", Assert.Single(new AuditBench().Run(flow).Findings).Remedy,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_resets_answer_has_not_passed()
    {
        var flow = Of("10.0.0.1:50000 tcp 203.0.113.9:443").Proving("tls").Basis(DirectionBasis.Port) with
        {
            History = "dR",
            SynCount = 0,
            Outcome = Outcome.Midstream,
            Out = new DirectionCounters(2, 100, 0),
        };
        var text = Assert.Single(new AuditBench().Run(flow).Findings).Explanation;

        Assert.Contains(": 1 where one side sent nothing but resets.", text, StringComparison.Ordinal);
        Assert.Contains("Of 1 flow nothing proves whether it arrived.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("passed", text, StringComparison.Ordinal);
    }

    private static FlowRecord Check(string line) => Of(line) with
    {
        DirectionBasis = DirectionBasis.Payload,
        Protocol = "stun",
        ProtocolBasis = IdentificationBasis.Payload,
        Service = "ice",
        ServiceBasis = IdentificationBasis.Payload,
    };
}
