using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

/// <summary>A rule that wants certificates of both sides, held against handshakes that show whether there were
/// any.</summary>
public sealed class MutualTlsTests
{
    private const string Mtls = "r fe edge tcp 5061 sip mtls";

    [Theory]
    [InlineData(ClientCertificate.NotRequested, true)]
    [InlineData(ClientCertificate.RequestedNotPresented, true)]
    [InlineData(ClientCertificate.Requested, false)]
    [InlineData(ClientCertificate.Presented, false)]
    [InlineData(ClientCertificate.Unknown, false)] // TLS 1.3, or a resumed session
    public void Only_a_handshake_that_proves_it_contradicts(ClientCertificate certificate, bool contradicts)
    {
        var report = new AuditBench(RuleSample.Of(Mtls)).Run(Flow(certificate));

        Assert.Equal(contradicts ? [FindingKind.MutualTlsMissing] : [],
            report.Findings.Select(finding => finding.Kind));
        Assert.Equal(RuleStatus.Seen, Assert.Single(report.Rules).Status);
    }

    [Fact]
    public void The_finding_names_the_rule_counts_who_showed_none_and_shows_the_flows()
    {
        var finding = Assert.Single(new AuditBench(RuleSample.Of(Mtls))
            .Run(Flow(ClientCertificate.NotRequested), Flow(ClientCertificate.NotRequested).At(1),
                Flow(ClientCertificate.RequestedNotPresented).At(2), Flow(ClientCertificate.Presented).At(3)).Findings);

        Assert.Equal((Severity.Medium, "r", "fe", "edge", 3L, Verdict.Expected),
            (finding.Severity, finding.Rule?.Id, finding.FromRole, finding.ToRole, finding.Flows, finding.Verdict));
        Assert.EndsWith(
            "The rule r (Title of r) requires certificates of both sides: in 2 flows the server did not ask for the "
                + "client's; in 1 flow the client showed none when asked, and the server went on.",
            finding.Explanation,
            StringComparison.Ordinal);
        Assert.Equal("Let the service on edge1 require client certificates, and give fe01 one that it trusts.",
            finding.Remedy);
        Assert.NotEmpty(finding.Evidence.Filter);
    }

    [Fact]
    public void A_server_that_refuses_a_client_without_certificate_does_what_the_rule_wants()
    {
        var refused = Flow(ClientCertificate.RequestedNotPresented);
        refused = refused with { Tls = refused.Tls! with { Alerts = [new TlsAlert(IsFromClient: false, 2, 40)] } };
        var report = new AuditBench(RuleSample.Of(Mtls)).Run(refused);

        Assert.Empty(report.Findings);
        Assert.EndsWith(" In 1 flow the server refused a client that showed no certificate, as the rule wants it.",
            report.Rules[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tls")]
    [InlineData("any")]
    public void Another_rule_that_fits_and_asks_for_less_is_reason_enough(string security) =>
        Assert.Empty(new AuditBench(RuleSample.Of(Mtls),
            RuleSample.Of($"s fe edge tcp 5061 sip {security}")).Run(Flow(ClientCertificate.NotRequested)).Findings);

    [Fact]
    public void Another_rule_that_does_not_fit_is_none() =>
        Assert.Equal(
            FindingKind.MutualTlsMissing,
            Assert.Single(new AuditBench(RuleSample.Of(Mtls),
                RuleSample.Of("s fe edge tcp 5061 psom tls")).Run(Flow(ClientCertificate.NotRequested)).Findings).Kind);

    [Fact]
    public void An_exception_excuses_it_while_it_holds()
    {
        var bench = new AuditBench(RuleSample.Of(Mtls));
        bench.Site = bench.Site
            with
        { Exceptions = [AuditBench.ExceptionOf("EX-1", "fe", "edge", "5061", new DateOnly(2024, 5, 2))] };
        var report = bench.Run(Flow(ClientCertificate.NotRequested));

        Assert.Empty(report.Findings);
        Assert.Equal(1, report.Exceptions[0].Flows);

        bench.Site = bench.Site
            with
        { Exceptions = [AuditBench.ExceptionOf("EX-1", "fe", "edge", "5061", new DateOnly(2024, 4, 30))] };
        Assert.Equal([FindingKind.MutualTlsMissing, FindingKind.ExpiredException],
            bench.Run(Flow(ClientCertificate.NotRequested)).Findings.Select(finding => finding.Kind));
    }

    [Fact]
    public void A_prohibition_is_told_in_its_place()
    {
        var bench = new AuditBench(RuleSample.Of(Mtls));
        bench.Site = bench.Site with
        {
            Rules =
            [RuleSample.Of("no fe edge tcp 5061 - any") with { Verdict = RuleVerdict.Forbidden, Catalog = "site" }]
        };

        Assert.Equal(FindingKind.ForbiddenTraffic,
            Assert.Single(bench.Run(Flow(ClientCertificate.NotRequested)).Findings).Kind);
    }

    [Fact]
    public void The_reason_counts_flows_of_which_it_is_unknown()
    {
        var hidden = Flow(ClientCertificate.Unknown);
        var opaque = Of("10.0.0.1:50001 tcp 10.1.0.1:5061");
        var stopped = Of("10.0.0.2:50001 tcp 10.1.0.1:5061").Ending(Outcome.Unanswered);
        var row = Assert.Single(new AuditBench(RuleSample.Of(Mtls)).Run(hidden, opaque, stopped).Rules);

        Assert.Contains(" In 2 flows it is unknown whether both sides showed a certificate (TLS 1.3, a resumed "
            + "session, or no handshake in sight).", row.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r fe edge tcp 5061 sip none", Verdict.WrongProtocol)]
    [InlineData("r fe edge tcp 5061 - none", Verdict.WrongProtocol)]
    [InlineData("r fe edge tcp 5061 tls none", Verdict.Expected)]
    [InlineData("r fe edge tcp 5061 - any", Verdict.Expected)]
    public void TLS_contradicts_a_rule_that_asks_for_clear_text(string rule, Verdict expected) =>
        Assert.Equal(expected, new AuditBench(RuleSample.Of(rule)).Judge(Flow(ClientCertificate.Presented)).Verdict);

    private static FlowRecord Flow(ClientCertificate certificate)
    {
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("tls", "sip");
        return flow with { Tls = flow.Tls! with { ClientCertificate = certificate } };
    }
}
