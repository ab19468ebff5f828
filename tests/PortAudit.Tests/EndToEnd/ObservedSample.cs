using System.Collections.Immutable;
using PortAudit.Audit;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Html;
using PortAudit.Reports.Json;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.EndToEnd;

/// <summary>A folder of captures with its site, read once: every flow keeps its first frames.</summary>
internal sealed record ObservedSample(SiteLoad Load, ImmutableArray<FlowRecord> Flows, ObservationSummary Observation)
{
    public static ObservedSample Of(string sample)
    {
        var folder = Repository.PathOf("captures", sample);
        var load = SiteLoader.Load(Path.Combine(folder, "site.yaml"), null);
        var flows = new List<FlowRecord>();
        var captures = CaptureSet.Open([.. Directory.GetFiles(folder, "*.pcap*").Order(StringComparer.Ordinal)],
            () => Stream.Null);
        var options = new ObserverOptions
        {
            CapturePointOf = new CapturePointBinding(load.Site!.CapturePoints).PointOf,
            KeepFrames = true
        };
        var observation = TrafficObserver.Observe(captures, options, flows.Add, null, CancellationToken.None);
        Assert.NotEmpty(flows);
        return new ObservedSample(load, [.. flows], observation);
    }

    public Auditor NewAuditor(bool withTimelines = false, params ImmutableArray<BoundPolicy> policies) =>
        new(Load.Catalogs!, Load.Site!, withTimelines, policies);

    public static string Json(ObservationSummary observation, Auditor auditor) =>
        Text(observation, auditor, AuditJson.Write);

    public static string Html(ObservationSummary observation, Auditor auditor) =>
        Text(observation, auditor, HtmlReport.Write);

    private static string Text(ObservationSummary observation, Auditor auditor, Action<AuditRun, TextWriter> write)
    {
        var report = auditor.Complete(observation, []).WithEvidence(new Dictionary<ulong, FlowFrames>());
        using var writer = new StringWriter();
        write(new AuditRun(report, "0", [], false), writer);
        return writer.ToString();
    }
}
