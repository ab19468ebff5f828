using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;

namespace PortAudit.Learning.Measuring;

/// <summary>How models name fresh flows where a port names nothing: on ports that no training flow had.</summary>
internal sealed class Measurement
{
    /// <summary>Lower bound of the precision of a kind that ships.</summary>
    private const double LeastPrecision = 0.8;

    /// <summary>Named flows that a precision must rest on.</summary>
    private const int LeastNamed = 20;

    /// <summary>Groups that they must come from.</summary>
    private const int LeastGroups = 5;

    private Measurement(ImmutableArray<FlowExample> flows, ImmutableArray<KindModel> trained,
        ImmutableArray<KindModel> passed) => (Flows, Trained, Passed) = (flows, trained, passed);

    /// <summary>What is measured on.</summary>
    public ImmutableArray<FlowExample> Flows { get; }

    /// <summary>All models that were trained.</summary>
    public ImmutableArray<KindModel> Trained { get; }

    /// <summary>The models that pass, with their quality.</summary>
    public ImmutableArray<KindModel> Passed { get; }

    /// <summary>Measures by the rule of docs/behaviour.md. The kinds that pass compete without the others, so they are
    /// measured again, until all of them pass.</summary>
    public static Measurement Of(ExampleSet examples, ImmutableArray<KindModel> trained)
    {
        var ports = examples.Training.Select(example => example.Port).ToHashSet(StringComparer.Ordinal);
        var flows = ExampleSet.Capped(examples.Fresh.Where(example => !ports.Contains(example.Port)));
        var passed = trained;
        while (true)
        {
            var measurement = new Measurement(flows, trained, passed);
            ImmutableArray<KindModel> next = [.. passed.Where(model => measurement.Passes(model.Kind))];
            if (next.Length == passed.Length)
                return new Measurement(flows, trained, [.. passed.Select(measurement.WithQuality)]);
            passed = next;
        }
    }

    /// <summary>True when the kind passes.</summary>
    public bool IsPassed(BehaviourKind kind) => Passed.Any(model => model.Kind == kind);

    /// <summary>The kind by which the models that pass name an example; null for none.</summary>
    public BehaviourKind? NameOf(FlowExample example) => NameOf(Passed, example);

    /// <summary>The kind by which all trained models name it.</summary>
    public BehaviourKind? NameByAll(FlowExample example) => NameOf(Trained, example);

    /// <summary>Of the flows named a kind, those that are.</summary>
    public Share PrecisionOf(BehaviourKind kind, Func<FlowExample, BehaviourKind?> name) => Count(
        Flows.Where(example => name(example) == kind), example => example.Kind == kind);

    /// <summary>The precision in each group that has flows named so.</summary>
    public IReadOnlyList<double> PrecisionByGroup(BehaviourKind kind, Func<FlowExample, BehaviourKind?> name) =>
        [.. Flows.Where(example => name(example) == kind).GroupBy(example => example.Group)
            .Select(group => Count(group, example => example.Kind == kind).Value)];

    /// <summary>Of the flows of a kind, those that are named so.</summary>
    public Share RecallOf(BehaviourKind kind, Func<FlowExample, BehaviourKind?> name) => Count(
        Flows.Where(example => example.Kind == kind), example => name(example) == kind);

    /// <summary>The share of a kind among all flows: the precision of naming all of them so.</summary>
    public Share ShareOf(BehaviourKind kind) => Count(Flows, example => example.Kind == kind);

    private bool Passes(BehaviourKind kind)
    {
        var precision = PrecisionOf(kind, NameOf);
        var byGroup = PrecisionByGroup(kind, NameOf);
        return precision.Whole >= LeastNamed && byGroup.Count >= LeastGroups
            && precision.Bounds.Low > LeastPrecision && byGroup.Average() > LeastPrecision
            && BehaviourKindText.All.All(other => precision.Bounds.Low > ShareOf(other).Value);
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
