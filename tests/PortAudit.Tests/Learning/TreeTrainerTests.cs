using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;
using PortAudit.Learning.Training;

namespace PortAudit.Tests.Learning;

public sealed class TreeTrainerTests
{
    private const double Slope = -0.05;
    private const double Offset = 0.3;

    [Fact]
    public void The_audit_gives_the_probability_that_ML_NET_gives()
    {
        var examples = LearningSample.Examples(groups: 30, perGroup: 20, seed: 7);
        var forest = TreeTrainer.Train(examples, BehaviourKind.Voice, seed: 1);
        var (bias, trees) = TreeTrainer.Export(forest.Ensemble);
        var model = new KindModel(BehaviourKind.Voice, new KindQuality(40, 6, 1, 1, 1), 0.5, bias, Slope, Offset,
            trees);
        Assert.True(BehaviourModelReader.TryRead(BehaviourModelWriter.Write(new BehaviourModel([model])), out var read,
            out var error), error);

        var context = forest.Context;
        var scored = forest.Model.Transform(context.Data.LoadFromEnumerable(
            TreeTrainer.Rows(examples, BehaviourKind.Voice), TreeTrainer.Schema()));
        var calibrated = context.BinaryClassification.Calibrators.Platt(Slope, Offset).Fit(scored).Transform(scored);
        var theirs = context.Data.CreateEnumerable<Scored>(calibrated, reuseRowObject: false).ToList();

        Assert.Equal(examples.Length, theirs.Count);
        Assert.True(theirs.Max(row => row.Probability) - theirs.Min(row => row.Probability) > 0.5);
        foreach (var (example, row) in examples.Zip(theirs))
        {
            Assert.Equal(row.Probability, model.ProbabilityOf(example.Values.AsSpan()), 0.000_001);
            Assert.Equal(row.Probability, read.Models[0].ProbabilityOf(example.Values.AsSpan()), 0.000_001);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_byte_for_byte_and_another_seed_another()
    {
        var examples = LearningSample.Examples(groups: 30, perGroup: 20, seed: 7);
        var first = Written(examples, seed: 1);

        Assert.Equal(first, Written(examples, seed: 1));
        Assert.NotEqual(first, Written(examples, seed: 2));
    }

    private static byte[] Written(ImmutableArray<FlowExample> examples, int seed) =>
        BehaviourModelWriter.Write(
            new BehaviourModel([.. ModelTrainer.Train(examples, seed).Select(kind => kind.Model)]));

    private sealed class Scored
    {
        public float Probability { get; set; }
    }
}
