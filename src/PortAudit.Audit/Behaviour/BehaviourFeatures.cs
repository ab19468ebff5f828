using System.Collections.Immutable;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Behaviour;

/// <summary>The numbers by which a model tells kinds of flows apart (docs/behaviour.md), made from
/// <see cref="FlowBehaviour"/>. The direction with more payload is <c>major</c>, whoever opened the flow. How long a
/// flow lasted and how many packets it had are not among them: they tell about the capture, too.</summary>
internal static class BehaviourFeatures
{
    private const double NsPerSecond = 1e9;

    /// <summary>A flow is never shorter than this in rates: one millisecond.</summary>
    private const long ShortestNs = 1_000_000;

    private static readonly string[] OfFlow =
        ["udp", "packet-rate", "byte-rate", "major-bytes", "major-packets", "empty", "turns", "burst"];

    /// <summary>The names, in the order of the numbers.</summary>
    public static ImmutableArray<string> Names { get; } =
        [.. OfFlow, .. OfDirection("major"), .. OfDirection("minor")];

    /// <summary>Makes a flow's numbers, all finite. False when it has too few packets, or none were counted.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="values">Takes as many numbers as there are <see cref="Names"/>.</param>
    public static bool TryRead(FlowRecord flow, Span<float> values)
    {
        if (flow.Behaviour is not { } behaviour)
            return false;
        var isOut = behaviour.Out.PayloadBytes >= behaviour.In.PayloadBytes;
        var (major, minor) = isOut ? (behaviour.Out, behaviour.In) : (behaviour.In, behaviour.Out);
        var (filled, bytes) = (major.Filled + minor.Filled, major.PayloadBytes + minor.PayloadBytes);
        if (filled < FlowBehaviour.MinimumFilled || bytes <= 0)
            return false;
        var seconds = Math.Max(behaviour.SpanNs, ShortestNs) / NsPerSecond;
        values[0] = flow.Transport == IpProtocol.Udp ? 1 : 0;
        values[1] = (float)Math.Log2(1 + (filled / seconds));
        values[2] = (float)Math.Log2(1 + (bytes / seconds));
        values[3] = (float)major.PayloadBytes / bytes;
        values[4] = (float)major.Filled / filled;
        values[5] = (float)(behaviour.Packets - filled) / Math.Max(behaviour.Packets, 1);
        values[6] = (float)behaviour.Turns / (filled - 1);
        values[7] = (float)Math.Log2((double)filled / Math.Max(behaviour.Bursts, 1));
        Read(major, values[OfFlow.Length..]);
        Read(minor, values[(OfFlow.Length + ((values.Length - OfFlow.Length) / 2))..]);
        return true;
    }

    private static void Read(DirectionBehaviour direction, Span<float> values)
    {
        var filled = Math.Max(direction.Filled, 1);
        var mean = (double)direction.PayloadBytes / filled;
        values[0] = (float)mean;
        values[1] = (float)Math.Sqrt(Math.Max(0, ((double)direction.SquareSum / filled) - (mean * mean)));
        values[2] = direction.Disorder ?? -1;
        var next = 3;
        for (var i = 0; i < FlowBehaviour.SizeClasses; i++)
            values[next++] = (float)(i < direction.Sizes.Length ? direction.Sizes[i] : 0) / filled;
        for (var i = 0; i < FlowBehaviour.GapClasses; i++)
            values[next++] = (float)(i < direction.Gaps.Length ? direction.Gaps[i] : 0) / Math.Max(filled - 1, 1);
    }

    private static IEnumerable<string> OfDirection(string name) =>
    [
        $"{name}-size-mean", $"{name}-size-deviation", $"{name}-disorder",
        .. Enumerable.Range(0, FlowBehaviour.SizeClasses)
            .Select(i => $"{name}-size-{(i == 0 ? 1 : FlowBehaviour.SizeBounds[i - 1])}"),
        .. Enumerable.Range(0, FlowBehaviour.GapClasses)
            .Select(i => $"{name}-gap-{(i == 0 ? 0 : FlowBehaviour.GapBoundsNs[i - 1] / ShortestNs)}ms"),
    ];
}
