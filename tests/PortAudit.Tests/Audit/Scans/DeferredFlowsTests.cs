using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Scans;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Scans;

public sealed class HeldFlowsTests
{
    private static readonly AuditBench Bench = new(RuleSample.Required("sip client fe tcp 5061 sip tls"));

    [Theory]
    [InlineData(1)]
    [InlineData(DeferredFlows.MaximumSingle)]
    [InlineData(DeferredFlows.MaximumSingle + 1)]
    [InlineData(3 * DeferredFlows.MaximumSingle)]
    public void One_by_one_or_added_up_they_say_the_same(int flows)
    {
        var judgements = Judgements(flows);
        var held = Hold(judgements);
        var sums = new HeldSums(Bench.NewRuleLedger());
        foreach (var judgement in judgements)
            sums.Add(judgement);

        Assert.Equal(Text(sums.ReleaseTo), Text(held.ReleaseTo));
        Assert.Equal(Text(sums.ReleaseAsScanTo), Text(held.Sums.ReleaseAsScanTo));
        Assert.Equal((sums.All.Flows, sums.Allowed, sums.All.Tuples.Filter),
            (held.Flows, held.Sums.Allowed, held.Sums.All.Tuples.Filter));
    }

    [Theory]
    [InlineData(10, 20)]
    [InlineData(DeferredFlows.MaximumSingle, 1)]
    [InlineData(1, DeferredFlows.MaximumSingle)]
    [InlineData(DeferredFlows.MaximumSingle + 1, 1)]
    [InlineData(1, DeferredFlows.MaximumSingle + 1)]
    [InlineData(100, 100)]
    public void United_they_say_what_all_of_them_say(int first, int second)
    {
        var judgements = Judgements(first + second);
        var (one, other) = (Hold(judgements[..first]), Hold(judgements[first..]));
        one.UnionWith(other);

        Assert.Equal(Text(Hold(judgements).ReleaseTo), Text(one.ReleaseTo));
        Assert.Equal(first + second, one.Flows);
        Assert.Equal(Text(Hold(judgements[first..]).ReleaseTo), Text(other.ReleaseTo));
    }

    private static DeferredFlows Hold(IEnumerable<Judgement> judgements)
    {
        var held = new DeferredFlows(Bench.NewRuleLedger());
        foreach (var judgement in judgements)
            held.Add(judgement);
        return held;
    }

    /// <summary>Attempts at two services, one of them covered by a rule, from different ports.</summary>
    private static Judgement[] Judgements(int flows) =>
        [.. Enumerable.Range(0, flows).Select(i => Bench.Judge(Of($"10.2.1.1:{50_000 + i} tcp "
            + $"10.0.0.1:{(i % 3 == 0 ? 5061 : 7)}").Ending(i % 2 == 0 ? Outcome.Refused : Outcome.Unanswered).At(i)))];

    private static string Text(Action<FlowFindings, RuleLedger> release)
    {
        var (findings, rules) = (new FlowFindings(), Bench.NewRuleLedger());
        release(findings, rules);
        var causes = findings.Causes.Select(cause => $"{cause.Key.Id} {cause.Value.Flows} {cause.Value.FirstNs} "
            + $"{cause.Value.LastNs} {cause.Value.Tuples.Filter}").Order(StringComparer.Ordinal);
        var pairs = rules.Rules.SelectMany(tally => tally.Pairs)
            .Select(pair => $"{pair.Originator.Text} {pair.Status} {pair.Flows} {pair.Failed?.Bytes}");
        var rows = rules.Rules.Select(tally => tally.Row("client", "fe"))
            .Select(row => $"{row?.Best} {row?.Flows} {row?.ScanProbes} {row?.FirstNs} {row?.LastNs}");
        return string.Join('\n', [.. causes, .. pairs, .. rows]);
    }
}
