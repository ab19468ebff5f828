using PortAudit.Audit.Behaviour;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Learning.Examples;

/// <summary>Makes examples of the flows of one capture.</summary>
internal static class CaptureExamples
{
    /// <summary>Reads a capture. What cannot be read is named, and gives no examples.</summary>
    /// <param name="capture">The capture.</param>
    /// <param name="errors">Takes the names of what cannot be read.</param>
    /// <param name="insideTls">Takes TLS connections that are proved to carry a service, which is their
    /// protocol.</param>
    public static List<FlowExample> Read(GroupedCapture capture, TextWriter errors, List<FlowExample> insideTls)
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

            var options = new ObserverOptions { Behaviour = BehaviourCounting.All, CapturePointOf = (_, _) => "" };
            TrafficObserver.Observe(captures, options, flow => Keep(flow, capture, flows), null,
                CancellationToken.None);
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
            var (isExample, inside) = (TryTell(flow, capture, type, out var kind), InnerService.Of(flow));
            if ((!isExample && inside is null) || !BehaviourFeatures.TryRead(flow, values))
                continue;
            var example = new FlowExample(flow.Id, capture.Group, kind, flow.Protocol ?? "",
                $"{flow.Transport}/{flow.Responder.Port}", [.. values]);
            if (isExample)
                examples.Add(example);
            if (inside is not null)
                insideTls.Add(example with { Kind = null, Protocol = inside });
        }

        return examples;
    }

    private static bool TryTell(FlowRecord flow, GroupedCapture capture, int? rtpType, out BehaviourKind? kind)
    {
        kind = capture.Kind;
        return kind is not null || ProvedKind.TryTell(flow, rtpType, out kind);
    }

    private static void Keep(FlowRecord flow, GroupedCapture capture, List<FlowRecord> flows)
    {
        var values = (stackalloc float[BehaviourFeatures.Names.Length]);
        if ((flow.Protocol is not null || capture.Kind is not null) && BehaviourFeatures.TryRead(flow, values))
            flows.Add(flow);
    }
}
