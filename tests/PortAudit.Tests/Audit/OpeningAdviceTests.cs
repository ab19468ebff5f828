using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class OpeningAdviceTests
{
    private const string Announced = "10.2.0.7:50000 tcp 10.0.0.1:49200";

    [Theory]
    [InlineData("svcctl", "Do not open it: svcctl gives remote control of fe01.")]
    [InlineData("dnsserver", "No rule names dnsserver: find out what on 10.2.0.7 uses it")]
    [InlineData(null, "No rule names what was announced: find out what on 10.2.0.7 uses it")]
    public void A_blocked_port_whose_service_no_rule_names_is_not_to_be_opened(string? service, string remedy)
    {
        var finding = Assert.Single(new AuditBench().Run(Stopped(service)).Findings,
            finding => finding.Kind == FindingKind.AnnouncedPortBlocked);

        Assert.StartsWith(remedy, finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("svcctl", "Do not open it")]
    [InlineData("dnsserver", "No rule names dnsserver")]
    public void A_range_that_holds_the_port_names_no_service(string service, string remedy)
    {
        var bench = new AuditBench(RuleSample.Required("rpc client fe tcp 49152-65535 dcerpc any") with
        {
            AnnouncedBy = ["dcerpc"],
        });

        Assert.All(bench.Run(Stopped(service)).Findings,
            finding => Assert.StartsWith(remedy, finding.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void A_blocked_port_whose_service_a_rule_names_is_to_be_opened()
    {
        var bench = new AuditBench(RuleSample.Required("rpc client fe tcp 49152-65535 dcerpc any") with
        {
            AnnouncedBy = ["dcerpc"],
            Services = ["netlogon"],
        });
        var finding = Assert.Single(bench.Run(Stopped("netlogon")).Findings);

        Assert.StartsWith("Open tcp 49200 from 10.2.0.7 to fe01", finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rdp 3389", Outcome.Unanswered)]
    [InlineData("ssh 22", Outcome.Refused)]
    public void A_required_session_that_was_stopped_is_for_its_owner_to_allow(string service, Outcome outcome)
    {
        var words = service.Split(' ');
        var bench = new AuditBench(RuleSample.Required($"r client fe tcp {words[1]} {words[0]} any"));
        var finding = Assert.Single(bench.Run(Of($"10.2.0.7:50000 tcp 10.0.0.1:{words[1]}").Ending(outcome)).Findings);

        Assert.StartsWith("Ask the owners of fe01 whether 10.2.0.7 may administer them.", finding.Remedy,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(445)]
    [InlineData(135)]
    [InlineData(3389)]
    [InlineData(5985)]
    [InlineData(22)]
    public void Unexpected_traffic_by_which_hosts_are_administered_is_not_offered_a_rule_first(int port)
    {
        var line = $"10.2.0.7:50000 tcp 10.0.0.1:{port}";
        var passed = Assert.Single(new AuditBench().Run(Of(line)).Findings);
        var stopped = Assert.Single(new AuditBench().Run(Of(line).Ending(Outcome.Unanswered)).Findings);

        var first = port is 135 or 445 ? "Find out what on 10.2.0.7 uses it" : "Close it at the firewall, unless";
        Assert.StartsWith(first, passed.Remedy, StringComparison.Ordinal);
        Assert.Contains("close it at the firewall", passed.Remedy, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("Leave it closed", stopped.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("site rule", stopped.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("witness", "interface witness")]
    [InlineData("netlogon", "interface netlogon")]
    public void RPC_that_administers_nothing_is_named_and_not_said_to(string service, string words)
    {
        var finding = Assert.Single(new AuditBench().Run(Of(Announced).Proving("dcerpc", service)).Findings);

        Assert.Contains(words, finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("administer", finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("for tcp 49200", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interface_that_every_server_has_does_not_hide_what_else_was_used()
    {
        var finding = Assert.Single(new AuditBench().Run(Of(Announced).Proving("dcerpc", "mgmt"),
            Of(Announced).At(5).Proving("dcerpc", "witness"),
            Of(Announced).At(9).Proving("dcerpc").Announced("witness")).Findings); // the bind was not captured

        Assert.Contains("RPC interface witness,", finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dcerpc", null)]
    [InlineData("dcerpc", "epm")]
    [InlineData("dcerpc", "mgmt")]
    [InlineData("smb2", null)]
    public void What_may_carry_remote_administration_is_said_to_be_able_to(string protocol, string? service)
    {
        var finding = Assert.Single(new AuditBench().Run(Of(Announced).Proving(protocol, service)).Findings);

        Assert.StartsWith("Find out what on 10.2.0.7 uses it", finding.Remedy, StringComparison.Ordinal);
        Assert.Contains("can carry remote administration", finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("taken over", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_protocol_in_a_wide_range_is_unexpected_unless_it_was_announced_there()
    {
        var bench = new AuditBench(RuleSample.Of("rpc client fe tcp 49152-65535 dcerpc any") with
        {
            AnnouncedBy = ["dcerpc"],
        });
        var flow = Of(Announced).Proving("lpd");

        Assert.Equal(Verdict.Unexpected, bench.Judge(flow).Verdict);
        Assert.Equal(Verdict.WrongProtocol, bench.Judge(flow.Announced("spoolss")).Verdict);
        Assert.Equal(Verdict.UnexplainedDynamic, bench.Judge(Of(Announced)).Verdict);
        var narrow = new AuditBench(RuleSample.Of("narrow client fe tcp 49200-49299 dcerpc any"));
        Assert.Equal(Verdict.WrongProtocol, narrow.Judge(flow).Verdict);
    }

    private static FlowRecord Stopped(string? service) => Of(Announced).Announced(service).Ending(Outcome.Unanswered);
}
