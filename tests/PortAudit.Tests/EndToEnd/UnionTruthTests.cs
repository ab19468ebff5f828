using PortAudit.Audit;
using static PortAudit.Tests.EndToEnd.ObservedSample;

namespace PortAudit.Tests.EndToEnd;

/// <summary>The flows of the sample captures, judged by several auditors and united, give the report of one auditor
/// that judged all.</summary>
public sealed class UnionTruthTests
{
    [Theory]
    [InlineData("lync-edge")]
    [InlineData("domain")]
    [InlineData("media")]
    public void Any_partition_of_the_flows_gives_the_same_JSON(string sample)
    {
        var observed = ObservedSample.Of(sample);
        var (flows, observation) = (observed.Flows, observed.Observation);
        var expected = Json(observation, United(observed, 1, _ => 0));

        var random = new Random(5);
        Assert.Equal(expected, Json(observation, United(observed, 3, _ => random.Next(3))));
        Assert.Equal(expected, Json(observation, United(observed, 7, i => i % 7)));
        var points = flows.Select(flow => flow.CapturePoint).Distinct().ToList();
        Assert.Equal(expected, Json(observation,
            United(observed, points.Count, i => points.IndexOf(flows[i].CapturePoint))));
    }

    private static Auditor United(ObservedSample observed, int number, Func<int, int> partOf)
    {
        var auditors = Enumerable.Range(0, number).Select(_ => observed.NewAuditor()).ToArray();
        for (var i = 0; i < observed.Flows.Length; i++)
            auditors[partOf(i)].Add(observed.Flows[i]);
        foreach (var other in auditors.SkipLast(1).Reverse())
            auditors[^1].UnionWith(other);
        return auditors[^1];
    }
}
