using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;
using PortAudit.Learning.Training;

namespace PortAudit.Learning.Measuring;

/// <summary>How models name flows of groups that they were never shown.</summary>
internal sealed class Measurement
{
    private Measurement(GroupSplit split, ImmutableArray<KindModel> trained, ImmutableArray<KindModel> passed)
    {
        (Split, Trained, Passed) = (split, trained, passed);
        Ports = new PortNames(split.Training);
    }

    public GroupSplit Split { get; }

    /// <summary>All models that were trained.</summary>
    public ImmutableArray<KindModel> Trained { get; }

    /// <summary>The models that pass, with their quality.</summary>
    public ImmutableArray<KindModel> Passed { get; }

    public PortNames Ports { get; }

    /// <summary>A name must be likelier right than wrong, whatever it is compared with.</summary>
    private const double LeastPrecision = 0.5;

    /// <summary>Measures. A kind passes when the lower bound of its precision is above the precision of naming by port,
    /// above the share of the kind, which is the precision of naming all flows so, and above
    /// <see cref="LeastPrecision"/>. The kinds that pass compete without the others, so they are measured again, until
    /// all of them pass.</summary>
    public static Measurement Of(GroupSplit split, ImmutableArray<KindModel> trained) => Of(split, trained, trained);

    /// <summary>Measures again with fewer kinds.</summary>
    /// <param name="isKept">True for a kind that may pass.</param>
    public Measurement Only(Func<BehaviourKind, bool> isKept) =>
        Of(Split, Trained, [.. Passed.Where(model => isKept(model.Kind))]);

    /// <summary>True when the kind passes.</summary>
    public bool IsPassed(BehaviourKind kind) => Passed.Any(model => model.Kind == kind);

    private static Measurement Of(GroupSplit split, ImmutableArray<KindModel> trained, ImmutableArray<KindModel> passed)
    {
        while (true)
        {
            var measurement = new Measurement(split, trained, passed);
            ImmutableArray<KindModel> next = [.. passed.Where(model => measurement.Beats(model.Kind))];
            if (next.Length == passed.Length)
                return new Measurement(split, trained, [.. passed.Select(measurement.WithQuality)]);
            passed = next;
        }
    }

    /// <summary>The kind by which the models that pass name an example; null for none.</summary>
    public BehaviourKind? NameOf(FlowExample example) => NameOf(Passed, example);

    /// <summary>The kind by which all trained models name it.</summary>
    public BehaviourKind? NameByAll(FlowExample example) => NameOf(Trained, example);

    /// <summary>Of the flows named a kind, those that are.</summary>
    public Share PrecisionOf(BehaviourKind kind, Func<FlowExample, BehaviourKind?> name) => Count(
        Split.HeldOut.Where(example => name(example) == kind), example => example.Kind == kind);

    /// <summary>The same among flows on ports that no training flow had, where a port names nothing.</summary>
    public Share PrecisionOnNewPorts(BehaviourKind kind, Func<FlowExample, BehaviourKind?> name) => Count(
        Split.HeldOut.Where(example => !Ports.Knows(example) && name(example) == kind),
        example => example.Kind == kind);

    /// <summary>The share of a kind among flows on ports that no training flow had.</summary>
    public Share ShareOnNewPorts(BehaviourKind kind) => Count(
        Split.HeldOut.Where(example => !Ports.Knows(example)), example => example.Kind == kind);

    /// <summary>Of the flows of a kind, those that are named so.</summary>
    public Share RecallOf(BehaviourKind kind, Func<FlowExample, BehaviourKind?> name) => Count(
        Split.HeldOut.Where(example => example.Kind == kind), example => name(example) == kind);

    /// <summary>The share of a kind among all held-out flows.</summary>
    public Share ShareOf(BehaviourKind kind) => Count(Split.HeldOut, example => example.Kind == kind);

    private bool Beats(BehaviourKind kind)
    {
        var low = PrecisionOf(kind, NameOf).Bounds.Low;
        return low > LeastPrecision && low > PrecisionOf(kind, Ports.Of).Value && low > ShareOf(kind).Value;
    }

    private KindModel WithQuality(KindModel model)
    {
        var precision = PrecisionOf(model.Kind, NameOf);
        return model with
        {
            Measured = model.Measured with
            {
                Precision = precision.Value,
                PrecisionLow = precision.Bounds.Low,
                Recall = RecallOf(model.Kind, NameOf).Value,
            },
        };
    }

    private static Share Count(IEnumerable<FlowExample> examples, Func<FlowExample, bool> isSo)
    {
        var all = examples.ToList();
        return new Share(all.Count(isSo), all.Count);
    }

    private static BehaviourKind? NameOf(ImmutableArray<KindModel> models, FlowExample example)
    {
        var best = models
            .Select(model => (Model: model, Probability: model.ProbabilityOf(example.Values.AsSpan())))
            .Where(named => named.Probability >= named.Model.Threshold)
            .OrderByDescending(named => named.Probability).FirstOrDefault();
        return best.Model?.Kind;
    }
}
