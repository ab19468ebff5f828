using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

/// <summary>What rows and findings say of those who stepped in between two hosts.</summary>
public sealed class InterventionTests
{
    private const string FeToEdge = "10.0.0.1:50000 tcp 10.1.0.1:5061";
    private const string Sip = "r fe edge tcp 5061 sip any";

    private static FlowRecord Unknown =>
        Reset(Of(FeToEdge), Outcome.Refused, new FlowReset(ResetOrigin.Unknown, false, 64, 0), "TCP RST with TTL 64");

    private static FlowRecord Own => Reset(Of(FeToEdge).At(3), Outcome.Refused,
        new FlowReset(ResetOrigin.Host, false, 63, 63), "TCP RST with the host's usual TTL 63");

    private static FlowRecord Foreign => Reset(Of(FeToEdge).At(5), Outcome.Rejected,
        new FlowReset(ResetOrigin.AnotherDevice, false, 64, 61), "TCP RST with TTL 64 against the host's usual 61");

    /// <summary>What a reason says of the other host of the role.</summary>
    private const string CmsIsSilent = " cms sent no packet at all.";

    private static FlowRecord CutOff =>
        Of(FeToEdge).At(9).Proving("sip") with { Reset = new FlowReset(ResetOrigin.AnotherDevice, false, 64, 61) };

