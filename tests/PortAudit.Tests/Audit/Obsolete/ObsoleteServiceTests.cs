using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Obsolete;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit.Obsolete;

public sealed class ObsoleteServiceTests
{
    [Theory]
    [InlineData(0x0200, 0x0700, "SSL 2.0", Severity.High)]
    [InlineData(0x0300, 0x0035, "SSL 3.0", Severity.Medium)]
    [InlineData(0x0301, 0x0035, "TLS 1.0", Severity.Low)]
    [InlineData(0x0302, 0x0035, "TLS 1.1", Severity.Low)]
    [InlineData(0x0303, 0x0035, null, Severity.Info)]
    [InlineData(0x0304, 0x1301, null, Severity.Info)]
    [InlineData(0x0303, 0x0005, "TLS with RC4", Severity.Medium)] // TLS_RSA_WITH_RC4_128_SHA
    [InlineData(0x0303, 0x0009, "TLS with DES", Severity.Medium)] // TLS_RSA_WITH_DES_CBC_SHA
    [InlineData(0x0303, 0x0003, "TLS without encryption", Severity.High)] // TLS_RSA_EXPORT_WITH_RC4_40_MD5
    [InlineData(0x0303, 0x0002, "TLS without encryption", Severity.High)] // TLS_RSA_WITH_NULL_SHA
    [InlineData(0x0303, 0x0034, "TLS without encryption", Severity.High)] // TLS_DH_anon_WITH_AES_128_CBC_SHA
    public void What_the_server_chose_counts(int version, int suite, string? title, Severity severity)
    {
        var flow = Tls(version, suite);
        var finding = Bench().Run(flow).Findings.SingleOrDefault();

        Assert.Equal(title, finding?.Explanation.Split(" was used")[0]);
        Assert.Equal(title is null ? Severity.Info : severity, finding?.Severity ?? Severity.Info);
        // it was only offered
        Assert.Empty(Bench().Run(flow with { Tls = flow.Tls! with { SawServerHello = false } }).Findings);
    }

