using PortAudit.Audit.Behaviour;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Audit.Behaviour;

public sealed class BehaviourFeaturesTests
{
    [Fact]
    public void Names_tell_classes_by_their_lower_bounds()
    {
        Assert.Equal(40, BehaviourFeatures.Names.Length);
        Assert.Equal(40, BehaviourFeatures.Names.Distinct().Count());
        Assert.Contains("major-size-1200", BehaviourFeatures.Names);
        Assert.Contains("minor-gap-1000ms", BehaviourFeatures.Names);
    }

    [Theory]
    [InlineData("udp", 1)]
    [InlineData("major-bytes", 0.5)]
    [InlineData("turns", 1)]
    [InlineData("empty", 0)]
    [InlineData("burst", 6.643856)]
    [InlineData("packet-rate", 6.687072)]
    [InlineData("major-size-mean", 172)]
    [InlineData("minor-size-deviation", 0)]
    [InlineData("major-size-100", 1)]
    [InlineData("minor-gap-16ms", 1)]
    [InlineData("major-disorder", -1)]
    public void Audio_has_the_numbers_of_audio(string name, float expected) =>
        Assert.Equal(expected, Value(name, BehaviourSample.Audio), 0.000_01f);

    [Fact]
    public void The_direction_with_more_payload_is_major_whoever_opened_the_flow()
    {
        var large = BehaviourSample.Audio with { In = BehaviourSample.Keys.In };
        var turned = large with { Out = large.In, In = large.Out };

        foreach (var name in BehaviourFeatures.Names)
            Assert.Equal(Value(name, large), Value(name, turned));
        Assert.Equal(172, Value("major-size-mean", turned));
    }

    [Fact]
    public void Ten_packets_with_payload_are_needed()
    {
        var flow = FlowSample.Of("10.0.0.1:4000 udp 10.0.0.2:5000");
        var values = new float[BehaviourFeatures.Names.Length];
        var short9 = BehaviourSample.Audio with
        {
            Out = BehaviourSample.Audio.Out with { Sizes = [9, 0, 0, 0, 0, 0] },
            In = BehaviourSample.Audio.In with { Sizes = [0, 0, 0, 0, 0, 0] },
        };
        var short10 = short9 with { Out = short9.Out with { Sizes = [9, 1, 0, 0, 0, 0] } };

        Assert.False(BehaviourFeatures.TryRead(flow, values));
        Assert.False(BehaviourFeatures.TryRead(flow with { Behaviour = short9 }, values));
        Assert.True(BehaviourFeatures.TryRead(flow with { Behaviour = short10 }, values));
    }

    /// <summary>A saved state may hold any numbers.</summary>
    [Fact]
    public void Numbers_are_finite_whatever_the_counters_are()
    {
        var wild = new DirectionBehaviour(int.MaxValue, long.MaxValue, 0, 0, [int.MaxValue, int.MaxValue], []);
        foreach (var behaviour in new[]
        {
            new FlowBehaviour(0, int.MaxValue, 0, long.MinValue, wild, wild with { PayloadBytes = 0, Sizes = [] }),
            new FlowBehaviour(0, -1, -1, 0, wild with { SquareSum = long.MinValue, PayloadBytes = 1 },
                wild with { PayloadBytes = 0 }),
        })
        {
            var values = new float[BehaviourFeatures.Names.Length];
            Assert.True(BehaviourFeatures.TryRead(
                FlowSample.Of("10.0.0.1:4000 tcp 10.0.0.2:5000") with { Behaviour = behaviour }, values));
            Assert.All(values, value => Assert.True(float.IsFinite(value)));
        }
    }

    private static float Value(string name, FlowBehaviour behaviour)
    {
        var values = new float[BehaviourFeatures.Names.Length];
        var flow = FlowSample.Of("10.0.0.1:4000 udp 10.0.0.2:5000") with { Behaviour = behaviour };
        Assert.True(BehaviourFeatures.TryRead(flow, values));
        return values[BehaviourFeatures.Names.IndexOf(name)];
    }
}
