using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;

namespace PortAudit.Learning.Training;

/// <summary>Trains a forest with ML.NET that tells one kind from all else, and takes its trees out.</summary>
internal static class TreeTrainer
{
    private const int Trees = 60;
    private const int Leaves = 20;
    private const int MinimumPerLeaf = 2;

    /// <summary>Share of the numbers that a tree may look at, so that the trees differ.</summary>
    private const double FeatureShare = 0.2;

    private const string Label = nameof(Row.IsOfKind);
    private const string Features = nameof(Row.Values);

    /// <summary>ML.NET's model of a kind; the same for the same examples in the same order, and seed.</summary>
    public static RankedForest Train(IEnumerable<FlowExample> examples, BehaviourKind kind, int seed)
    {
        var context = new MLContext(seed);
        var trainer = context.BinaryClassification.Trainers.FastForest(new FastForestBinaryTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Features,
            NumberOfTrees = Trees,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = MinimumPerLeaf,
            FeatureFraction = FeatureShare,
            NumberOfThreads = 1,
            Seed = seed,
            FeatureSelectionSeed = seed,
        });
        return new RankedForest(context, trainer.Fit(context.Data.LoadFromEnumerable(Rows(examples, kind), Schema())));
    }

    /// <summary>The trees, as the audit evaluates them.</summary>
    public static (double Bias, ImmutableArray<DecisionTree> Trees) Export(QuantileRegressionTreeEnsemble ensemble) =>
        (ensemble.Bias, [.. ensemble.Trees.Select((tree, i) => new DecisionTree(ensemble.TreeWeights[i],
            [.. tree.NumericalSplitFeatureIndexes], [.. tree.NumericalSplitThresholds], [.. tree.LeftChild],
            [.. tree.RightChild], [.. tree.LeafValues]))]);

    internal static SchemaDefinition Schema()
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, BehaviourFeatures.Names.Length);
        return schema;
    }

    internal static IEnumerable<Row> Rows(IEnumerable<FlowExample> examples, BehaviourKind kind) =>
        [.. examples.Select(example => new Row { Values = [.. example.Values], IsOfKind = example.Kind == kind })];

    /// <summary>An example as ML.NET reads it.</summary>
    internal sealed class Row
    {
        public float[] Values { get; set; } = [];

        public bool IsOfKind { get; set; }
    }
}

/// <summary>ML.NET's trained forest.</summary>
internal sealed record RankedForest(MLContext Context,
    BinaryPredictionTransformer<FastForestBinaryModelParameters> Model)
{
    public QuantileRegressionTreeEnsemble Ensemble => Model.Model.TrainedTreeEnsemble;
}
