using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Fuzzing;

/// <summary>One walk of a capture through readers, decoder and observer, and what is wrong with it.</summary>
/// <param name="Complaint">What is wrong; null when nothing is.</param>
/// <param name="Flows">The flows and how the capture ended, as text, for comparison.</param>
internal sealed record Walk(string? Complaint, string Flows)
{
    /// <summary>Processor time that a walk may take. Inputs are small: a sound one takes a millisecond.</summary>
    public static readonly TimeSpan MaximumElapsed = TimeSpan.FromSeconds(1);

    /// <summary>Bytes that a walk may allocate.</summary>
    public const long MaximumAllocation = 64L * 1024 * 1024;

    /// <summary>Walks a capture.</summary>
    /// <param name="capture">Stream of it.</param>
    public static Walk Of(Stream capture)
    {
        var flows = new List<string>();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var begun = Environment.CpuUsage.TotalTime;
        string? complaint = null;
        try
        {
            using var source = CaptureFile.Open(capture, "input");
            using var set = CaptureSet.Of(source);
            var summary = TrafficObserver.Observe(set, new ObserverOptions { KeepFrames = true },
                flow => flows.Add(TextOf(flow)), null, CancellationToken.None);
            flows.Add(summary.Captures[0].End.Kind.ToString());
        }
        catch (CaptureFormatException refusal)
        {
            flows.Add(refusal.GetType().Name);
        }
        catch (Exception exception)
        {
            complaint = exception.ToString();
        }

        var elapsed = Environment.CpuUsage.TotalTime - begun;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (elapsed > MaximumElapsed)
            complaint ??= $"took {elapsed.TotalSeconds:F1} s";
        if (allocated > MaximumAllocation)
            complaint ??= $"allocated {allocated >> 20} MiB";
        return new(complaint, string.Join('\n', flows));
    }

    private static string TextOf(FlowRecord flow) =>
        $"{flow.StartNs} {flow.EndNs} {flow.Transport} {flow.Originator} {flow.Responder} {flow.Outcome} "
            + $"{flow.DirectionBasis} {flow.Out.Packets}/{flow.Out.Bytes} {flow.In.Packets}/{flow.In.Bytes} "
            + $"{flow.Protocol} {flow.Service}";
}
