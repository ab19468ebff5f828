using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;

namespace PortAudit.Learning.Training;

/// <summary>What trees for a kind say to a training example of whose group they saw nothing.</summary>
/// <param name="Example">The example.</param>
/// <param name="IsOfKind">True when it is of the kind.</param>
/// <param name="Score">Sum of the trees.</param>
internal sealed record UnseenScore(FlowExample Example, bool IsOfKind, double Score)
{
    /// <summary>Scores for a kind. Where the folds give enough of it, only examples on ports that the trees' examples
    /// did not have: those that a model is for.</summary>
    /// <param name="examples">All training examples.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="seed">Seed of the folds and of the trees.</param>
    public static ImmutableArray<UnseenScore> Of(ImmutableArray<FlowExample> examples, BehaviourKind kind, int seed)
    {
        var all = ImmutableArray.CreateBuilder<UnseenScore>();
        var onNewPorts = ImmutableArray.CreateBuilder<UnseenScore>();
        for (var fold = 0; fold < GroupFold.Count; fold++)
        {
            var inside = examples.Where(example => GroupFold.Of(example.Group, seed) == fold).ToList();
            var outside = examples.Where(example => GroupFold.Of(example.Group, seed) != fold).ToList();
            if (inside.Count == 0 || !outside.Exists(example => example.Kind == kind))
                continue;
            var ports = outside.Select(example => example.Port).ToHashSet(StringComparer.Ordinal);
            var (bias, trees) = TreeTrainer.Export(TreeTrainer.Train(outside, kind, seed).Ensemble);
            foreach (var example in inside)
            {
                var score = bias + trees.Sum(tree => tree.Answer(example.Values.AsSpan()));
                all.Add(new UnseenScore(example, example.Kind == kind, score));
                if (!ports.Contains(example.Port))
                    onNewPorts.Add(all[^1]);
            }
        }

        return ModelTrainer.IsEnough(onNewPorts.Select(score => score.Example), kind)
            ? onNewPorts.ToImmutable()
            : all.ToImmutable();
    }
}