    [Theory]
    [InlineData("smb", CredentialUse.None, "SMB 1")]
    [InlineData("smb2", CredentialUse.None, null)]
    [InlineData("telnet", CredentialUse.None, "Telnet")]
    [InlineData("ldap", CredentialUse.Password, "An LDAP bind with a password in clear")]
    [InlineData("ftp", CredentialUse.Password, "FTP with a password in clear")]
    [InlineData("imap", CredentialUse.Password, "Mail with a password in clear")]
    [InlineData("http", CredentialUse.Password, "HTTP with a password in clear")]
    [InlineData("xmpp", CredentialUse.Password, "XMPP with a password in clear")]
    [InlineData("x400", CredentialUse.Password, "X.400 with a password in clear")]
    [InlineData("l2tp", CredentialUse.Password, "PPP with a password in clear (PAP)")]
    [InlineData("http", CredentialUse.NtlmV1, "NTLM version 1")]
    [InlineData("smb2", CredentialUse.Ntlm2Session, "NTLM version 1 with session security")]
    [InlineData("snmp", CredentialUse.Community, "SNMP 1 or 2c")]
    [InlineData("ldap", CredentialUse.None, null)]
    public void A_protocol_or_login_that_should_not_be_used_any_more_is_a_finding(string protocol, CredentialUse use,
        string? title)
    {
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:443").Proving(protocol);
        flow = use == CredentialUse.None ? flow : flow with { Credentials = new CredentialSighting(use, null) };
        var finding = Bench().Run(flow).Findings
            .SingleOrDefault(finding => finding.Kind != FindingKind.RemoteAdministration);

        Assert.Equal(title, finding?.Explanation.Split(" was used")[0]);
        if (finding is null)
            return;
        Assert.Equal((FindingKind.ObsoleteService, "fe", "edge", 1L, Verdict.Expected),
            (finding.Kind, finding.FromRole, finding.ToRole, finding.Flows, finding.Verdict));
        Assert.Null(finding.Rule);
        Assert.NotEmpty(finding.Reference!);
        Assert.EndsWith(".", finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ldap")]
    [InlineData("ftp")]
    [InlineData("imap")]
    [InlineData("http")]
    [InlineData("xmpp")]
    [InlineData("x400")]
    [InlineData("l2tp")]
    public void A_password_in_clear_is_to_be_changed_and_gives_the_reason(string protocol)
    {
        var finding = FindingOf(protocol, CredentialUse.Password);

        Assert.Contains("change the password", finding.Remedy, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("anyone who recorded these packets knows the password", SeverityReason.Of(finding));
    }

    [Theory]
    [InlineData(CredentialUse.NtlmV1)]
    [InlineData(CredentialUse.Ntlm2Session)]
    public void Who_still_uses_NTLM_version_1_is_found_before_it_is_refused(CredentialUse use)
    {
        var remedy = FindingOf("smb2", use).Remedy;

        Assert.True(remedy.IndexOf("4624", StringComparison.Ordinal) is >= 0 and var audit
            && remedy.IndexOf("level 3", StringComparison.Ordinal) is var send && send > audit
            && remedy.IndexOf("level 5", StringComparison.Ordinal) > send, remedy);
        Assert.Contains("LAN Manager authentication level", remedy, StringComparison.Ordinal);
    }

    private static Finding FindingOf(string protocol, CredentialUse use) => Assert.Single(
        Bench().Run(Of("10.0.0.1:50000 tcp 10.1.0.1:443").Proving(protocol) with
        {
            Credentials = new CredentialSighting(use, null),
        }).Findings, finding => finding.Kind == FindingKind.ObsoleteService);

    [Fact]
    public void Every_protocol_of_one_service_is_named()
    {
        var password = new CredentialSighting(CredentialUse.Password, null);
        var finding = Bench().Run(
            Of("10.0.0.1:50000 tcp 10.1.0.1:143").Proving("imap") with { Credentials = password },
            Of("10.0.0.1:50001 tcp 10.1.0.1:143").Proving("imap") with { Credentials = password },
            Of("10.0.0.1:50002 tcp 10.1.0.1:25").Proving("smtp") with { Credentials = password })
            .Findings.Single(found => found.Kind == FindingKind.ObsoleteService);

        Assert.Equal(("25,143", "imap,smtp"), (finding.Ports, finding.Protocol));
    }

    [Fact]
    public void One_service_of_one_pair_of_roles_is_one_finding_and_disturbs_no_verdict()
    {
        var findings = Bench().Run(Tls(0x0301, 0x0035), Tls(0x0301, 0x0035).At(9),
            Tls(0x0301, 0x0035) with { Originator = new Endpoint(AddressOf("10.2.0.7"), 50_000), Id = 9 }).Findings;

        Assert.Equal([1L, 2], findings.Where(finding => finding.Kind == FindingKind.ObsoleteService)
            .Select(finding => finding.Flows).Order());
        Assert.Equal(3, Bench().Run(Tls(0x0301, 0x0035), Tls(0x0301, 0x0035).At(9), Of("10.0.0.1:50000 tcp "
            + "10.1.0.1:443").Proving("telnet")).RolePairs.Single().Verdicts
            .Single(entry => entry.Key == Verdict.Expected).Value);
    }

    [Theory]
    [InlineData("10.0.0.1:50000 tcp 10.1.0.1:23", Outcome.Established, 1)]
    [InlineData("10.9.0.1:50000 tcp 10.9.0.2:23", Outcome.Established, 1)] // neither end has a role
    [InlineData("10.0.0.1:50000 tcp 10.1.0.1:23", Outcome.Refused, 0)]
    public void What_passed_is_one_whether_its_ends_have_roles_or_not(string line, Outcome outcome, int findings) =>
        Assert.Equal(findings, Bench().Run(Of(line).Proving("telnet").Ending(outcome)).Findings
            .Count(finding => finding.Kind == FindingKind.ObsoleteService));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_port_of_systems_that_are_gone_is_told_whether_its_rule_is_on_or_off(bool isOn)
    {
        var bench = new AuditBench(RuleSample.Of("windows.mom.clear fe edge tcp 51515 - any") with
        {
            When = new Applicability(isOn ? ["on-by-default"] : ["off-by-default"], false),
            Source = new SourceReference("kb", "Section", [436, 441]),
        });
        var finding = bench.Run(Of("10.0.0.1:50000 tcp 10.1.0.1:51515")).Findings
            .Single(found => found.Kind == FindingKind.ObsoleteService);

        Assert.Equal("kb, Section, lines 436, 441", finding.Reference);
        Assert.Empty(new AuditBench().Run(Of("10.0.0.1:50000 tcp 10.1.0.1:51515")).Findings
            .Where(found => found.Kind == FindingKind.ObsoleteService));
    }

    [Fact]
    public void Rows_have_identifiers_of_their_own() =>
        Assert.Equal(ObsoleteServices.Rows.Length, ObsoleteServices.Rows.Select(row => row.Id).Distinct().Count());

    [Fact]
    public void Every_obsolete_form_of_a_protocol_is_explained() =>
        Assert.Empty(ProtocolRegistry.Rows.SelectMany(row => row.ObsoleteForms).Select(form => form.Id)
            .Except(ObsoleteServices.Rows.Select(row => row.Id)));

    private static FlowRecord Tls(int version, int suite) => Of("10.0.0.1:50000 tcp 10.1.0.1:443").Proving("tls") with
    {
        Tls = new TlsHandshake
        {
            Version = (ushort)version,
            SawServerHello = true,
            CipherSuite = (ushort)suite,
            ClientCertificate = ClientCertificate.Presented
        },
    };

    private static AuditBench Bench() => new(RuleSample.Of("web fe edge tcp 443 - any"));
}
