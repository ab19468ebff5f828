using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class RolePairTests
{
    [Theory]
    [InlineData(5061, Outcome.Established, 1, 0, 0, 0, 0)]
    [InlineData(5061, Outcome.OneWay, 1, 0, 0, 0, 0)]
    [InlineData(5061, Outcome.Refused, 1, 0, 0, 0, 0)]
    [InlineData(9, Outcome.Midstream, 0, 1, 0, 0, 0)]
    [InlineData(9, Outcome.Refused, 0, 1, 0, 0, 0)]
    [InlineData(9, Outcome.Rejected, 0, 0, 1, 0, 0)]
    [InlineData(5061, Outcome.Rejected, 0, 0, 0, 1, 0)]
    [InlineData(5061, Outcome.Unanswered, 0, 0, 0, 0, 1)]
    [InlineData(9, Outcome.Unanswered, 0, 0, 0, 0, 1)]
    [InlineData(5061, Outcome.Undecided, 0, 0, 0, 0, 1)]
    [InlineData(9, Outcome.Undecided, 0, 0, 0, 0, 1)]
    public void Verdict_and_reach_together_give_the_five_words(int port, Outcome outcome, long permitted,
        long escaped, long blocked, long misdropped, long unanswered)
    {
        var report = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Run(
            Of($"10.0.0.1:50000 tcp 10.1.0.1:{port}").Ending(outcome));

        Assert.Equal(new DispositionCounts(permitted, escaped, blocked, misdropped, unanswered),
            Assert.Single(report.RolePairs).Words);
    }

    [Theory]
    [InlineData("socks", "http", null, "http via socks", "socks")]
    [InlineData("http", "tls", "http", "tls/http via http", "http")]
    [InlineData("http", "tls", null, "tls via http", "http")]
    [InlineData("smtp", "tls", "smtp", "tls/smtp", "tls")]
    public void What_a_proxy_was_asked_for_is_told_with_the_proxy(string began, string protocol, string? service,
        string name, string shown)
    {
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:1080").Proving(protocol, service) with { StartedAs = began };
        var report = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip any")).Run(flow);
        var finding = Assert.Single(report.Findings);

        Assert.Equal([name], Assert.Single(report.RolePairs).Services.AsEnumerable());
        Assert.Equal(shown, finding.Protocol);
        Assert.Equal(flow.Proxy() is not null, finding.Explanation.Contains($" through a proxy ({began}): ",
            StringComparison.Ordinal));
    }

    [Fact]
    public void Tls_within_a_connection_of_http_is_asked_of_no_proxy()
    {
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:80").Proving("tls", "http") with
        {
            StartedAs = "http",
            ServiceBasis = IdentificationBasis.Payload,
        };

        Assert.Null(flow.Proxy());
    }

    [Theory]
    [InlineData(Replies.None, "udp", Outcome.Unanswered, 1, 0, 0)]
    [InlineData(Replies.OtherPort, "udp", Outcome.Unanswered, 1, 0, 0)]
    [InlineData(Replies.None, "udp", Outcome.Undecided, 1, 0, 0)]
    [InlineData(Replies.None, "udp", Outcome.Rejected, 0, 1, 0)]
    [InlineData(Replies.None, "tcp", Outcome.Unanswered, 0, 0, 1)]
    [InlineData(Replies.Expected, "udp", Outcome.Unanswered, 0, 0, 1)]
    public void A_service_that_gives_no_answer_is_not_stopped_by_silence(Replies replies, string transport,
        Outcome outcome, long permitted, long misdropped, long unanswered)
    {
        var rule = RuleSample.Of($"log fe edge {transport} 514 - any") with { Replies = replies };
        var pair = Assert.Single(new AuditBench(rule).Run(Of($"10.0.0.1:50000 {transport} 10.1.0.1:514")
            .Ending(outcome)).RolePairs);

        Assert.Equal(new DispositionCounts(permitted, 0, 0, misdropped, unanswered), pair.Words);
        Assert.Equal(outcome, Assert.Single(pair.Outcomes).Key);
    }

    [Theory]
    [InlineData(IdentificationBasis.Payload, IdentificationBasis.Payload, "tls/sip")]
    [InlineData(IdentificationBasis.Payload, IdentificationBasis.Port, "tls/sip?")]
    [InlineData(IdentificationBasis.Port, IdentificationBasis.Port, "tls?/sip?")]
    public void A_name_that_the_port_alone_says_is_marked(IdentificationBasis protocol, IdentificationBasis service,
        string name)
    {
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("tls", "sip")
            with
        { ProtocolBasis = protocol, ServiceBasis = service };

        Assert.Equal([name], Assert.Single(
            new AuditBench(RuleSample.Of("r fe edge tcp 9 - any")).Run(flow).RolePairs).Services.AsEnumerable());
    }

    [Fact]
    public void A_service_alone_and_no_name_at_all_are_listed_as_they_are()
    {
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:5061");
        var pair = Assert.Single(new AuditBench(RuleSample.Of("r fe edge tcp 9 - any")).Run(flow,
            flow with { Service = "sip", ServiceBasis = IdentificationBasis.Port }).RolePairs);

        Assert.Equal(["sip?"], pair.Services.AsEnumerable());
    }

    [Fact]
    public void Media_that_nobody_answers_are_not_stopped_by_silence()
    {
        var bench =
            new AuditBench(RuleSample.Of("media fe edge udp 49152-65535 rtp any") with { AnnouncedBy = ["sip"] });
        var media = Of("10.0.0.1:50000 udp 10.1.0.1:50002").Proving("rtp").Announced(1, "sip", "audio");

        Assert.Equal(new DispositionCounts(0, 0, 0, 1, 1), Assert.Single(bench.Run(media.Ending(Outcome.Unanswered),
            media.At(9).Ending(Outcome.Rejected)).RolePairs).Words);
    }

    [Fact]
    public void A_check_of_ice_that_failed_is_unanswered()
    {
        var check = Of("10.0.0.1:50000 udp 10.1.0.1:3478").Proving("stun", "ice")
            with
        { ServiceBasis = IdentificationBasis.Payload };

        Assert.Equal(new DispositionCounts(0, 0, 0, 0, 1),
            Assert.Single(new AuditBench(RuleSample.Of("ice fe edge udp 3478 stun any")).Run(
            check.Ending(Outcome.Unanswered)).RolePairs).Words);
    }

    [Fact]
    public void Background_and_flows_out_of_scope_are_counted_and_get_no_word()
    {
        var report = new AuditBench().Run(Of("10.0.0.1:138 udp 255.255.255.255:138"), Of("8.8.8.8:1 udp 9.9.9.9:2"));

        Assert.Equal(2, report.FlowsJudged);
        Assert.Equal(2, report.RolePairs.Sum(pair => pair.Flows));
        Assert.All(report.RolePairs, pair => Assert.Equal(default, pair.Words));
        Assert.Equal(FindingKind.NothingJudged, Assert.Single(report.Findings).Kind);
    }

    [Fact]
    public void A_pair_of_roles_adds_up_its_flows()
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip tls"));
        var pair = Assert.Single(bench.Run(
            Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("tls"),
            Of("10.0.0.1:50001 tcp 10.1.0.1:5061").Ending(Outcome.Unanswered),
            Of("10.0.0.1:50002 tcp 10.1.0.1:22").Proving("ssh")).RolePairs);

        Assert.Equal(("fe", "edge", 3L, 1_300L), (pair.From, pair.To, pair.Flows, pair.Bytes));
        Assert.Equal([KeyValuePair.Create(Verdict.ExpectedByPort, 2L), KeyValuePair.Create(Verdict.Unexpected, 1L)],
            pair.Verdicts.AsEnumerable());
        Assert.Equal([KeyValuePair.Create(Outcome.Established, 2L), KeyValuePair.Create(Outcome.Unanswered, 1L)],
            pair.Outcomes.AsEnumerable());
        Assert.Equal(["ssh", "tls/sip?"], pair.Services.AsEnumerable());
    }

    [Fact]
    public void Hosts_are_seen_when_they_sent_something()
    {
        var report = new AuditBench().Run(
            Of("10.2.0.7:50000 tcp 10.1.0.1:80").Ending(Outcome.Unanswered),
            Of("10.2.0.7:50001 tcp 10.0.0.1:80").At(9),
            Of("10.2.0.9:1 udp 10.2.0.7:2").Ending(Outcome.Unanswered) with { Out = default },
            Of("8.8.8.8:1 udp 10.0.0.3:53"));

        Assert.Equal(["cms 0", "db01 1", "edge1 0", "fe01 1", " 2"],
            report.Hosts.Select(host => $"{host.Name} {host.Flows}"));
        Assert.Equal((Start, Start + (10 * Second)), (report.Hosts[4].FirstSeenNs, report.Hosts[4].LastSeenNs));
        Assert.Equal("10.2.0.7", Assert.Single(report.Hosts[4].Addresses));
        Assert.Null(report.Hosts[2].FirstSeenNs);
    }
}
