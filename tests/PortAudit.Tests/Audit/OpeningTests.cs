using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using Severity = PortAudit.Audit.Findings.Severity;

namespace PortAudit.Tests.Audit;

/// <summary>Who is said to have opened a flow.</summary>
public sealed class OpeningTests
{
    private const string Line = "10.0.0.1:50000 tcp 10.1.0.1:9999";

    [Theory]
    [InlineData(DirectionBasis.Syn, "fe01 opened 1 flow to edge1")]
    [InlineData(DirectionBasis.Payload, "fe01 opened 1 flow to edge1")]
    [InlineData(DirectionBasis.Port, "1 flow between fe01 and edge1")]
    [InlineData(DirectionBasis.FirstPacket, "1 flow between fe01 and edge1")]
    public void Only_packets_prove_that_a_host_opened_a_flow(DirectionBasis basis, string who)
    {
        var finding = Assert.Single(new AuditBench().Run(Of(Line).Basis(basis)).Findings);

        Assert.StartsWith(who, finding.Explanation, StringComparison.Ordinal);
        Assert.Equal(basis, finding.DirectionBasis);
        Assert.Equal(basis < DirectionBasis.Payload,
            finding.Explanation.Contains(" Who opened it is ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DirectionBasis.FirstPacket, Severity.Low)]
    [InlineData(DirectionBasis.Port, Severity.Low)]
    [InlineData(DirectionBasis.Payload, Severity.Medium)]
    public void A_guess_about_a_connection_seen_in_its_middle_is_no_medium_finding(DirectionBasis basis,
        Severity severity)
    {
        var flow = Of(Line).Basis(basis).Ending(Outcome.Midstream) with { SynCount = 0, History = "Dd" };

        Assert.Equal(severity, Assert.Single(new AuditBench().Run(flow).Findings).Severity);
    }

    [Fact]
    public void Who_only_answered_is_said_to_answer()
    {
        var flow = Of("10.0.0.1:50000 udp 10.1.0.1:53").Proving("dns").Basis(DirectionBasis.Payload) with
        {
            Out = default,
            Outcome = Outcome.OneWay,
            History = "d"
        };
        var finding = Assert.Single(new AuditBench().Run(flow).Findings);

        Assert.StartsWith("edge1 answered fe01 in 1 flow on udp 53", finding.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("opened", finding.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("h", DirectionBasis.SynAck, 0, 1)] // a SYN-ACK that nobody asked for
    [InlineData("hR", DirectionBasis.SynAck, 1, 1)] // and its reset
    [InlineData("R", DirectionBasis.FirstPacket, 1, 0)] // a reset alone
    public void Backscatter_opens_nothing_and_exercises_no_rule(string history, DirectionBasis basis, int sent,
        int received)
    {
        var flow = Of("10.1.0.1:50000 tcp 198.51.100.9:80").Basis(basis) with
        {
            History = history,
            SynCount = 0,
            Outcome = sent > 0 && received > 0 ? Outcome.HalfOpen : Outcome.OneWay,
            Out = new DirectionCounters(sent, 54 * sent, 0),
            In = new DirectionCounters(received, 58 * received, 0),
        };
        var report = new AuditBench(RuleSample.Of("r edge any tcp 80 http any")).Run(flow);

        Assert.Equal(FindingKind.NothingJudged, Assert.Single(report.Findings).Kind);
        Assert.Equal(0, Assert.Single(report.Rules).Flows);
        Assert.Equal(Verdict.Background, Assert.Single(Assert.Single(report.RolePairs).Verdicts).Key);
    }

    [Fact]
    public void An_answer_from_another_port_belongs_to_the_flow_of_its_request()
    {
        var request = Of("10.0.0.1:5060 udp 10.1.0.1:5060").Proving("sip");
        var answer = Of("10.0.0.1:5060 udp 10.1.0.1:33412").Proving("sip") with { RequestedAt = request.Responder };
        var report = new AuditBench(RuleSample.Of("r fe edge udp 5060 sip any")).Run(request, answer);

        Assert.Empty(report.Findings);
        Assert.Equal(1, Assert.Single(report.Rules).Flows);
    }
}
