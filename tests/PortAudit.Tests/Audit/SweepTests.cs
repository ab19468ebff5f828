using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

/// <summary>A rule that allows everything says what it keeps from being reported.</summary>
public sealed class SweepTests
{
    private static readonly Rule Sip = RuleSample.Of("sip fe edge tcp 5061 sip any");

    private static readonly FlowRecord[] Flows =
    [
        Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("sip"), // as rule sip asks
        Of("10.0.0.1:50001 tcp 10.1.0.1:5061").Proving("http"), // wrong protocol
        Of("10.0.0.3:50000 tcp 10.1.0.1:8080"), // unexpected
        Of("10.0.0.3:50001 tcp 10.1.0.1:8080"),
        Of("10.9.7.1:50000 tcp 10.9.8.2:8081"), // hosts that nobody listed
    ];

    [Fact]
    public void The_findings_that_would_be_there_without_it_are_counted()
    {
        var report = Bench("1-65535").Run(Flows);

        Assert.Empty(report.Findings);
        Assert.Equal("site.yaml: rule 'all' allows everything between any hosts: 4 flows that no other rule allows are "
            + "not reported, which would be 3 findings; name the hosts, networks or segments that it applies to",
            Assert.Single(report.Diagnostics));
    }

    [Theory]
    [InlineData("1-1023,1024-65535", 1)]
    [InlineData("1-1023,1025-65535", 0)]
    public void It_is_such_a_rule_only_when_it_holds_every_port(string ports, int diagnostics) =>
        Assert.Equal(diagnostics, Bench(ports).Run(Flows).Diagnostics.Length);

    [Fact]
    public void Where_it_keeps_nothing_from_being_reported_nothing_is_said() =>
        Assert.Empty(Bench("1-65535").Run(Flows[0]).Diagnostics);

    private static AuditBench Bench(string ports)
    {
        var bench = new AuditBench(Sip);
        bench.Site = bench.Site with
        {
            Rules = [RuleSample.Of($"all any any tcp {ports} - any") with { Catalog = RuleScope.SiteCatalog }]
        };
        return bench;
    }
}
