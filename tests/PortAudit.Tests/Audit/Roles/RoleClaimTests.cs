using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Roles;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Roles;

/// <summary>A site's claims against behaviour, by <c>roles --site</c> and as findings of an audit.</summary>
public sealed class RoleClaimTests
{
    private static readonly FlowRecord Kerberos = Of("10.2.0.7:50000 tcp 10.0.0.1:88").Proving("kerberos");
    private static readonly FlowRecord Ldap = Of("10.2.0.7:50001 tcp 10.0.0.1:389").Proving("ldap");

    private static readonly string[] Signs =
    [
        "role: dc, serves: [{ protocol: kerberos }, { protocol: ldap }], confidence: high",
        "role: db, serves: { protocol: tds }, confidence: medium",
        "role: edge, serves: { transport: tcp, ports: 9 }, confidence: high",
        "role: client, uses: { protocol: kerberos }, many: yes, confidence: high",
    ];

    [Fact]
    public void A_host_that_behaves_like_another_role_is_a_finding_with_its_flows()
    {
        var finding = Assert.Single(Findings(Bench(), Kerberos, Ldap));

        Assert.Equal((Severity.Medium, "any", "fe", 2),
            (finding.Severity, finding.FromRole, finding.ToRole, finding.Flows));
        Assert.StartsWith("fe01 is listed as fe and behaves like dc. It serves kerberos, ldap, which no rule to its "
            + "roles covers; confidence high", finding.Explanation, StringComparison.Ordinal);
        Assert.Equal(["10.0.0.1"], finding.Responders.Select(host => host.Address));
    }

    [Fact]
    public void Its_id_hangs_on_the_host_and_the_role_alone()
    {
        var one = Assert.Single(Findings(Bench(), Kerberos, Ldap)).Id;

        Assert.Equal(one, Assert.Single(Findings(Bench(), Kerberos.At(7), Ldap.At(9), Ldap.At(11))).Id);
        Assert.NotEqual(one, Assert.Single(Findings(Bench(),
            Of("10.2.0.7:50000 tcp 10.0.0.1:1433").Proving("tds"))).Id);
    }

    [Fact]
    public void Likely_behaviour_is_of_low_severity() =>
        Assert.Equal(Severity.Low,
            Assert.Single(Findings(Bench(), Of("10.2.0.7:50000 tcp 10.0.0.1:1433").Proving("tds"))).Severity);

    [Fact]
    public void A_host_of_a_network_is_named_by_its_address()
    {
        var finding = Assert.Single(Findings(Bench(),
            Kerberos with { Responder = new Endpoint(AddressOf("10.2.0.9"), 88) },
            Ldap with { Responder = new Endpoint(AddressOf("10.2.0.9"), 389) }));

        Assert.StartsWith("10.2.0.9 is listed as client and behaves like dc.", finding.Explanation,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_host_is_listed_as_is_no_finding() =>
        Assert.Empty(Findings(Bench(), Kerberos with { Responder = new Endpoint(AddressOf("10.0.0.3"), 88) },
            Ldap with { Responder = new Endpoint(AddressOf("10.0.0.3"), 389) }));

    [Fact]
    public void What_its_rules_let_it_serve_is_no_finding()
    {
        var rule = RuleSample.Of("directory any fe tcp 88,389 kerberos,ldap any");

        Assert.Empty(Findings(Bench(rule), Kerberos, Ldap));
        Assert.Equal(1, Assert.Single(Findings(Bench(RuleSample.Of("directory any fe tcp 88 kerberos any")), Kerberos,
            Ldap)).Flows);
    }

    [Fact]
    public void Silence_ports_and_strangers_are_no_findings()
    {
        Assert.Empty(Findings(Bench()));
        Assert.Empty(Findings(Bench(), Of("10.2.0.7:50000 tcp 10.0.0.1:9")));
        Assert.Empty(Findings(Bench(), Kerberos.Ending(Outcome.Unanswered), Ldap.Ending(Outcome.Refused)));
        Assert.Empty(Findings(Bench(), Of("10.2.0.7:50000 tcp 8.8.8.8:1433").Proving("tds")));
    }

    [Fact]
    public void The_union_of_two_ledgers_is_one_of_all()
    {
        FlowRecord[] flows = [Kerberos, Ldap, Kerberos.At(5), Of("10.2.0.7:50000 tcp 10.0.0.1:1433").Proving("tds")];
        var bench = Bench();
        var (one, other, all) = (NewLedger(bench), NewLedger(bench), NewLedger(bench));
        foreach (var (flow, place) in flows.Select((flow, place) => (flow, place)))
        {
            (place % 2 == 0 ? one : other).Add(bench.Judge(flow));
            all.Add(bench.Judge(flow));
        }

        one.UnionWith(other);

        Assert.Equal(2, all.Findings([]).Count());
        Assert.Equal(all.Findings([]).Select(Text), one.Findings([]).Select(Text));
        static string Text(FindingDraft draft) =>
            $"{draft.Finding.Id} {draft.Finding.Flows} {draft.Finding.Explanation}";
    }

    [Fact]
    public void A_comparison_names_what_contradicts_what_is_missing_and_what_is_not_listed()
    {
        FlowRecord[] flows =
        [
            Kerberos, Ldap,
            Of("10.2.0.7:50000 tcp 10.9.0.1:1433").Proving("tds"),
            Of("10.0.0.3:50000 tcp 10.0.0.1:22").Proving("ssh"),
        ];
        var bench = Bench();
        var survey = new RoleSurvey(bench.Catalogs);
        foreach (var flow in flows)
            survey.Add(flow);

        var comparison = survey.Compare(bench.Site, bench.Observation, Confidence.Medium);

        Assert.Equal(
            [
                "role-mismatch fe01 is listed as fe and behaves like dc.",
                "host-unlisted The site does not list 10.9.0.1, which behaves like db.",
                "service-unlisted fe01 serves kerberos on tcp 88, which fe does not.",
                "service-unlisted fe01 serves ldap on tcp 389, which fe does not.",
                "service-unlisted fe01 serves ssh on tcp 22, which fe does not.",
                "role-unseen db01 was active and showed no sign of db. That proves nothing: its service may not have "
                    + "been used, or not here.",
                "role-unseen db01 was active and showed no sign of dc. That proves nothing: its service may not have "
                    + "been used, or not here.",
            ],
            comparison.Claims.Select(claim => $"{claim.Kind.ToText()} {claim.Claim}"));
        Assert.Equal("cms edge1", string.Join(' ', comparison.Silent));
        Assert.Equal("fe fe-cms", string.Join(' ', comparison.RolesWithoutSigns));
    }

    private static AuditBench Bench(params Rule[] rules) => new(rules) { Signs = SignSample.Of(Signs) };

    private static IEnumerable<Finding> Findings(AuditBench bench, params FlowRecord[] flows) =>
        bench.Run(flows).Findings.Where(finding => finding.Kind == FindingKind.RoleMismatch);

    private static RoleMismatches NewLedger(AuditBench bench) =>
        new(bench.Catalogs, PortAudit.Audit.Matching.RuleBook.Bind(bench.Catalogs, bench.Site),
            new RoleTree(bench.Catalogs));
}
