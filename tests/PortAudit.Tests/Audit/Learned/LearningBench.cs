using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Learned;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Audit.Learned;

/// <summary>Learns from flows of the site of <see cref="AuditBench"/>, and audits others against that.</summary>
internal static class LearningBench
{
    public static AuditBench Bench() => new(RuleSample.Of("sip fe,client edge tcp 5061 sip any"),
        RuleSample.Of("web client edge tcp 443 - any"), RuleSample.Of("wide client fe tcp 40000-65535 - any"),
        RuleSample.Of("log client fe udp 514 syslog none") with { Replies = Replies.None });

    public static LearnedTraffic Learn(params IEnumerable<FlowRecord> flows) => Learn(Bench(), flows);

    public static LearnedTraffic Learn(AuditBench bench, params IEnumerable<FlowRecord> flows) =>
        Run(bench, new LearningOptions(), flows).Learned!;

    public static AuditReport Against(LearnedTraffic baseline, params IEnumerable<FlowRecord> flows) =>
        Run(Bench(), new LearningOptions(baseline), flows);

    /// <summary>The findings about what is new.</summary>
    public static IReadOnlyList<Finding> News(LearnedTraffic baseline, params IEnumerable<FlowRecord> flows) =>
        [.. Against(baseline, flows).Findings.Where(finding => finding.Kind is FindingKind.NewTraffic
            or FindingKind.UnlikeBaseline or FindingKind.PeriodicConnections)];

    public static Auditor NewAuditor(AuditBench bench, LearningOptions options) =>
        new(bench.Catalogs, bench.Site, learning: options);

    private static AuditReport Run(AuditBench bench, LearningOptions options, IEnumerable<FlowRecord> flows)
    {
        var auditor = NewAuditor(bench, options);
        foreach (var flow in flows)
            auditor.Add(flow);
        return auditor.Complete(bench.Observation, []).WithEvidence(new Dictionary<ulong, FlowFrames>());
    }
}
