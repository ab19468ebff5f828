using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;

namespace PortAudit.Learning.Training;

/// <summary>Trains one model per kind on training examples alone: scores of groups that the trees did not see give the
/// probability curve and the threshold; then the trees are trained on all of them.</summary>
internal static class ModelTrainer
{
    /// <summary>Precision on unseen groups of the training examples that a threshold must give.</summary>
    private const double WantedPrecision = 0.9;

    private static readonly double[] Thresholds = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

    /// <summary>The models of the kinds with enough examples, in order of the kinds.</summary>
    public static ImmutableArray<KindModel> Train(ImmutableArray<FlowExample> examples, int seed) =>
        [.. BehaviourKindText.All.Where(kind => IsEnough(examples, kind)).Select(kind => Train(examples, kind, seed))];

    private static bool IsEnough(ImmutableArray<FlowExample> examples, BehaviourKind kind) =>
        examples.Count(example => example.Kind == kind) >= BehaviourModelReader.MinimumExamples
        && GroupsOf(examples, kind) >= BehaviourModelReader.MinimumGroups;

    private static int GroupsOf(ImmutableArray<FlowExample> examples, BehaviourKind kind) =>
        examples.Where(example => example.Kind == kind).Select(example => example.Group).Distinct().Count();

    private static KindModel Train(ImmutableArray<FlowExample> examples, BehaviourKind kind, int seed)
    {
        var unseen = Unseen(examples, kind, seed);
        var (slope, offset) = PlattCurve.Fit(unseen);
        var (bias, trees) = TreeTrainer.Export(TreeTrainer.Train(examples, kind, seed).Ensemble);
        var quality = new KindQuality(examples.Count(example => example.Kind == kind), GroupsOf(examples, kind), 0, 0,
            0);
        return new KindModel(kind, quality, ThresholdOf(unseen, slope, offset), bias, slope, offset, trees);
    }

    /// <summary>Sums of the trees for each example, of trees that saw nothing of its group.</summary>
    private static List<(double Score, bool IsOfKind)> Unseen(ImmutableArray<FlowExample> examples, BehaviourKind kind,
        int seed)
    {
        var scored = new List<(double Score, bool IsOfKind)>();
        for (var fold = 0; fold < GroupSplit.Folds; fold++)
        {
            var inside = examples.Where(example => GroupSplit.FoldOf(example.Group, seed) == fold).ToList();
            var outside = examples.Where(example => GroupSplit.FoldOf(example.Group, seed) != fold).ToList();
            if (inside.Count == 0 || !outside.Exists(example => example.Kind == kind))
                continue;
            var (bias, trees) = TreeTrainer.Export(TreeTrainer.Train(outside, kind, seed).Ensemble);
            foreach (var example in inside)
                scored.Add((bias + trees.Sum(tree => tree.Answer(example.Values.AsSpan())), example.Kind == kind));
        }

        return scored;
    }

    /// <summary>The lowest threshold that gives the wanted precision, else the highest.</summary>
    private static double ThresholdOf(List<(double Score, bool IsOfKind)> scored, double slope, double offset)
    {
        foreach (var threshold in Thresholds)
        {
            var named = scored.Where(example => 1 / (1 + Math.Exp((slope * example.Score) + offset)) >= threshold)
                .ToList();
            if (named.Count > 0 && named.Count(example => example.IsOfKind) >= WantedPrecision * named.Count)
                return threshold;
        }

        return Thresholds[^1];
    }
}
