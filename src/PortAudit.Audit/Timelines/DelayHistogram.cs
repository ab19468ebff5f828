using System.Collections.Immutable;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Timelines;

/// <summary>
/// How long answers took, by lane: flows in steps of <see cref="DelayScale"/>, so that memory depends on the number of
/// lanes alone and sums are the same whatever the order.
/// </summary>
internal sealed class DelayHistogram : IArchived
{
    private readonly Dictionary<string, long[]> _lanes = [];

    public void Add(string lane, long delayNs) => StepsOf(lane)[DelayScale.StepOf(delayNs)]++;

    public void UnionWith(DelayHistogram other)
    {
        foreach (var (lane, counts) in other._lanes)
        {
            var steps = StepsOf(lane);
            for (var step = 0; step < counts.Length; step++)
                steps[step] += counts[step];
        }
    }

    public void Persist(StateArchive archive) => archive.Map(_lanes, StateValues.Text, static (archive, _, flows) =>
    {
        flows ??= new long[DelayScale.Count];
        archive.Numbers(flows);
        return flows;
    }, StringComparer.Ordinal);

    public ImmutableArray<DelayLane> ToPlot() =>
    [
        .. _lanes.OrderBy(lane => lane.Key, StringComparer.Ordinal)
            .Select(lane => new DelayLane(lane.Key, [.. lane.Value
                .Select((flows, step) => new DelayStep(DelayScale.BeginOf(step), DelayScale.EndOf(step), flows))
                .Where(step => step.Flows > 0)])),
    ];

    private long[] StepsOf(string lane)
    {
        if (!_lanes.TryGetValue(lane, out var steps))
            _lanes.Add(lane, steps = new long[DelayScale.Count]);
        return steps;
    }
}

/// <summary>How long the answers of one protocol took.</summary>
/// <param name="Protocol">Its name, <c>protocol/service</c> where both are of the registry.</param>
/// <param name="Steps">Flows by delay, ascending; steps without a flow are left out.</param>
public sealed record DelayLane(string Protocol, ImmutableArray<DelayStep> Steps)
{
    /// <summary>Flows whose answer was seen.</summary>
    public long Flows => Steps.Sum(step => step.Flows);

    /// <summary>Lanes as one: flows by delay, added up.</summary>
    /// <param name="protocol">What it is called.</param>
    /// <param name="lanes">The lanes.</param>
    public static DelayLane Sum(string protocol, IEnumerable<DelayLane> lanes) => new(protocol,
        [.. lanes.SelectMany(lane => lane.Steps).GroupBy(step => step.BeginNs).OrderBy(group => group.Key)
            .Select(group => group.First() with { Flows = group.Sum(step => step.Flows) })]);

    /// <summary>A delay, in nanoseconds, within which this share of the flows was answered: the end of a
    /// step.</summary>
    /// <param name="share">The share, above 0 and at most 1.</param>
    public long Within(double share)
    {
        var (wanted, counted) = (share * Flows, 0L);
        return Steps.First(step => (counted += step.Flows) >= wanted).EndNs;
    }
}

/// <summary>Flows that were answered within about the same time.</summary>
/// <param name="BeginNs">The shortest delay, in nanoseconds.</param>
/// <param name="EndNs">The longest, exclusive.</param>
/// <param name="Flows">How many.</param>
public readonly record struct DelayStep(long BeginNs, long EndNs, long Flows);
