using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;

namespace PortAudit.Traffic;

/// <summary>How an observation is made.</summary>
public sealed record ObserverOptions
{
    /// <summary>Names the capture point of a file and, in pcapng, of an interface's name (null where there is none).</summary>
    public Func<string, string?, string> CapturePointOf { get; init; } = (_, interfaceName) => interfaceName ?? "";

    /// <summary>True to keep the first frame numbers of every flow while they pass: for input that cannot be read twice.</summary>
    public bool KeepFrames { get; init; }
}

/// <summary>The frames that prove what a finding says of a flow.</summary>
/// <param name="Frames">Frame references, ascending; at most <see cref="EvidencePass.MaximumFramesPerFlow"/>.</param>
/// <param name="NotListed">Further frames of the flow.</param>
public sealed record FlowFrames(ImmutableArray<FrameReference> Frames, long NotListed);

/// <summary>Placeholder of the walk.</summary>
public static class TrafficObserver
{
    /// <summary>Reads all captures once, merged by time, and hands every finished flow to <paramref name="sink"/>.</summary>
    /// <param name="captures">What to read.</param>
    /// <param name="options">How.</param>
    /// <param name="sink">Receives each flow once, at its end; the order is that of their ends.</param>
    /// <param name="progress">Told the number of packets read so far, now and then; null for silence.</param>
    /// <param name="cancellation">Stops reading; what was read until then is completed.</param>
    public static ObservationSummary Observe(CaptureSet captures, ObserverOptions options, Action<FlowRecord> sink, Action<long>? progress, CancellationToken cancellation) => throw new NotImplementedException();
}

/// <summary>Second pass over the files: fetches the frames of the flows that findings name.</summary>
public static class EvidencePass
{
    /// <summary>Frames of one flow that are listed at most (design §2).</summary>
    public const int MaximumFramesPerFlow = 20;

    /// <summary>Reads the captures again and finds the frames of <paramref name="flows"/>, by <see cref="FlowRecord.FlowId"/>.</summary>
    public static IReadOnlyDictionary<string, FlowFrames> Find(CaptureSet captures, ObserverOptions options, IReadOnlyCollection<FlowRecord> flows, CancellationToken cancellation) => throw new NotImplementedException();
}
