using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Scans;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit.Scans;

public sealed class ScanLedgerTests
{
    private static readonly string[] Scanners = ["10.2.0.9", "10.2.0.10", "192.0.2.1"];

    [Fact]
    public void United_ledgers_say_what_one_says_that_had_all_flows()
    {
        var bench = new AuditBench(RuleSample.Required("sip client fe tcp 5061 sip tls"));
        var flows = Flows().Select(bench.Judge).ToList();
        var (one, first, second) = (New(), New(), New());
        foreach (var judgement in flows)
            one.Add(judgement);
        for (var i = 0; i < flows.Count; i++)
            (i % 2 == 0 ? first : second).Add(flows[i]);
        first.UnionWith(second);

        Assert.Equal(Text(one), Text(first));
        Assert.Contains("192.0.2.1", Text(one), StringComparison.Ordinal);
    }

    [Fact]
    public void Originators_beyond_the_limit_are_judged_flow_by_flow_and_those_of_the_site_come_first()
    {
        var bench = new AuditBench();
        var forged = Enumerable.Range(0, ScanLedger.MaximumOriginators + 50)
            .Select(i => Of($"1.1.{i / 250}.{i % 250}:50000 tcp 10.0.0.1:9").Ending(Outcome.Unanswered));
        var scan = Enumerable.Range(100, 30)
            .Select(port => Of($"10.2.255.9:50000 tcp 10.0.0.1:{port}").Ending(Outcome.Refused));
        var report = bench.Run([.. forged, .. scan]);
        var reversed = bench.Run([.. scan.Reverse(), .. forged.Reverse()]);

        Assert.Equal([FindingKind.PortScan, FindingKind.UnexpectedTraffic],
            report.Findings.Select(finding => finding.Kind).OrderDescending());
        Assert.Equal(ScanLedger.MaximumOriginators + 50,
            report.Findings.Single(finding => finding.Kind == FindingKind.UnexpectedTraffic).Flows);
        Assert.Contains(report.Diagnostics, line => line.Contains($"only {ScanLedger.MaximumOriginators} were looked "
            + $"at for port scans", StringComparison.Ordinal) && line.Contains("51 flows", StringComparison.Ordinal));
        Assert.Equal(report.Findings.Select(finding => (finding.Id, finding.Explanation)),
            reversed.Findings.Select(finding => (finding.Id, finding.Explanation)));
        Assert.Equal(report.Diagnostics.AsEnumerable(), reversed.Diagnostics);
    }

    [Fact]
    public void A_scan_of_more_targets_than_are_told_apart_says_so()
    {
        var flows = Enumerable.Range(0, 5_000)
            .Select(i => Of($"10.2.0.9:50000 tcp 10.0.{i / 250}.{i % 250}:22").Ending(Outcome.Unanswered));
        var finding = Assert.Single(new AuditBench().Run(flows).Findings);

        Assert.Equal((FindingKind.PortScan, 5_000L), (finding.Kind, finding.Flows));
        Assert.Contains($"more than {OriginatorTally.MaximumTargets} hosts", finding.Explanation,
            StringComparison.Ordinal);
        Assert.Contains("none answered", finding.Explanation, StringComparison.Ordinal);
    }

    private static IEnumerable<FlowRecord> Flows()
    {
        foreach (var from in Scanners)
        {
            for (var port = 100; port < 125; port++)
                yield return Of($"{from}:50000 tcp 10.0.0.1:{port}")
                    .Ending(port % 3 == 0 ? Outcome.Unanswered : Outcome.Refused).At(port);
            yield return Of($"{from}:50001 tcp 10.0.0.1:5061").Ending(Outcome.Refused);
        }

        for (var i = 0; i < 10; i++)
            yield return Of($"10.2.1.{i}:50001 tcp 10.0.0.1:5061").Ending(Outcome.Unanswered);
        yield return Of("10.2.1.1:50001 tcp 10.0.0.1:7").Proving("ssh");
    }

    private static ScanLedger New() => new(Ledger());

    private static RuleLedger Ledger()
    {
        var bench = new AuditBench(RuleSample.Required("sip client fe tcp 5061 sip tls"));
        return bench.NewRuleLedger();
    }

    private static string Text(ScanLedger scans)
    {
        var (findings, rules) = (new FlowFindings(), Ledger());
        scans.Release(findings, rules);
        var scanned = ScanFindings.Of(scans.Scanners).Select(draft => $"{draft.Finding.Id} {draft.Finding.Explanation} "
            + $"{string.Join(' ', draft.Finding.Originators)} {draft.Flows!.Tuples.Filter}");
        var released = findings.Causes
            .Select(cause => $"{cause.Key.Id} {cause.Value.Flows} {cause.Value.FirstNs} {cause.Value.Tuples.Filter}")
            .Order(StringComparer.Ordinal);
        var pairs = rules.Rules.SelectMany(tally => tally.Pairs)
            .Select(pair => $"{pair.Originator.Text} {pair.Status} {pair.Flows} {pair.Failed?.Bytes}");
        var rows = rules.Rules.Select(tally => tally.Row("client", "fe"))
            .Select(row => $"{row?.Best} {row?.Flows} {row?.ScanProbes} {row?.FirstNs} {row?.LastNs}");
        return string.Join('\n', [.. scanned, .. released, .. pairs, .. rows]);
    }
}
