using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Dynamic;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.AnnouncementSample;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class DynamicPortTests
{
    private static readonly Rule Rpc =
        RuleSample.Of("rpc fe dc tcp 1024-65535 dcerpc any") with { AnnouncedBy = ["dcerpc"] };

    [Fact]
    public void A_row_tells_how_much_is_explained_and_by_which_grade()
    {
        var row = Single(
            Flow(49152).Announced(1, service: "netlogon"),
            Flow(49153).Announced(2, service: "samr", grade: AnnouncementGrade.ToAnotherClient),
            Flow(49154).Announced(3, service: "drsuapi", grade: AnnouncementGrade.OnPortItself),
            Flow(50000));

        Assert.Equal(("fe", "dc", "rpc", "tcp", "1024-65535"),
            (row.From, row.To, row.Rule!.Id, row.Transport, row.Range));
        Assert.Equal(4, row.Flows);
        Assert.Equal(1, row.Unexplained);
        Assert.Equal("ToThisClient 1, ToAnotherClient 1, OnPortItself 1",
            string.Join(", ", row.Explained.Select(entry => $"{entry.Key} {entry.Value}")));
    }

    [Fact]
    public void A_log_that_tells_no_announcements_leaves_a_port_of_the_range_open()
    {
        var logged = Flow(50000) with { Log = new LogOrigin(LogSource.Zeek, "C1", 17) };
        var report = new AuditBench(Rpc with { Need = Need.Required }).Run(logged, Flow(50001));

        var row = Assert.Single(report.DynamicPorts);
        Assert.Equal((2L, 1L, 1L), (row.Flows, row.Unexplained, row.NotObservable));
        Assert.Equal(Verdict.UnobservableDynamic, new AuditBench(Rpc).Judge(logged).Verdict);
        Assert.Contains(report.Coverage.CannotSay, sentence =>
            sentence.StartsWith("1 flow of logs lies in dynamic ranges", StringComparison.Ordinal));
        Assert.Equal(1, Assert.Single(report.Findings, finding =>
            finding.Kind == FindingKind.UnexplainedDynamicPort).Flows);
        Assert.DoesNotContain(report.Findings, finding => finding.Kind == FindingKind.RequiredFlowNeverSeen);
    }

    [Fact]
    public void Services_have_their_flows_ports_and_the_frame_that_announced_them_first()
    {
        var row = Single(Flow(49153).Announced(9, service: "samr").At(5), Flow(49152).Announced(4, service: "samr"),
            Flow(49152).Announced(7, service: "netlogon"));

        Assert.Equal(["netlogon 49152 1 #7", "samr 49152-49153 2 #4"], row.Services.Select(service =>
            $"{service.Name} {string.Join(',', service.Ports)} {service.Flows} #{service.Frame.Number}"));
    }

    [Fact]
    public void The_narrowest_range_holds_what_was_announced_whether_or_not_it_was_used()
    {
        var used = Flow(49153).Announced(1, service: "samr");
        var unused = Of(Flow(49160), 2, "dcerpc", "netlogon");
        var row = Rows([UseOf(used), Use(unused, 0)], used).Single();

        Assert.Equal("49153,49160", string.Join(',', row.Announced));
        Assert.Equal("49153-49160", row.Narrowest.ToString());
        Assert.NotNull(row.Warning);
    }

    [Fact]
    public void A_range_with_room_for_DCOM_needs_no_warning()
    {
        var (first, last) = (Flow(49152).Announced(1), Flow(49171).Announced(2));

        Assert.Null(Rows([UseOf(first), UseOf(last)], first, last).Single().Warning);
    }

    [Fact]
    public void A_firewall_that_opens_ports_by_itself_must_wait_for_the_slowest_client()
    {
        var (one, other) = (Flow(49152).Announced(1), Flow(49153).Announced(2));
        var hole = Rows([UseOf(one, 2, waitSeconds: 3, pauseSeconds: 600), UseOf(other, 1, waitSeconds: 40)], one,
            other).Single().Pinholes.Single();

        Assert.Equal(new Pinhole("dcerpc", 2, 40 * Second, 600 * Second), hole);
    }

    [Fact]
    public void The_documents_advice_for_the_rules_stands_beside_the_range()
    {
        var bench = new AuditBench(Rpc)
        {
            Advice =
            [new Advice("pin", ["rpc"], "Fix the port.", ["KB 1"], new SourceReference("d", "s", [1]))]
        };

        Assert.Equal("pin", bench.Run(Flow(49152).Announced(1)).DynamicPorts.Single().Advice.Single().Id);
    }

    [Fact]
    public void What_was_announced_without_a_rule_is_shown_and_is_unexpected_all_the_same()
    {
        var report = new AuditBench().Run(Flow(49152).Announced(1, service: "samr"));

        Assert.Null(report.DynamicPorts.Single().Rule);
        var finding = report.Findings.Single(finding => finding.Kind == FindingKind.UnexpectedTraffic);
        Assert.Contains("were announced: samr by dcerpc", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_announced_port_that_is_stopped_on_the_way_is_a_finding_with_the_frame_that_announced_it()
    {
        var flow = Flow(49152).Announced(400, service: "netlogon").Ending(Outcome.Unanswered);
        var finding = new AuditBench(Rpc).Run(flow).Findings
            .Single(finding => finding.Kind == FindingKind.AnnouncedPortBlocked);

        Assert.Equal(Severity.High, finding.Severity);
        Assert.Equal("rpc", finding.Rule!.Id);
        Assert.Contains("netlogon by dcerpc", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains(400, finding.Evidence.Frames.Single().Numbers);
        Assert.Contains("49152", finding.Evidence.Filter, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Outcome.Established, AnnouncementGrade.ToThisClient, null)]
    [InlineData(Outcome.Refused, AnnouncementGrade.ToThisClient, null)]
    [InlineData(Outcome.Unanswered, AnnouncementGrade.ToAnotherClient, null)]
    [InlineData(Outcome.Rejected, AnnouncementGrade.ToThisClient, "stun")]
    public void Nothing_else_counts_as_an_announced_port_that_is_stopped(Outcome outcome, AnnouncementGrade grade,
        string? protocol)
    {
        var flow = protocol is null
            ? Flow(49152)
            : Flow(49152).Proving(protocol, "ice") with { ServiceBasis = IdentificationBasis.Payload };
        var report = new AuditBench(Rpc).Run(flow.Announced(1, grade: grade).Ending(outcome));

        Assert.DoesNotContain(report.Findings, finding => finding.Kind == FindingKind.AnnouncedPortBlocked);
    }

    [Theory]
    [InlineData("10.2.0.7:50000 udp 10.1.0.1:32773", Outcome.Unanswered, false)] // datagrams need no answer
    [InlineData("10.2.0.7:50000 udp 10.1.0.1:32773", Outcome.Rejected, true)]
    [InlineData("10.2.0.7:50000 tcp 10.1.0.1:32773", Outcome.Unanswered, true)]
    [InlineData("203.0.113.5:50000 tcp 10.1.0.1:32773", Outcome.Unanswered, false)] // what else is a firewall for
    [InlineData("203.0.113.5:50000 udp 10.1.0.1:32773", Outcome.Rejected, false)]
    public void Without_a_rule_nobody_misses_datagrams_into_silence_or_what_the_Internet_tries(string line,
        Outcome outcome, bool isFinding) =>
        Assert.Equal(isFinding, new AuditBench().Run(Of(line).Announced("sadmind").Ending(outcome)).Findings
            .Any(finding => finding.Kind == FindingKind.AnnouncedPortBlocked));

    [Theory]
    [InlineData("rtp", "audio", Outcome.Unanswered, false)]
    [InlineData("rtcp", null, Outcome.Unanswered, false)]
    [InlineData("rtp", "audio", Outcome.Rejected, true)]
    [InlineData("dtls", "audio", Outcome.Unanswered, true)] // a handshake wants an answer
    [InlineData(null, "image", Outcome.Unanswered, false)] // a fax over UDPTL, which has no name in the registry
    [InlineData(null, "application", Outcome.Unanswered, true)]
    public void Silence_stops_no_announced_media(string? protocol, string? service, Outcome outcome, bool isFinding)
    {
        var flow = Of("10.0.0.1:50000 udp 10.1.0.1:50002");
        var announcement = Of(flow, 1, "sip", service) with { Protocol = protocol };
        var media = flow with
        {
            Protocol = protocol,
            ProtocolBasis = protocol is null ? IdentificationBasis.None : IdentificationBasis.Announced,
            Service = service,
            ServiceBasis = IdentificationBasis.Announced,
            Announcement = new AnnouncementMatch(announcement, AnnouncementGrade.ToThisClient),
        };
        var rule = RuleSample.Of("media fe edge udp 49152-65535 - any") with { AnnouncedBy = ["sip"] };

        Assert.Equal(isFinding, new AuditBench(rule).Run(media.Ending(outcome)).Findings
            .Any(finding => finding.Kind == FindingKind.AnnouncedPortBlocked));
    }

    [Fact]
    public void Ports_that_nobody_contacted_are_one_finding_for_a_pair_of_roles_with_their_frames()
    {
        var (one, other) = (Of(Flow(49152), 10, "dcerpc", "samr"), Of(Flow(49153), 11, "dcerpc", "netlogon"));
        var finding = Report([Use(one, 0), Use(other, 0)]).Findings
            .Single(finding => finding.Kind != FindingKind.NothingJudged);

        Assert.Equal((FindingKind.AnnouncedPortUnused, Severity.Info, "fe", "db", "49152-49153"),
            (finding.Kind, finding.Severity, finding.FromRole, finding.ToRole, finding.Ports));
        Assert.Equal("10 11", string.Join(' ', finding.Evidence.Frames.Single().Numbers));
        Assert.Contains("netlogon on tcp 49153, samr on tcp 49152", finding.Explanation, StringComparison.Ordinal);
        Assert.Equal(["10.0.0.1"], finding.Originators.Select(host => host.Address));
    }

    [Fact]
    public void Candidates_binds_and_announcements_between_strangers_are_not_missed()
    {
        var announcement = Of(Flow(49152), 10, "sip", "audio");
        var strangers = Of(FlowSample.Of("192.0.2.1:50000 udp 192.0.2.2:40000"), 11, "sip", "audio");

        Assert.DoesNotContain(Report([Use(announcement with { IsCandidate = true }, 0),
            Use(announcement with { IsOnPortItself = true }, 0), Use(strangers, 0)]).Findings,
            finding => finding.Kind != FindingKind.NothingJudged);
    }

    [Fact]
    public void An_answer_from_another_port_than_was_asked_is_covered_by_the_rule_of_the_question()
    {
        var rule = RuleSample.Of("tftp fe db udp 69 tftp any") with { Replies = Replies.OtherPort };
        var answer = FlowSample.Of("10.0.0.3:3445 udp 10.0.0.1:50618").Proving("tftp");
        var announced = answer with
        {
            Announcement = new AnnouncementMatch(Of(answer, 1, "tftp", null) with
            {
                Announcer = answer.Originator
                with
                { Port = 69 },
                For = answer.Originator.Address
            }, AnnouncementGrade.ToThisClient),
        };
        var bench = new AuditBench(rule);

        Assert.Equal((Verdict.ExpectedDynamic, "tftp"),
            (bench.Judge(announced).Verdict, bench.Judge(announced).Shown!.Rule.Id));
        Assert.Equal(Verdict.Unexpected, bench.Judge(answer).Verdict);
    }

    [Theory]
    [InlineData("10.0.0.3:3445 udp 10.0.0.1:50618", Verdict.UnobservableDynamic)]
    [InlineData("10.0.0.1:50618 udp 10.0.0.3:3445", Verdict.UnobservableDynamic)]
    [InlineData("10.0.0.3:1023 udp 10.0.0.1:50618", Verdict.Unexpected)]
    [InlineData("10.0.0.3:3445 udp 10.0.0.1:1023", Verdict.Unexpected)]
    [InlineData("10.0.0.3:3445 tcp 10.0.0.1:50618", Verdict.Unexpected)]
    [InlineData("10.1.0.1:3445 udp 10.0.0.1:50618", Verdict.Unexpected)]
    public void A_log_leaves_open_whether_a_flow_answers_a_request_from_another_port(string flow, Verdict expected)
    {
        var bench = new AuditBench(RuleSample.Of("tftp fe db udp 69 tftp any") with { Replies = Replies.OtherPort });
        var answer = FlowSample.Of(flow) with { Log = new LogOrigin(LogSource.Zeek, "C1", 17) };

        Assert.Equal(expected, bench.Judge(answer).Verdict);
        Assert.Equal(expected == Verdict.Unexpected ? null : "tftp", bench.Judge(answer).Shown?.Rule.Id);
        Assert.NotEqual(Verdict.UnobservableDynamic, bench.Judge(answer with { Log = null }).Verdict);
        Assert.NotEqual(Verdict.UnobservableDynamic, bench.Judge(answer.Proving("sip")).Verdict);
    }

    [Fact]
    public void Of_two_rules_that_fit_alike_the_one_that_names_the_service_is_shown()
    {
        var any = RuleSample.Of("any fe dc tcp 1024-65535 dcerpc any") with { AnnouncedBy = ["dcerpc"] };
        var naming = RuleSample.Of("naming fe dc tcp 1024-65535 dcerpc any")
            with
        { AnnouncedBy = ["dcerpc"], Services = ["netlogon"] };
        var bench = new AuditBench(any, naming);

        Assert.Equal("naming", bench.Judge(Flow(49152).Announced(1, service: "netlogon")).Shown!.Rule.Id);
        Assert.Equal("any", bench.Judge(Flow(49152).Announced(1, service: "samr")).Shown!.Rule.Id);
    }

    private static FlowRecord Flow(int port) => FlowSample.Of($"10.0.0.1:50000 tcp 10.0.0.3:{port}");

    private static DynamicPortRow Single(params FlowRecord[] flows) =>
        new AuditBench(Rpc).Run(flows).DynamicPorts.Single();

    private static ImmutableArray<DynamicPortRow> Rows(ImmutableArray<AnnouncementUse> uses,
        params FlowRecord[] flows) => Report(uses, flows).DynamicPorts;

    private static AuditReport Report(ImmutableArray<AnnouncementUse> uses, params FlowRecord[] flows)
    {
        var bench = new AuditBench(Rpc);
        bench.Observation = bench.Observation with { Announcements = uses };
        return bench.Run(flows);
    }
}
