using System.Collections.Immutable;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Passages;

/// <summary>What two capture points recorded, paired.</summary>
/// <param name="First">Name of the first point.</param>
/// <param name="Second">Name of the second point.</param>
/// <param name="Paired">The connections.</param>
/// <param name="Sides">Which addresses are on which side.</param>
internal sealed record PointPairing(string First, string Second, PairedFlows Paired, PointSides Sides)
{
    /// <summary>Points of which each is compared with each; of more of them neighbours are compared.</summary>
    private const int MaximumPoints = 16;

    /// <summary>The pairings of points.</summary>
    /// <param name="flows">Flows of any points.</param>
    /// <param name="order">Points in the order in which packets pass them; others come behind, by name.</param>
    public static ImmutableArray<PointPairing> Of(IEnumerable<FlowRecord> flows, ImmutableArray<string> order)
    {
        var points = flows.Where(flow => flow.CapturePoint.Length > 0)
            .GroupBy(flow => flow.CapturePoint, StringComparer.Ordinal)
            .OrderBy(point => order.IndexOf(point.Key) is >= 0 and var index ? index : order.Length)
            .ThenBy(point => point.Key, StringComparer.Ordinal).ToList();
        var pairings = ImmutableArray.CreateBuilder<PointPairing>();
        for (var first = 0; first < points.Count; first++)
        {
            var end = points.Count <= MaximumPoints ? points.Count : Math.Min(points.Count, first + 2);
            for (var second = first + 1; second < end; second++)
            {
                var paired = FlowPairing.Of(points[first], points[second]);
                pairings.Add(new PointPairing(points[first].Key, points[second].Key, paired,
                    new PointSides(paired.Pairs)));
            }
        }

        return pairings.ToImmutable();
    }
}
