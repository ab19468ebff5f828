using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

/// <summary>What is reported of conversations that the network carried in part.</summary>
public sealed class ConversationFindingTests
{
    private static readonly FrameReference Frame = new(0, 7);
    private static readonly FlowRecord Sip = Of("10.0.0.1:50000 tcp 10.1.0.1:5061");

    private static readonly FlowRecord HalfOpen = Sip.Ending(Outcome.HalfOpen) with
    {
        History = "ShT",
        SynCount = 3,
        Out = new DirectionCounters(3, 180, 0),
        In = new DirectionCounters(3, 180, 0)
    };

    [Fact]
    public void A_handshake_that_is_never_completed_is_a_finding_and_exercises_no_rule()
    {
        var report = Bench().Run(HalfOpen);
        var finding = Assert.Single(report.Findings);

        Assert.Equal((FindingKind.HandshakeIncomplete, Severity.Medium), (finding.Kind, finding.Severity));
        Assert.Contains("3 SYN-ACKs came back", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("the return path fails", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("Compare the route from edge1 back to fe01", finding.Remedy, StringComparison.Ordinal);
        Assert.Equal(RuleStatus.Blocked, Assert.Single(report.Rules).Status);
    }

    [Fact]
    public void SYNs_before_the_answer_do_not_show_that_it_was_lost()
    {
        var finding = Assert.Single(Bench().Run(HalfOpen with
        {
            History = "Shr",
            In = new DirectionCounters(4, 240, 0) // the responder gives up by a reset
        }).Findings);

        Assert.Contains("3 SYN-ACKs came back", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("The SYN was not sent again after it", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handshake_of_a_required_flow_is_one_grave_finding()
    {
        var finding = Assert.Single(Bench(Need.Required).Run(HalfOpen).Findings);

        Assert.Equal((FindingKind.HandshakeIncomplete, Severity.High), (finding.Kind, finding.Severity));
    }

    [Theory]
    [InlineData("ShR", 1, 1)] // the originator got the answer and wanted no more
    [InlineData("Sh", 1, 1)] // only the third packet may have been missed
    [InlineData("Shr", 1, 2)] // the responder changed its mind
    [InlineData("Sh", 7, 1)] // the SYNs were lost on the way there, and the capture ends
    public void A_port_test_and_a_packet_that_was_missed_are_no_finding(string history, int syns, int answers)
    {
        var report = Bench().Run(HalfOpen with
        {
            History = history,
            SynCount = syns,
            In = new DirectionCounters(answers, 60 * answers, 0)
        });

        Assert.Empty(report.Findings);
        Assert.False(Assert.Single(report.Rules).Status.IsExercised());
    }

    [Fact]
    public void A_flood_of_forged_senders_is_one_minor_finding()
    {
        var bench = new AuditBench(RuleSample.Of("r client edge tcp 5061 sip any"));
        var flood = Enumerable.Range(1, 60).Select(i => Of($"10.2.7.{i}:50000 tcp 10.1.0.1:5061")
            .Ending(Outcome.HalfOpen) with
        { History = "Sh", In = new DirectionCounters(3, 180, 0) });
        var finding = Assert.Single(bench.Run(flood).Findings);

        Assert.Equal((FindingKind.HandshakeIncomplete, Severity.Low, 60L),
            (finding.Kind, finding.Severity, finding.Flows));
        Assert.Contains("SYN flood", finding.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null, "nothing came back")]
    [InlineData(true, ResetOrigin.AnotherDevice, "reset by another device")]
    [InlineData(true, ResetOrigin.Unknown, "nothing shows whether by the host")]
    public void A_session_that_dies_after_idle_is_reported_with_its_time(bool wasReset, ResetOrigin? origin, string how)
    {
        var finding = Assert.Single(Bench().Run(Idle(wasReset, origin)).Findings);

        Assert.Equal((FindingKind.SessionLostIdle, Severity.Medium), (finding.Kind, finding.Severity));
        Assert.Contains("Sessions die after idle", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("for 1799 s", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains(how, finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("keep-alives", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_that_the_host_itself_reset_is_told_with_the_rule_alone()
    {
        var report = Bench().Run(Idle(wasReset: true, ResetOrigin.Host));

        Assert.Empty(report.Findings);
        Assert.Contains("no longer worked after 1799 s", Assert.Single(report.Rules).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Full_size_segments_that_are_lost_are_reported_with_their_size_and_qualify_the_rule()
    {
        var report = Bench().Run(Sip with { LostData = new LostData(true, 1_388, 6, true, false, false, Frame) });
        var finding = Assert.Single(report.Findings);

        Assert.Equal(FindingKind.LargePacketsLost, finding.Kind);
        Assert.Contains("1388 bytes were sent 6 times", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("through to fe01", finding.Remedy, StringComparison.Ordinal);
        Assert.Contains("never acknowledged", Assert.Single(report.Rules).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Small_segments_that_are_lost_are_told_with_the_rule_alone()
    {
        var report = Bench().Run(Sip with { LostData = new LostData(true, 217, 7, false, true, false, Frame) });

        Assert.Empty(report.Findings);
        Assert.Contains("data was sent 7 times and never acknowledged (217 bytes a segment)",
            Assert.Single(report.Rules).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reset_at_the_first_data_is_told_with_the_rule()
    {
        var report = Bench().Run(Sip with
        {
            In = new DirectionCounters(2, 120, 0),
            Reset = new FlowReset(ResetOrigin.Host, false, 61, 61)
        });

        Assert.Contains("at the originator's first data", Assert.Single(report.Rules).Reason,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Outcome.Unanswered, Severity.Medium)]
    [InlineData(Outcome.Established, Severity.Low)]
    public void First_fragments_without_the_rest_are_reported(Outcome outcome, Severity severity)
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge udp 1812 - any"));
        var whole = Of("10.0.0.1:50000 udp 10.1.0.1:1812").Ending(outcome);
        var flow = whole with { FragmentLoss = new FragmentLoss(true, 4) };
        var finding = bench.Run(flow).Findings.Single(finding => finding.Kind == FindingKind.FragmentsLost);

        Assert.Equal(severity, finding.Severity);
        Assert.Contains("fe01 sent 4 datagrams in fragments", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Conversations_out_of_scope_are_no_finding() =>
        Assert.Equal(FindingKind.NothingJudged, Assert.Single(Bench().Run(
            Of("198.51.100.1:50000 tcp 198.51.100.2:5061") with { SessionLoss = Loss(false) }).Findings).Kind);

    private static FlowRecord Idle(bool wasReset, ResetOrigin? origin) => Sip with
    {
        SessionLoss = Loss(wasReset),
        Reset = origin is { } known ? new FlowReset(known, false, 255, 61) : null,
    };

    private static SessionLoss Loss(bool wasReset) => new(true, 1_799 * Second, 6, wasReset, Frame);

    private static AuditBench Bench(Need need = Need.Optional) =>
        new(RuleSample.Of("r fe edge tcp 5061 sip any") with { Need = need });
}