    [Fact]
    public void A_refusal_by_nobody_knows_whom_says_so_in_row_finding_and_remedy()
    {
        var report = new AuditBench(RuleSample.Required(Sip)).Run(Unknown);
        var (row, finding) = (Assert.Single(report.Rules), Assert.Single(report.Findings));

        Assert.Equal(RuleStatus.Refused, row.Status);
        Assert.Equal(
            "1 attempt from fe01 to edge1 was refused in the responder's name (TCP RST with TTL 64 from 10.1.0.1), "
                + "first at 2024-05-01 10:12:03 UTC. For 1 reset it is unknown whether the host sent it or a firewall "
                + "that answers in its name." + CmsIsSilent,
            row.Reason);
        Assert.EndsWith(row.Reason[..^CmsIsSilent.Length], finding.Explanation, StringComparison.Ordinal);
        Assert.StartsWith("If the responder sent the resets, the packets arrive:", finding.Remedy,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, " An ICMP error may have answered 1 attempt: the flow log does not tell.")]
    [InlineData(true, "")]
    public void Of_an_attempt_without_answer_a_log_that_shows_no_icmp_does_not_exclude_one(bool knows, string expected)
    {
        var attempt = Of(FeToEdge) with
        {
            Outcome = Outcome.Unanswered,
            SynCount = 1,
            Log = new LogOrigin(LogSource.Zeek with { KnowsIcmpErrors = knows }, "C1", 9),
        };
        var report = new AuditBench(RuleSample.Required(Sip)).Run(attempt);

        Assert.Equal("1 SYN from fe01 to edge1 stayed unanswered, first at 2024-05-01 10:12:03 UTC." + expected
            + CmsIsSilent, report.Rules[0].Reason);
        Assert.Contains($"stayed unanswered, first at 2024-05-01 10:12:03 UTC.{expected}",
            report.Findings[0].Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_by_the_host_is_said_to_be_its_own()
    {
        var report = new AuditBench(RuleSample.Required(Sip)).Run(Own);

        Assert.Equal("1 attempt from fe01 to edge1 was refused by the responder (TCP RST with the host's usual TTL 63 "
            + "from 10.1.0.1), first at 2024-05-01 10:12:06 UTC." + CmsIsSilent, report.Rules[0].Reason);
        Assert.StartsWith("The packets arrive:", report.Findings[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rejection_in_the_host_s_name_blocks_the_rule()
    {
        var report = new AuditBench(RuleSample.Required(Sip)).Run(Foreign);

        Assert.Equal((RuleStatus.Blocked, FindingKind.RequiredFlowBlocked),
            (report.Rules[0].Status, report.Findings[0].Kind));
        Assert.Equal(
            "1 attempt from fe01 to edge1 was rejected on the way (TCP RST with TTL 64 against the host's usual 61, in "
                + "the name of 10.1.0.1), first at 2024-05-01 10:12:08 UTC. 1 attempt was reset by another device in "
                + "the responder's name: the reset comes from nearer than the host's other packets, and hides the "
                + "device's own address." + CmsIsSilent,
            report.Rules[0].Reason);
        Assert.Equal(1, report.RolePairs[0].Words.Misdropped);
    }

    [Fact]
    public void What_the_host_refused_escaped_and_what_another_device_reset_is_blocked()
    {
        var words = new AuditBench(RuleSample.Required("other fe edge tcp 9 - any")).Run(Unknown, Own, Foreign,
            CutOff).RolePairs[0].Words;

        Assert.Equal((0, 2, 1, 0, 1), (words.Permitted, words.Escaped, words.Blocked, words.Misdropped,
            words.Unanswered));
    }

    [Fact]
    public void A_host_that_prohibits_by_icmp_is_a_firewall_on_the_host()
    {
        var flow = Of(FeToEdge).Ending(Outcome.Rejected) with
        {
            StoppedBy = AddressOf("10.1.0.1"),
            StoppedHow = "ICMP 3/10 host administratively prohibited",
            IcmpReason = IcmpReason.Prohibited
        };
        var report = new AuditBench(RuleSample.Required(Sip)).Run(flow);

        Assert.EndsWith(
            "rejected on the way (ICMP 3/10 host administratively prohibited from 10.1.0.1 itself), first at "
                + "2024-05-01 10:12:03 UTC. 1 attempt was prohibited by the responder's own address: a firewall on the "
                + "host." + CmsIsSilent,
            report.Rules[0].Reason,
            StringComparison.Ordinal);
        Assert.Contains("firewalls between them and on the responder itself", report.Findings[0].Remedy,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IcmpReason.Undeliverable, "is up and has the address")]
    [InlineData(IcmpReason.None, "in the firewalls between them")] // rejected otherwise, by the same router
    public void What_a_router_cannot_deliver_asks_for_the_host_before_the_firewall(IcmpReason other, string remedy)
    {
        var unreachable = Of(FeToEdge).Ending(Outcome.Rejected) with
        {
            StoppedBy = AddressOf("10.0.0.254"),
            StoppedHow = "ICMP 3/1 host unreachable",
            IcmpReason = IcmpReason.Undeliverable
        };
        var report = new AuditBench(RuleSample.Required(Sip)).Run(unreachable, unreachable with { IcmpReason = other },
            unreachable with { Outcome = Outcome.Unanswered, IcmpReason = IcmpReason.None });

        Assert.Contains("could not be delivered, as the ICMP says: no route", report.Findings[0].Explanation,
            StringComparison.Ordinal);
        Assert.Contains(remedy, report.Findings[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_was_cut_off_is_told_and_the_status_stays()
    {
        var row = Assert.Single(new AuditBench(RuleSample.Of(Sip)).Run(CutOff).Rules);

        Assert.Equal(RuleStatus.Seen, row.Status);
        Assert.EndsWith(" 1 flow was cut off by a reset that another device sent (TTL 64 against 61).", row.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_tells_of_connections_that_were_cut_off() => Assert.StartsWith(
        "fe01 opened 1 flow to edge1 on tcp 5061, proved to be sip: 1 passed. 1 flow was cut off by a reset that "
            + "another device sent (TTL 64 against 61). No rule covers",
        Assert.Single(new AuditBench(RuleSample.Of("other fe edge tcp 9 - any")).Run(CutOff).Findings).Explanation,
        StringComparison.Ordinal);

    [Fact]
    public void Proxies_that_answer_for_others_are_told_apart_from_those_nobody_knows()
    {
        var row = Assert.Single(new AuditBench(RuleSample.Of(Sip)).Run(
            Refused(0, 407, RefusalReason.ProxyCredentials, RefusalBasis.ProxyAuthentication),
            Refused(2, 407, RefusalReason.ProxyCredentials, RefusalBasis.ProxyAuthentication),
            Refused(4, 502, RefusalReason.BadGateway, RefusalBasis.GatewayStatus),
            Refused(6, 403, RefusalReason.Forbidden, RefusalBasis.Via)).Rules);

        Assert.Equal(RuleStatus.Seen, row.Status);
        Assert.EndsWith(
            " In 3 flows a proxy or gateway answered instead of the server: HTTP 407 proxy credentials required (it "
                + "asks for credentials of the proxy) in 2, HTTP 502 bad gateway (the sender had asked another server) "
                + "in 1. In 1 flow the first answer was a refusal, by the server or by a proxy in its name: HTTP 403 "
                + "forbidden (it passed a proxy, by its Via field).",
            row.Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_sentence_names_a_few_kinds_of_answers_and_counts_the_rest()
    {
        var tally = new RefusalTally();
        for (var code = 600; code < 608; code++)
            tally.Add(new Refusal("SIP", code, RefusalReason.Declined, RefusalBasis.None, default));

        Assert.Contains("SIP 600 declined in 1, SIP 601 declined in 1, SIP 602 declined in 1, SIP 603 declined in 1, "
            + "SIP 604 declined in 1 and 3 more.", tally.Sentences, StringComparison.Ordinal);
    }

    [Fact]
    public void A_union_says_what_all_flows_say()
    {
        FlowRecord[] flows = [Unknown, Own, Foreign, CutOff,
            CutOff.At(3) with { Reset = new FlowReset(ResetOrigin.AnotherDevice, false, 255, 60) },
            Refused(0, 503, RefusalReason.Unavailable, RefusalBasis.None)];
        var (one, left, right) = (new InterventionTally(), new InterventionTally(), new InterventionTally());
        foreach (var flow in flows)
        {
            one.Add(flow);
            (flow.StartNs % (4 * Second) == 0 ? left : right).Add(flow);
        }

        right.UnionWith(left);
        Assert.Equal((one.OfStops, one.OfConversations, one.UnknownResets),
            (right.OfStops, right.OfConversations, right.UnknownResets));
        Assert.Contains("(TTL 255 against 60, TTL 64 against 61)", one.OfConversations, StringComparison.Ordinal);
    }

    [Fact]
    public void Retries_are_told_beside_the_attempts()
    {
        FlowRecord[] flows = [Of(FeToEdge).Ending(Outcome.Unanswered) with { SynCount = 4 },
            Of("10.0.0.1:50001 tcp 10.1.0.1:5061").Ending(Outcome.Unanswered) with { SynCount = 3 }];

        Assert.StartsWith("7 SYNs in 2 attempts from fe01 to edge1 stayed unanswered",
            new AuditBench(RuleSample.Of(Sip)).Run(flows).Rules[0].Reason, StringComparison.Ordinal);
    }

    private static FlowRecord Reset(FlowRecord flow, Outcome outcome, FlowReset reset,
        string how) => flow.Ending(outcome) with
        {
            Reset = reset,
            StoppedHow = how,
            StoppedBy = outcome == Outcome.Refused ? flow.Responder.Address : null,
        };

    private static FlowRecord Refused(int second, int code, RefusalReason reason, RefusalBasis ground) =>
        Of(FeToEdge).At(second).Proving("sip") with { Refusal = new Refusal("HTTP", code, reason, ground, default) };
}
