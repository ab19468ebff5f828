using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Learning.Examples;

/// <summary>Makes examples of captures. A flow that several captures hold is one example, and their groups are one:
/// what was trained on must not be measured again under another name.</summary>
internal static class ExampleSet
{
    /// <summary>Examples of one kind that a group gives at most, the lowest numbers: a large capture must not outweigh
    /// all others.</summary>
    public const int MaximumPerGroup = 20;

    /// <summary>Reads the captures. What cannot be read is named and left out.</summary>
    public static ImmutableArray<FlowExample> Read(ImmutableArray<GroupedCapture> captures, TextWriter errors)
    {
        var examples = new Dictionary<ulong, FlowExample>();
        var groups = new GroupUnion();
        foreach (var capture in captures.OrderBy(capture => capture.Path, StringComparer.Ordinal))
        {
            foreach (var example in Read(capture, errors))
            {
                if (!examples.TryAdd(example.Id, example))
                    groups.Unite(examples[example.Id].Group, example.Group);
            }
        }

        var heldOut = captures.Where(capture => capture.IsHeldOut).Select(capture => groups.Of(capture.Group))
            .ToHashSet(StringComparer.Ordinal);
        return [.. examples.Values
            .Select(example => example with { Group = groups.Of(example.Group) })
            .Select(example => example with { IsHeldOut = heldOut.Contains(example.Group) })
            .GroupBy(example => (example.Group, example.Kind))
            .SelectMany(group => group.OrderBy(example => example.Id).Take(MaximumPerGroup))
            .OrderBy(example => example.Group, StringComparer.Ordinal).ThenBy(example => example.Id)];
    }

    private static List<FlowExample> Read(GroupedCapture capture, TextWriter errors)
    {
        var flows = new List<FlowRecord>();
        IReadOnlyDictionary<long, int> types;
        try
        {
            using var captures = CaptureSet.Open([capture.Path], () => Stream.Null);
            if (!captures.Problems.IsEmpty)
            {
                errors.WriteLine($"{capture.Path}: left out: {captures.Problems[0].Message}");
                return [];
            }

            var options = new ObserverOptions { Behaviour = true, CapturePointOf = (_, _) => "" };
            TrafficObserver.Observe(captures, options, flow => Keep(flow, flows), null, CancellationToken.None);
            types = RtpTypes.Of(capture.Path, flows.Where(flow => flow is { Protocol: "rtp", ProtocolFrame: not null })
                .Select(flow => flow.ProtocolFrame!.Value.Number).ToHashSet());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CaptureFormatException)
        {
            errors.WriteLine($"{capture.Path}: left out: {failure.Message}");
            return [];
        }

        var examples = new List<FlowExample>();
        var values = new float[BehaviourFeatures.Names.Length];
        foreach (var flow in flows)
        {
            int? type = flow.ProtocolFrame is { } frame && types.TryGetValue(frame.Number, out var found)
                ? found
                : null;
            if (ProvedKind.TryTell(flow, type, out var kind) && BehaviourFeatures.TryRead(flow, values))
                examples.Add(new FlowExample(flow.Id, capture.Group, capture.IsHeldOut, kind, flow.Protocol!,
                    $"{flow.Transport}/{flow.Responder.Port}", [.. values]));
        }

        return examples;
    }

    private static void Keep(FlowRecord flow, List<FlowRecord> flows)
    {
        var values = (stackalloc float[BehaviourFeatures.Names.Length]);
        if (flow.Protocol is not null && BehaviourFeatures.TryRead(flow, values))
            flows.Add(flow);
    }
}
