using System.Collections.Immutable;

namespace PortAudit.Learning.Examples;

/// <summary>Examples to train on, and fresh ones to measure on.</summary>
/// <param name="Training">What is trained and tuned on.</param>
/// <param name="Fresh">What is measured on, once. No group and no flow is in both.</param>
internal sealed record ExampleSet(ImmutableArray<FlowExample> Training, ImmutableArray<FlowExample> Fresh)
{
    /// <summary>Examples of one kind that a group gives at most, the lowest numbers: a large capture must not outweigh
    /// all others.</summary>
    public const int MaximumPerGroup = 20;

    /// <summary>TLS connections of the training part that are proved to carry a service, which is their protocol. All
    /// are counted; nothing is trained on them.</summary>
    public ImmutableArray<FlowExample> TrainingInsideTls { get; init; } = [];

    /// <summary>The same of the fresh captures.</summary>
    public ImmutableArray<FlowExample> FreshInsideTls { get; init; } = [];

    /// <summary>Reads the captures. A flow that several captures hold is one example, and their groups are one. A
    /// fresh capture is left out whole when it shares a flow with what was used before. What is left out is
    /// named.</summary>
    /// <param name="captures">The captures.</param>
    /// <param name="recorded">Training examples that were kept of other captures.</param>
    /// <param name="errors">Takes the names of what is left out.</param>
    public static ExampleSet Read(ImmutableArray<GroupedCapture> captures, IEnumerable<FlowExample> recorded,
        TextWriter errors)
    {
        var known = new HashSet<ulong>();
        var (training, trainingInside) = (new List<FlowExample>(recorded), new List<FlowExample>());
        foreach (var capture in Of(captures, CaptureUse.Train))
            training.AddRange(CaptureExamples.Read(capture, errors, trainingInside));
        known.UnionWith(training.Select(example => example.Id));
        var excludedInside = new List<FlowExample>();
        foreach (var capture in Of(captures, CaptureUse.Exclude))
            known.UnionWith(CaptureExamples.Read(capture, errors, excludedInside).Select(example => example.Id));
        var knownInside = trainingInside.Concat(excludedInside).Select(example => example.Id).ToHashSet();
        var (fresh, freshInside) = (new List<FlowExample>(), new List<FlowExample>());
        foreach (var capture in Of(captures, CaptureUse.Measure))
        {
            var inside = new List<FlowExample>();
            var examples = CaptureExamples.Read(capture, errors, inside);
            if (examples.Exists(example => known.Contains(example.Id)))
            {
                errors.WriteLine($"{capture.Path}: left out: it shares a flow with what was used before");
                continue;
            }

            fresh.AddRange(examples);
            freshInside.AddRange(inside.Where(example => !knownInside.Contains(example.Id)));
        }

        return new ExampleSet(Capped(Joined(training)), Joined(fresh))
        {
            TrainingInsideTls = Joined(trainingInside),
            FreshInsideTls = Joined(freshInside),
        };
    }

    /// <summary>At most <see cref="MaximumPerGroup"/> of each kind and group.</summary>
    public static ImmutableArray<FlowExample> Capped(IEnumerable<FlowExample> examples) =>
        [.. examples.GroupBy(example => (example.Group, example.Kind))
            .SelectMany(group => group.OrderBy(example => example.Id).Take(MaximumPerGroup))
            .OrderBy(example => example.Group, StringComparer.Ordinal).ThenBy(example => example.Id)];

    private static IOrderedEnumerable<GroupedCapture> Of(ImmutableArray<GroupedCapture> captures, CaptureUse use) =>
        captures.Where(capture => capture.Use == use).OrderBy(capture => capture.Path, StringComparer.Ordinal);

    /// <summary>Each flow once; groups that share one are one.</summary>
    private static ImmutableArray<FlowExample> Joined(List<FlowExample> examples)
    {
        var once = new Dictionary<ulong, FlowExample>();
        var groups = new GroupUnion();
        foreach (var example in examples)
        {
            if (!once.TryAdd(example.Id, example))
                groups.Unite(once[example.Id].Group, example.Group);
        }

        return [.. once.Values.Select(example => example with { Group = groups.Of(example.Group) })];
    }
}
