using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;

namespace PortAudit.Learning.Training;

/// <summary>A model of a kind, and the scores that gave its curve and threshold.</summary>
/// <param name="Model">The model.</param>
/// <param name="Unseen">Scores of training examples by trees that did not see their groups.</param>
internal sealed record TrainedKind(KindModel Model, ImmutableArray<UnseenScore> Unseen);

/// <summary>Trains one model per kind on training examples alone: scores of groups that the trees did not see give the
/// probability curve and the threshold; then the trees are trained on all of them.</summary>
internal static class ModelTrainer
{
    /// <summary>Precision on unseen groups of the training examples that a threshold must give.</summary>
    private const double WantedPrecision = 0.95;

    private static readonly double[] Thresholds = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

    /// <summary>The models of the kinds with enough examples, in order of the kinds.</summary>
    public static ImmutableArray<TrainedKind> Train(ImmutableArray<FlowExample> examples, int seed) =>
        [.. BehaviourKindText.All.Where(kind => IsEnough(examples, kind)).Select(kind => Train(examples, kind, seed))];

    /// <summary>True when examples of a kind are enough to learn from.</summary>
    public static bool IsEnough(IEnumerable<FlowExample> examples, BehaviourKind kind)
    {
        var ofKind = examples.Where(example => example.Kind == kind).ToList();
        return ofKind.Count >= BehaviourModelReader.MinimumExamples
            && GroupsOf(ofKind) >= BehaviourModelReader.MinimumGroups;
    }

    private static int GroupsOf(IEnumerable<FlowExample> examples) =>
        examples.Select(example => example.Group).Distinct().Count();

    private static TrainedKind Train(ImmutableArray<FlowExample> examples, BehaviourKind kind, int seed)
    {
        var unseen = UnseenScore.Of(examples, kind, seed);
        var (slope, offset) = PlattCurve.Fit([.. unseen.Select(example => (example.Score, example.IsOfKind))]);
        var (bias, trees) = TreeTrainer.Export(TreeTrainer.Train(examples, kind, seed).Ensemble);
        var ofKind = examples.Where(example => example.Kind == kind).ToList();
        var quality = new KindQuality(ofKind.Count, GroupsOf(ofKind), 0, 0, 0);
        return new TrainedKind(new KindModel(kind, quality, ThresholdOf(unseen, slope, offset), bias, slope, offset,
            trees), unseen);
    }

    /// <summary>The lowest threshold that gives the wanted precision, else the highest.</summary>
    private static double ThresholdOf(ImmutableArray<UnseenScore> unseen, double slope, double offset)
    {
        foreach (var threshold in Thresholds)
        {
            var named = unseen.Where(example => 1 / (1 + Math.Exp((slope * example.Score) + offset)) >= threshold)
                .ToList();
            if (named.Count > 0 && named.Count(example => example.IsOfKind) >= WantedPrecision * named.Count)
                return threshold;
        }

        return Thresholds[^1];
    }
}
