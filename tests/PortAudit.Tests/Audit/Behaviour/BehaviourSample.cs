using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Audit.Behaviour;

/// <summary>Flows and models of behaviour.</summary>
internal static class BehaviourSample
{
    /// <summary>A model of one kind: a flow is voice when no packet of its major direction is small.</summary>
    public static KindModel Voice { get; } =
        new(BehaviourKind.Voice, new KindQuality(40, 6, 0.97, 0.9, 0.8), 0.8, 0, -1,
        0, [Stump("major-size-1", 0.5f, 4, -4)]);

    /// <summary>Packets of 172 bytes each way, every 20 ms.</summary>
    public static FlowBehaviour Audio { get; } =
        new(100, 99, 1, 980_000_000, Direction(50, 172, 3), Direction(50, 172, 3));

    /// <summary>Packets of 10 bytes each way, every two seconds.</summary>
    public static FlowBehaviour Keys { get; } =
        new(40, 39, 40, 80_000_000_000, Direction(20, 10, 6), Direction(20, 10, 6));

    /// <summary>A tree of one node.</summary>
    public static DecisionTree Stump(string feature, float threshold, double low, double high) => new(1,
        [BehaviourFeatures.Names.IndexOf(feature)], [threshold], [~0], [~1], [low, high]);

    private static DirectionBehaviour Direction(int packets, int size, int gapClass)
    {
        var sizes = new int[FlowBehaviour.SizeClasses];
        sizes[size < 32 ? 0 : 2] = packets;
        var gaps = new int[FlowBehaviour.GapClasses];
        gaps[gapClass] = packets - 1;
        return new DirectionBehaviour(0, (long)packets * size, (long)packets * size * size, null,
            ImmutableArray.Create(sizes), ImmutableArray.Create(gaps));
    }
}
