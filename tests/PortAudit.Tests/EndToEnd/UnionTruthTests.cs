using PortAudit.Audit;
using PortAudit.Audit.Site;
using PortAudit.Reports;
using PortAudit.Reports.Json;
using PortAudit.Traffic;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;

namespace PortAudit.Tests.EndToEnd;

/// <summary>The flows of the sample captures, judged by several auditors and united, give the report of one auditor that judged all.</summary>
public sealed class UnionTruthTests
{
    [Theory]
    [InlineData("lync-edge")]
    [InlineData("domain")]
    [InlineData("media")]
    public void Any_partition_of_the_flows_gives_the_same_JSON(string sample)
    {
        var folder = Repository.PathOf("captures", sample);
        var site = SiteLoader.Load(Path.Combine(folder, "site.yaml"), null);
        var flows = new List<FlowRecord>();
        var captures = CaptureSet.Open([.. Directory.GetFiles(folder, "*.pcap*").Order(StringComparer.Ordinal)], () => Stream.Null);
        var options = new ObserverOptions { CapturePointOf = new CapturePointBinding(site.Site!.CapturePoints).PointOf, KeepFrames = true };
        var observation = TrafficObserver.Observe(captures, options, flows.Add, null, CancellationToken.None);
        var expected = Json(observation, United(site, flows, 1, _ => 0));

        Assert.True(flows.Count > 20);
        var random = new Random(5);
        Assert.Equal(expected, Json(observation, United(site, flows, 3, _ => random.Next(3))));
        Assert.Equal(expected, Json(observation, United(site, flows, 7, i => i % 7)));
        var points = flows.Select(flow => flow.CapturePoint).Distinct().ToList();
        Assert.Equal(expected, Json(observation, United(site, flows, points.Count, i => points.IndexOf(flows[i].CapturePoint))));
    }

    private static Auditor United(SiteLoad site, List<FlowRecord> flows, int number, Func<int, int> partOf)
    {
        var auditors = Enumerable.Range(0, number).Select(_ => new Auditor(site.Catalogs!, site.Site!)).ToArray();
        for (var i = 0; i < flows.Count; i++)
            auditors[partOf(i)].Add(flows[i]);
        foreach (var other in auditors.SkipLast(1).Reverse())
            auditors[^1].UnionWith(other);
        return auditors[^1];
    }

    private static string Json(ObservationSummary observation, Auditor auditor)
    {
        var report = auditor.Complete(observation, []).WithEvidence(new Dictionary<ulong, FlowFrames>());
        using var writer = new StringWriter();
        AuditJson.Write(new AuditRun(report, "0", [], false), writer);
        return writer.ToString();
    }
}
