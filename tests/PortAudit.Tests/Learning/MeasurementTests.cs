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
    public void Kinds_that_numbers_tell_apart_and_ports_do_not_pass()
    {
        var measured = Measured(LearningSample.Examples(groups: 60, perGroup: 20, seed: 7));

        Assert.Equal([BehaviourKind.Voice, BehaviourKind.BulkTransfer], measured.Passed.Select(model => model.Kind));
        var share = measured.PrecisionOf(BehaviourKind.Voice, measured.NameOf);
        Assert.Equal((share.Value, share.Bounds.Low),
            (measured.Passed[0].Measured.Precision, measured.Passed[0].Measured.PrecisionLow));
        Assert.True(share.Bounds.Low > 0.8);
    }

    [Fact]
    public void A_kind_that_its_port_names_as_well_does_not_pass()
    {
        var measured = Measured([.. LearningSample.Examples(groups: 60, perGroup: 20, seed: 7)
            .Select(example => example with { Port = example.Kind == BehaviourKind.Voice ? "udp/1" : "tcp/2" })]);

        Assert.Empty(measured.Passed);
        Assert.Contains("| voice |", QualityTable.Of(measured, [measured], 1), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_names_what_most_training_flows_on_it_are_and_nothing_elsewhere()
    {
        var example = LearningSample.Examples(groups: 1, perGroup: 1, seed: 7)[0] with { Port = "udp/9" };
        var voice = example with { Kind = BehaviourKind.Voice };
        var names = new PortNames([voice, voice, example with { Kind = BehaviourKind.Web }]);

        Assert.Equal(BehaviourKind.Voice, names.Of(example));
        Assert.Null(names.Of(example with { Port = "udp/10" }));
        Assert.False(names.Knows(example with { Port = "udp/10" }));
    }

    [Fact]
    public void With_fewer_kinds_the_others_are_measured_again()
    {
        var measured = Measured(LearningSample.Examples(groups: 60, perGroup: 20, seed: 7));
        var only = measured.Only(kind => kind == BehaviourKind.Voice);

        Assert.True(measured.IsPassed(BehaviourKind.BulkTransfer));
        Assert.False(only.IsPassed(BehaviourKind.BulkTransfer));
        Assert.Equal(BehaviourKind.Voice, Assert.Single(only.Passed).Kind);
    }

    [Fact]
    public void Noise_does_not_pass()
    {
        var examples = LearningSample.Examples(groups: 60, perGroup: 20, seed: 7);
        var kinds = examples.Select(example => example.Kind).Reverse().ToList();

        Assert.Empty(Measured([.. examples.Select((example, i) =>
            example with { Kind = kinds[(i * 7) % kinds.Count] })])
            .Passed);
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
    public void A_group_is_on_one_side_and_one_that_must_be_held_out_always_is()
    {
        var examples = LearningSample.Examples(groups: 60, perGroup: 3, seed: 7);
        var split = GroupSplit.Of(examples, seed: 1);
        var other = GroupSplit.Of([.. examples.Select(example => example with { IsHeldOut = true })], seed: 1);

        Assert.Empty(GroupsOf(split.Training).Intersect(GroupsOf(split.HeldOut)));
        Assert.InRange(GroupsOf(split.HeldOut).Count(), 10, 30);
        Assert.NotEqual(GroupsOf(split.HeldOut), GroupsOf(GroupSplit.Of(examples, seed: 2).HeldOut));
        Assert.Empty(other.Training);
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

    private static Measurement Measured(ImmutableArray<FlowExample> examples)
    {
        var split = GroupSplit.Of(examples, seed: 1);
        return Measurement.Of(split, ModelTrainer.Train(split.Training, seed: 1));
    }

    private static IEnumerable<string> GroupsOf(IEnumerable<FlowExample> examples) =>
        examples.Select(example => example.Group).Distinct();
}
