using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Learning.Examples;
using PortAudit.Learning.Measuring;
using PortAudit.Learning.Training;

namespace PortAudit.Tests.Learning;

public sealed class MeasurementTests
{
    [Theory]
    [InlineData(8, 10, 0.4902, 0.9433)]
    [InlineData(5, 5, 0.5655, 1)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(0, 0, 0, 1)]
    public void Bounds_are_those_of_Wilson(int part, int whole, double low, double high)
    {
        var bounds = new Share(part, whole).Bounds;

        Assert.Equal(low, bounds.Low, 0.0001);
        Assert.Equal(high, bounds.High, 0.0001);
    }

    [Fact]
    public void Kinds_that_numbers_tell_apart_ship_with_their_quality()
    {
        var (examples, measured) = Measured(Sample());

        Assert.Equal([BehaviourKind.Voice, BehaviourKind.BulkTransfer], measured.Passed.Select(model => model.Kind));
        var share = measured.PrecisionOf(BehaviourKind.Voice, measured.NameOf);
        Assert.Equal((share.Value, share.Bounds.Low),
            (measured.Passed[0].Measured.Precision, measured.Passed[0].Measured.PrecisionLow));
        Assert.True(share.Bounds.Low > 0.8);
        Assert.Contains("| voice |", QualityTable.Of(measured, examples), StringComparison.Ordinal);
    }

    [Fact]
    public void Flows_on_ports_of_training_flows_do_not_count()
    {
        var examples = LearningSample.Split(Sample(), trained: 40);
        var ports = examples.Training.Select(example => example.Port).ToList();
        var elsewhere = examples with
        {
            Fresh = [.. examples.Fresh.Select((example, i) => i % 2 == 0 ? example : example with { Port = ports[i] })],
        };

        Assert.InRange(Measurement.Of(elsewhere, Trained(examples)).Flows.Length,
            (examples.Fresh.Length / 2) - 20, examples.Fresh.Length / 2);
    }

    [Theory]
    [InlineData(19, 19, 0, false)] // too few flows
    [InlineData(30, 4, 0, false)] // of too few groups
    [InlineData(30, 30, 0, true)]
    [InlineData(30, 5, 8, false)] // precise, but not in most groups
    internal void A_precision_rests_on_enough_flows_and_groups(int right, int groups, int wrongGroups, bool expected)
    {
        var examples = LearningSample.Split(Sample(), trained: 59);
        var trained = Trained(examples);
        var voice = Measurement.Of(examples, trained);
        var clear = Sample().Where(example => voice.NameByAll(example) == example.Kind
            && example.Kind == BehaviourKind.Voice).Take(400).ToList();
        var flows = clear.Take(right * 4).Select((example, i) => example with { Group = $"right {i % groups}" });
        var wrong = clear.Skip(right * 4).Take(wrongGroups)
            .Select((example, i) => example with { Group = $"wrong {i}", Kind = null });
        var fresh = flows.Take(wrongGroups > 0 ? right * 4 : right).Concat(wrong).Concat(Bulk(voice, flows.Count()))
            .Select((example, i) => example with { Id = (ulong)i, Port = $"new/{i}" });

        Assert.Equal(expected, Measurement.Of(examples with { Fresh = [.. fresh] }, trained)
            .IsPassed(BehaviourKind.Voice));
    }

    [Fact]
    public void Noise_does_not_ship()
    {
        var examples = Sample();
        var kinds = examples.Select(example => example.Kind).Reverse().ToList();

        Assert.Empty(Measured([.. examples.Select((example, i) =>
            example with { Kind = kinds[(i * 7) % kinds.Count] })]).Measured.Passed);
    }

    [Fact]
    public void Scores_are_of_trees_that_saw_neither_group_nor_port()
    {
        var onOwnPorts = UnseenScore.Of(Sample(), BehaviourKind.Voice, seed: 1);
        var onOnePort = UnseenScore.Of([.. Sample().Select(example => example with { Port = "udp/1" })],
            BehaviourKind.Voice, seed: 1);
        var mixed = UnseenScore.Of([.. Sample().Select((example, i) =>
            i % 2 == 0 ? example : example with { Port = "udp/1" })], BehaviourKind.Voice, seed: 1);

        Assert.Equal(1_200, onOnePort.Length);
        Assert.DoesNotContain("udp/1", mixed.Select(score => score.Example.Port));
        Assert.InRange(onOwnPorts.Length, 1_100, 1_200);
    }

    [Fact]
    public void A_kind_with_few_examples_or_groups_is_not_trained()
    {
        var examples = LearningSample.Examples(groups: 60, perGroup: 20, seed: 7);

        Assert.Empty(ModelTrainer.Train([.. examples.Take(40)], seed: 1));
        Assert.Empty(ModelTrainer.Train([.. examples.Select(example => example with { Group = "one" })], seed: 1));
        Assert.Equal(2, ModelTrainer.Train(examples, seed: 1).Length);
    }

    [Fact]
    public void A_curve_fitted_to_probabilities_gives_them_back()
    {
        var random = new Random(3);
        var scored = Enumerable.Range(0, 20_000).Select(_ => (random.NextDouble() * 10) - 5)
            .Select(score => (score, random.NextDouble() < 1 / (1 + Math.Exp((-0.8 * score) + 0.5)))).ToList();
        var (slope, offset) = PlattCurve.Fit(scored);

        Assert.Equal(-0.8, slope, 0.05);
        Assert.Equal(0.5, offset, 0.1);
    }

    [Fact]
    public void A_curve_without_one_side_is_finite()
    {
        var (slope, offset) = PlattCurve.Fit([(1, true), (2, true)]);

        Assert.True(double.IsFinite(slope) && double.IsFinite(offset));
    }

    private static ImmutableArray<FlowExample> Sample() =>
        LearningSample.Examples(groups: 60, perGroup: 20, seed: 7);

    private static IEnumerable<FlowExample> Bulk(Measurement measured, int count) => Sample()
        .Where(example => example.Kind == BehaviourKind.BulkTransfer
            && measured.NameByAll(example) == BehaviourKind.BulkTransfer)
        .Take(count).Select(example => example with { Group = $"bulk {example.Group}" });

    private static ImmutableArray<KindModel> Trained(ExampleSet examples) =>
        [.. ModelTrainer.Train(examples.Training, seed: 1).Select(kind => kind.Model)];

    private static (ExampleSet Examples, Measurement Measured) Measured(ImmutableArray<FlowExample> sample)
    {
        var examples = LearningSample.Split(sample, trained: 40);
        return (examples, Measurement.Of(examples, Trained(examples)));
    }
}
