using System.Collections.Immutable;

namespace PortAudit.Audit.Behaviour;

/// <summary>Tells whether a flow is of one kind: an ensemble of trees, and the logistic curve that makes a probability
/// of their sum (Platt 1999).</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Measured">What it was trained on, and how it did on what it was never shown.</param>
/// <param name="Threshold">Probability from which a flow is named.</param>
/// <param name="Bias">Added to the sum of the trees.</param>
/// <param name="Slope">Factor of the sum in the exponent; negative, as a larger sum is likelier.</param>
/// <param name="Offset">Constant in the exponent.</param>
/// <param name="Trees">The trees.</param>
internal sealed record KindModel(BehaviourKind Kind, KindQuality Measured, double Threshold, double Bias, double Slope,
    double Offset, ImmutableArray<DecisionTree> Trees)
{
    /// <summary>Probability that a flow with these numbers is of the kind, 0 to 1.</summary>
    public double ProbabilityOf(ReadOnlySpan<float> values)
    {
        var sum = Bias;
        foreach (var tree in Trees)
            sum += tree.Answer(values);
        return 1 / (1 + Math.Exp((Slope * sum) + Offset));
    }
}

/// <summary>What a kind was learned from, and its quality on captures that were held out.</summary>
/// <param name="Examples">Flows of the kind in training.</param>
/// <param name="Groups">Captures or sites that they come from.</param>
/// <param name="Precision">Of the flows named so, the share that are of the kind, 0 to 1.</param>
/// <param name="PrecisionLow">Lower bound of that at 95 % (Wilson 1927).</param>
/// <param name="Recall">Of the flows of the kind, the share that are named so, 0 to 1.</param>
public sealed record KindQuality(int Examples, int Groups, double Precision, double PrecisionLow, double Recall);
