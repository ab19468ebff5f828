using System.Collections.Immutable;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Behaviour;

/// <summary>A learned model that names flows by their behaviour. It never proves anything.</summary>
public sealed class BehaviourModel
{
    private static readonly Lazy<BehaviourModel?> Shipped = new(ShippedBehaviour.Read);

    private readonly ImmutableArray<KindModel> _kinds;

    internal BehaviourModel(ImmutableArray<KindModel> kinds) => _kinds = kinds;

    /// <summary>The model that ships; null when none does.</summary>
    public static BehaviourModel? Default => Shipped.Value;

    /// <summary>The kinds it names, with the quality that was measured.</summary>
    public ImmutableArray<(BehaviourKind Kind, KindQuality Measured)> Kinds =>
        [.. _kinds.Select(kind => (kind.Kind, kind.Measured))];

    internal ImmutableArray<KindModel> Models => _kinds;

    /// <summary>Names a flow; null when no kind is likely enough, or too few of its packets were counted.</summary>
    public NamedBehaviour? Name(FlowRecord flow)
    {
        Span<float> values = stackalloc float[BehaviourFeatures.Names.Length];
        if (!BehaviourFeatures.TryRead(flow, values))
            return null;
        NamedBehaviour? best = null;
        foreach (var kind in _kinds)
        {
            var probability = kind.ProbabilityOf(values);
            if (probability >= kind.Threshold && !(best?.Probability >= probability))
                best = new NamedBehaviour(kind.Kind, probability);
        }

        return best;
    }
}

/// <summary>The kind of a flow by its behaviour.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Probability">How likely it is, 0 to 1.</param>
public readonly record struct NamedBehaviour(BehaviourKind Kind, double Probability);
