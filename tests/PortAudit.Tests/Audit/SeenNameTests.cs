using PortAudit.Audit;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

public sealed class SeenNameTests
{
    private static readonly NameSighting Ws = new(AddressOf("10.2.0.7"), "ws07", NameBasis.Dhcp, 2, Start, Start);
    private static readonly NameSighting Edge =
        new(AddressOf("10.1.0.1"), "db01", NameBasis.DnsAnswer, 1, Start, Start);

    [Fact]
    public void Hosts_have_the_names_of_their_addresses()
    {
        var report = Run(Edge, Ws);

        Assert.Equal([Edge], report.Hosts.Single(host => host.Name == "edge1").Names.AsEnumerable());
        Assert.Equal([Ws], report.Hosts.Single(host => host.Name is null).Names.AsEnumerable());
        Assert.Empty(report.Hosts.Single(host => host.Name == "db01").Names);
        Assert.Equal(("ws07", null), (report.Names.BestOf("10.2.0.7")?.Name, report.Names.BestOf("10.2.0.8")?.Name));
    }

    [Fact]
    public void Names_change_no_judgement()
    {
        var (with, without) = (Run(Edge, Ws), Run());

        Assert.Equal(without.RolePairs.Select(pair => $"{pair.From} {pair.To} {string.Join(' ', pair.Verdicts)}"),
            with.RolePairs.Select(pair => $"{pair.From} {pair.To} {string.Join(' ', pair.Verdicts)}"));
        Assert.Equal(without.Rules.Select(rule => $"{rule.Status} {rule.Reason}"),
            with.Rules.Select(rule => $"{rule.Status} {rule.Reason}"));
        Assert.Equal(without.Findings.Select(finding => $"{finding.Id} {finding.Severity} {finding.Explanation}"),
            with.Findings.Select(finding => $"{finding.Id} {finding.Severity} {finding.Explanation}"));
        Assert.NotEmpty(with.Findings);
    }

    private static AuditReport Run(params NameSighting[] names)
    {
        var bench = new AuditBench(RuleSample.Of("r fe edge tcp 5061 sip tls"));
        bench.Observation = bench.Observation with { Names = [.. names] };
        return bench.Run(
            Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("tls"),
            Of("10.2.0.7:50001 tcp 10.1.0.1:5061").Proving("tls"),
            Of("10.2.0.7:50002 tcp 10.1.0.1:22").Ending(Outcome.Established).Proving("ssh"));
    }
}
