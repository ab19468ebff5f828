using System.Collections.Immutable;

namespace PortAudit.Audit.Behaviour;

/// <summary>A binary decision tree. Its nodes are numbered from the root, 0; a child is a node with a higher number, or
/// <c>~n</c> for leaf <c>n</c>. Without a node there is one leaf.</summary>
/// <param name="Weight">Factor of its answer in the sum.</param>
/// <param name="Features">Of each node, the number that is compared.</param>
/// <param name="Thresholds">Of each node, what goes left: numbers up to it.</param>
/// <param name="Left">Of each node, the child for numbers up to the threshold.</param>
/// <param name="Right">Of each node, the child for larger ones.</param>
/// <param name="Leaves">Answers of the leaves.</param>
internal sealed record DecisionTree(double Weight, ImmutableArray<int> Features, ImmutableArray<float> Thresholds,
    ImmutableArray<int> Left, ImmutableArray<int> Right, ImmutableArray<double> Leaves)
{
    /// <summary>True when every node and leaf but the root is the child of exactly one node before it, every feature
    /// exists and every number is finite: then <see cref="Answer"/> ends, and cannot fail.</summary>
    public bool IsSound(int features)
    {
        var nodes = Features.Length;
        if (Thresholds.Length != nodes || Left.Length != nodes || Right.Length != nodes || Leaves.Length != nodes + 1)
            return false;
        var isFinite = double.IsFinite(Weight) && Leaves.All(double.IsFinite) && Thresholds.All(float.IsFinite);
        if (!isFinite || Features.Any(feature => (uint)feature >= (uint)features))
            return false;
        var children = new HashSet<int>();
        for (var node = 0; node < nodes; node++)
        {
            foreach (var child in (ReadOnlySpan<int>)[Left[node], Right[node]])
            {
                var exists = child < 0 ? ~child < Leaves.Length : child > node && child < nodes;
                if (!exists || !children.Add(child))
                    return false;
            }
        }

        return true;
    }

    /// <summary>The weighted answer for the numbers of a flow.</summary>
    public double Answer(ReadOnlySpan<float> values)
    {
        if (Features.IsEmpty)
            return Weight * Leaves[0];
        var node = 0;
        while (node >= 0)
            node = values[Features[node]] <= Thresholds[node] ? Left[node] : Right[node];
        return Weight * Leaves[~node];
    }
}
