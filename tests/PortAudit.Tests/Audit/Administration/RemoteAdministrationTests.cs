using PortAudit.Audit;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit.Administration;

public sealed class RemoteAdministrationTests
{
    private const string Files = "10.2.0.7:50000 tcp 10.0.0.1:445";

    [Fact]
    public void Service_control_within_SMB_that_a_rule_allows_is_a_high_finding_with_its_frames()
    {
        var finding = Single(Bench().Run(Controlling(Files)));

        Assert.Equal((FindingKind.RemoteAdministration, Severity.High, Verdict.Expected, "client", "fe"),
            (finding.Kind, finding.Severity, finding.Verdict, finding.FromRole, finding.ToRole));
        Assert.Equal("[MS-SCMR] 3.1.4", finding.Reference);
        Assert.StartsWith("Remote control of services from 10.2.0.7 to fe01: 1 flow on tcp 445, RPC interface svcctl "
            + "(calls 12, 15). ", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("from segment clients to segment internal", finding.Explanation, StringComparison.Ordinal);
        Assert.Equal([7, 8, 9], finding.Evidence.Frames.SelectMany(frames => frames.Numbers));
        Assert.DoesNotContain("Open ", finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.2:50000 tcp 10.0.0.1:445", false)] // one segment
    [InlineData("10.2.0.7:50000 tcp 10.2.0.8:445", true)] // two clients
    [InlineData("10.0.0.1:50000 tcp 10.2.0.8:445", true)]
    [InlineData("203.0.113.9:50000 tcp 10.0.0.1:445", true)]
    [InlineData("192.168.7.1:50000 tcp 192.168.7.2:445", true)] // two that the site does not list
    [InlineData("203.0.113.9:50000 tcp 192.168.7.2:445", true)]
    public void Only_what_crosses_a_border_or_goes_between_clients_is_one(string line, bool isOne) =>
        Assert.Equal(isOne, Bench().Run(Controlling(line)).Findings
            .Any(finding => finding.Kind == FindingKind.RemoteAdministration));

    [Theory]
    [InlineData("192.168.7.1:50000 tcp 192.168.7.2:22", "ssh", null)]
    [InlineData("203.0.113.7:50000 tcp 198.51.100.2:80", "tls", "anydesk")]
    public void A_session_between_two_hosts_that_the_site_does_not_list_is_low_and_judges_nothing(string line,
        string protocol, string? service)
    {
        var report = Bench().Run(Of(line).Proving(protocol, service));
        var finding = report.Findings.Single(found => found.Kind == FindingKind.RemoteAdministration);

        Assert.Equal((Severity.Low, Verdict.OutOfScope), (finding.Severity, finding.Verdict));
        Assert.Equal("neither host has a role in the site, so it may be ordinary work",
            SeverityReason.Of(finding));
        Assert.NotNull(report.NotJudged);
    }

    [Theory]
    [InlineData("203.0.113.9:50000 tcp 192.168.7.2:3389", Severity.High)]
    [InlineData("10.0.0.1:50000 tcp 10.2.0.8:3389", Severity.Medium)]
    [InlineData("192.168.7.1:50000 tcp 192.168.7.2:3389", Severity.Low)]
    public void A_session_that_goes_on_in_TLS_is_one_all_the_same(string line, Severity severity)
    {
        var flow = Of(line).Proving("tls", "rdp") with { StartedAs = "rdp" };
        var finding = Bench().Run(flow).Findings.Single(found => found.Kind == FindingKind.RemoteAdministration);

        Assert.Equal(severity, finding.Severity);
        Assert.StartsWith("Remote Desktop from ", finding.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.9:50000 tcp 10.0.0.1:5900", Severity.High)]
    [InlineData("203.0.113.9:50000 tcp 192.168.7.2:6900", Severity.High)]
    [InlineData("10.0.0.1:50000 tcp 203.0.113.9:5900", Severity.Medium)]
    [InlineData("10.0.0.1:50000 tcp 10.2.0.8:5900", Severity.Medium)]
    public void A_session_from_the_Internet_to_the_inside_is_graver_than_one_within_or_outwards(string line,
        Severity severity) => Assert.Equal(severity, Bench().Run(Of(line).Proving("vnc")).Findings
            .Single(finding => finding.Kind == FindingKind.RemoteAdministration).Severity);

    [Theory]
    [InlineData("10.0.0.2:50000 tcp 10.0.0.1:445")] // one segment, and a rule lets it pass
    [InlineData("192.168.7.1:50000 tcp 192.168.7.2:445")]
    public void An_attack_is_one_wherever_it_is_and_no_rule_lets_it_pass(string line)
    {
        var bench = new AuditBench(RuleSample.Of("r any any tcp 445 - any"));
        var flow = Of(line).Proving("smb2") with
        {
            Carried = [new CarriedUse(CarriedKind.Attack, CarriedUse.ZeroCredential, 0, new FrameReference(0, 9))],
        };
        var finding = Single(bench.Run(flow));

        Assert.Equal((FindingKind.KnownAttack, Severity.High, Verdict.Unexpected),
            (finding.Kind, finding.Severity, finding.Verdict));
        Assert.DoesNotContain("No rule names it", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("1 flow on tcp 445. They can take over", finding.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("198.51.100.7:50000 udp 203.0.113.9:1434", CarriedUse.Slammer, Severity.High)]
    [InlineData("192.168.7.1:50000 udp 203.0.113.9:7", CarriedUse.OverlappingFragments, Severity.High)]
    [InlineData("203.0.113.9:50000 udp 192.168.7.1:7", CarriedUse.OverlappingFragments, Severity.High)]
    [InlineData("192.168.7.1:50000 udp 192.168.7.2:7", CarriedUse.OverlappingFragments, Severity.Medium)]
    public void A_packet_that_attacks_needs_no_role_and_is_graver_across_a_border(string line, string attack,
        Severity severity)
    {
        var report = new AuditBench().Run(Of(line).Ending(Outcome.Unanswered) with
        {
            Carried = [new CarriedUse(CarriedKind.Attack, attack, 0, new FrameReference(0, 1))],
        });

        Assert.Equal((severity, Verdict.Unexpected), (Single(report).Severity, Single(report).Verdict));
        Assert.Null(report.NotJudged);
    }

    [Theory]
    [InlineData("service-control", false)]
    [InlineData("wmi", true)]
    public void A_rule_covers_what_it_lists(string listed, bool isFinding)
    {
        var bench = new AuditBench(RuleSample.Of("smb client fe tcp 445 smb2 any") with { Operations = [listed] });

        Assert.Equal(isFinding, !bench.Run(Controlling(Files)).Findings.IsEmpty);
    }

    [Theory]
    [InlineData("a client fe tcp 3389 rdp any", false)]
    [InlineData("a client fe tcp 3389 - any", false)] // the port alone
    [InlineData("a client fe tcp 1-65535 rdp any", false)]
    [InlineData("a client fe tcp 1-65535 - any", true)]
    [InlineData("a client fe tcp 3000-4000 - any", true)]
    [InlineData("a client edge tcp 3389 rdp any", true)]
    public void A_rule_covers_a_session_whose_protocol_or_port_it_names(string rule, bool isFinding) =>
        Assert.Equal(isFinding, new AuditBench(RuleSample.Of(rule))
            .Run(Of("10.2.0.7:50000 tcp 10.0.0.1:3389").Proving("rdp")).Findings
            .Any(finding => finding.Kind == FindingKind.RemoteAdministration));

    [Theory]
    [InlineData("10.2.0.7:50000 tcp 10.0.0.3:49200", 3, true)]
    [InlineData("10.0.0.2:50000 tcp 10.0.0.3:49200", 3, true)] // from a server in the same segment
    [InlineData("10.0.0.99:50000 tcp 10.0.0.3:49200", 3, true)] // from a host that the site does not list
    [InlineData("10.2.0.7:50000 tcp 10.0.0.3:49200", 12, false)] // DsCrackNames, which clients call
    [InlineData("10.0.0.3:50000 tcp 10.1.0.1:49200", 3, false)] // from a domain controller
    public void Replication_is_one_unless_a_domain_controller_does_it(string line, int call, bool isFinding)
    {
        var bench = new AuditBench(RuleSample.Of("rpc any any tcp 49152-65535 dcerpc any") with
        {
            AnnouncedBy = ["dcerpc"],
            Services = ["drsuapi"],
        });
        bench.Site = bench.Site with
        {
            Hosts = [.. bench.Site.Hosts.Select(host =>
                host.Name == "db01" ? host with { Roles = ["domain-controller"] } : host)],
        };
        var flow = Of(line).Proving("dcerpc", "drsuapi").Announced("drsuapi");

        Assert.Equal(isFinding, bench.Run(Carrying(flow, (CarriedKind.Interface, "drsuapi", 0, 4),
            (CarriedKind.Call, "drsuapi", call, 6))).Findings
            .Any(finding => finding.Kind == FindingKind.RemoteAdministration));
    }

    [Fact]
    public void A_program_on_an_administrative_share_is_one()
    {
        var finding = Single(Bench().Run(Carrying(Of(Files).Proving("smb2"), (CarriedKind.Program, "ADMIN$", 0, 44))));

        Assert.Contains("on the share ADMIN$", finding.Explanation, StringComparison.Ordinal);
        Assert.Contains("[admin-share-program]", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void WinRM_in_a_wide_dynamic_range_is_unexpected_and_named_for_what_it_is()
    {
        var bench = new AuditBench(RuleSample.Of("rpc client fe tcp 1024-65535 dcerpc any") with
        {
            AnnouncedBy = ["dcerpc"],
        });
        var flow = Of("10.2.0.7:50000 tcp 10.0.0.1:5985").Proving("http", "winrm");
        flow = flow with { ServiceBasis = IdentificationBasis.Payload };
        var finding = Single(bench.Run(flow));

        Assert.Equal(("winrm", Verdict.Unexpected, null), (finding.Protocol, finding.Verdict, finding.Rule));
        Assert.StartsWith("Windows Remote Management from 10.2.0.7 to fe01: 1 flow on tcp 5985. ", finding.Explanation,
            StringComparison.Ordinal);
        Assert.DoesNotContain("RPC", finding.Explanation + finding.Remedy, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_no_rule_between_two_servers_of_one_segment_expects_is_one()
    {
        var flow = Of("10.0.0.2:50000 tcp 10.0.0.1:5985").Proving("http", "winrm") with
        {
            ServiceBasis = IdentificationBasis.Payload,
        };
        var finding = Single(new AuditBench().Run(flow));

        Assert.Equal((FindingKind.RemoteAdministration, Severity.High), (finding.Kind, finding.Severity));
    }

    [Theory]
    [InlineData(Outcome.Established)]
    [InlineData(Outcome.OneWay)]
    [InlineData(Outcome.Unanswered)]
    public void No_remedy_offers_to_open_WinRM(Outcome outcome)
    {
        var flow = Of("10.2.0.7:50000 tcp 10.0.0.1:8080").Proving("http", "winrm").Ending(outcome) with
        {
            ServiceBasis = IdentificationBasis.Payload,
        };
        var finding = Single(new AuditBench().Run(flow));

        Assert.DoesNotContain("add a site rule", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flow_that_is_out_of_scope_but_for_it_counts_as_escaped()
    {
        var report = Bench().Run(Controlling("192.168.7.1:50000 tcp 192.168.7.2:445"));

        Assert.Equal(Verdict.Unexpected, Single(report).Verdict);
        var pair = Assert.Single(report.RolePairs);
        Assert.Equal(1, pair.Words.Escaped);
    }

    [Theory]
    [InlineData(20, "An SSH connection from 10.2.0.7 to fe01")]
    [InlineData(100_000, "An SSH session from 10.2.0.7 to fe01")]
    public void A_login_is_claimed_only_when_more_was_sent_than_logins_need(int bytes, string words)
    {
        var flow = Of("10.2.0.7:50000 tcp 10.0.0.1:22").Proving("ssh");
        var finding = Single(new AuditBench().Run(flow with { In = flow.In with { PayloadBytes = bytes } }));

        Assert.StartsWith(words, finding.Explanation, StringComparison.Ordinal);
        Assert.Equal("it can give a session on the host and carry other traffic, and may be ordinary work",
            SeverityReason.Of(finding));
    }

    [Theory]
    [InlineData(20, Severity.Medium)]
    [InlineData(100_000, Severity.High)]
    public void Ssh_from_the_Internet_is_high_when_a_session_follows_the_login(int bytes, Severity severity)
    {
        var flow = Of("203.0.113.9:50000 tcp 10.0.0.1:22").Proving("ssh");
        var finding = Single(new AuditBench().Run(flow with { In = flow.In with { PayloadBytes = bytes } }));

        Assert.Equal(severity, finding.Severity);
        Assert.Equal(severity == Severity.High, SeverityReason.Of(finding).EndsWith(", and it comes from the Internet",
            StringComparison.Ordinal));
    }

    [Fact]
    public void A_session_behind_many_failed_logins_is_told()
    {
        var failed = Enumerable.Range(0, 300).Select(second =>
            Of($"203.0.113.9:{50000 + second} tcp 10.0.0.1:22").Proving("ssh").At(second));
        var login = Of("203.0.113.9:51000 tcp 10.0.0.1:22").Proving("ssh").At(400);
        var finding = Single(new AuditBench().Run(
            [.. failed, login with { In = login.In with { PayloadBytes = 100_000 } }]));

        Assert.Equal(Severity.High, finding.Severity);
        Assert.Contains(" 1 flow carried more than a login needs.", finding.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.9:50000 tcp 10.0.0.1:22", "Ask the owners of fe01 whether 203.0.113.9 may do this")]
    [InlineData("10.0.0.1:50000 tcp 203.0.113.9:22", "Ask the owners of fe01 who does this")]
    public void Owners_on_the_Internet_are_not_asked(string line, string words) =>
        Assert.StartsWith(words, Single(new AuditBench().Run(Of(line).Proving("ssh"))).Remedy,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(Outcome.OneWay)]
    [InlineData(Outcome.Unanswered)]
    public void A_session_that_was_not_answered_is_none(Outcome outcome) => Assert.DoesNotContain(
        Bench().Run(Of("10.2.0.7:50000 tcp 10.0.0.1:22").Proving("ssh").Ending(outcome)).Findings,
        finding => finding.Kind == FindingKind.RemoteAdministration);

    [Theory]
    [InlineData(2030, true)]
    [InlineData(2020, false)]
    public void An_exception_excuses_it_until_its_last_day(int year, bool isExcused)
    {
        var bench = Bench();
        bench.Site = bench.Site with
        {
            Exceptions = [AuditBench.ExceptionOf("EX-1", "client", "fe", "445", new DateOnly(year, 1, 1))],
        };

        Assert.Equal(!isExcused, bench.Run(Controlling(Files)).Findings
            .Any(finding => finding.Kind == FindingKind.RemoteAdministration));
    }

    [Fact]
    public void Auditors_that_are_united_say_the_same_as_one()
    {
        FlowRecord[] flows = [Controlling(Files), Controlling("10.2.0.9:50000 tcp 10.0.0.1:445")];
        var (one, other) = (Bench().NewAuditor(), Bench().NewAuditor());
        other.Add(flows[0]);
        one.Add(flows[1]);
        one.UnionWith(other);
        var united = one.Complete(Bench().Observation, []).WithEvidence(new Dictionary<ulong, FlowFrames>());

        Assert.Equal(Single(Bench().Run(flows)).Explanation, Single(united).Explanation);
        Assert.Equal(2, Single(united).Flows);
    }

    private static AuditBench Bench() => new(RuleSample.Of("smb any any tcp 445 smb2 any"));

    private static Finding Single(AuditReport report) => Assert.Single(report.Findings);

    private static FlowRecord Controlling(string line) => Carrying(Of(line).Proving("smb2", "srvsvc"),
        (CarriedKind.Interface, "svcctl", 0, 7), (CarriedKind.Call, "svcctl", 15, 8),
        (CarriedKind.Call, "svcctl", 12, 9), (CarriedKind.Interface, "srvsvc", 0, 4));

    private static FlowRecord Carrying(FlowRecord flow,
        params (CarriedKind Kind, string Name, int Call, int Frame)[] uses) => flow with
        {
            Carried = [.. uses.Select(use =>
                new CarriedUse(use.Kind, use.Name, (ushort)use.Call, new FrameReference(0, use.Frame)))],
        };
}
