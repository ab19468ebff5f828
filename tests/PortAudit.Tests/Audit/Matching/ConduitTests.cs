using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Matching;

/// <summary>What holds between two segments where no rule covers the traffic.</summary>
public sealed class ConduitTests
{
    private const string FeToEdge = "10.0.0.1:50000 tcp 10.1.0.1:8080";
    private const string Unlisted = "10.0.7.1:50000 tcp 10.1.7.1:8080";

    [Theory]
    [InlineData(ConduitDefault.Permitted, Verdict.ExpectedByPort)]
    [InlineData(ConduitDefault.Forbidden, Verdict.Forbidden)]
    [InlineData(ConduitDefault.Unexpected, Verdict.Unexpected)]
    [InlineData(null, Verdict.Unexpected)]
    public void What_no_rule_covers_gets_the_default_of_the_conduit(ConduitDefault? meaning, Verdict expected)
    {
        foreach (var flow in new[] { FeToEdge, Unlisted })
        {
            var judgement = Bench(meaning).Judge(Of(flow));
            Assert.Equal(expected, judgement.Verdict);
            Assert.Equal(meaning is ConduitDefault.Permitted or ConduitDefault.Forbidden ? "conduit.internal.perimeter"
                : null, judgement.Shown?.Rule.Id);
        }
    }

    [Fact]
    public void Bytes_that_name_a_protocol_prove_what_a_conduit_permits() =>
        Assert.Equal(Verdict.Expected, Bench(ConduitDefault.Permitted).Judge(Of(Unlisted).Proving("ssh")).Verdict);

    [Fact]
    public void A_conduit_has_one_direction() =>
        Assert.Equal(Verdict.Unexpected,
            Bench(ConduitDefault.Permitted).Judge(Of("10.1.7.1:50000 tcp 10.0.7.1:8080")).Verdict);

    [Theory]
    [InlineData(ConduitDefault.Permitted)]
    [InlineData(ConduitDefault.Forbidden)]
    public void A_rule_stands_above_a_conduit(ConduitDefault meaning)
    {
        var bench = Bench(meaning, RuleSample.Of("r fe edge tcp 8080 sip any"));

        Assert.Equal(Verdict.Expected, bench.Judge(Of(FeToEdge).Proving("sip")).Verdict);
        Assert.Equal(Verdict.WrongProtocol, bench.Judge(Of(FeToEdge).Proving("ssh")).Verdict);
    }

    [Fact]
    public void A_finding_names_the_conduit_and_its_line()
    {
        var finding = Assert.Single(Bench(ConduitDefault.Forbidden).Run(Of(Unlisted)).Findings);

        Assert.Equal((FindingKind.ForbiddenTraffic, Severity.High, "conduit.internal.perimeter"),
            (finding.Kind, finding.Severity, finding.Rule!.Id));
        Assert.EndsWith("No rule covers it, and the conduit from internal to perimeter, line 7 of the site file, "
            + "forbids what no rule covers: separation (owner: network team).", finding.Explanation,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_conduit_permits_is_no_finding() =>
        Assert.Empty(Bench(ConduitDefault.Permitted).Run(Of(Unlisted), Of(FeToEdge)).Findings);

    private static AuditBench Bench(ConduitDefault? meaning, params Rule[] rules)
    {
        var bench = new AuditBench(rules);
        ImmutableArray<Conduit> conduits = meaning is { } known
            ? [new Conduit("internal", "perimeter", known, "separation", "network team", 7)]
            : [];
        bench.Site = bench.Site with { Conduits = conduits };
        return bench;
    }
}
