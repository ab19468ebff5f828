using System.Collections.Immutable;
using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Observation;

/// <summary>Is shown a frame.</summary>
/// <param name="frame">Which frame it is.</param>
/// <param name="packet">The frame; valid during the call only.</param>
/// <param name="described">The interface that captured it.</param>
public delegate void FrameVisitor(FrameReference frame, in CapturedPacket packet, CaptureInterface described);

/// <summary>Frames that somebody wants to see again.</summary>
/// <param name="Frames">The frames.</param>
/// <param name="Visit">Is shown each of them once, in the order in which they are observed.</param>
public sealed record FrameRequest(IReadOnlyCollection<FrameReference> Frames, FrameVisitor Visit);

/// <summary>Reads captures once more to show chosen frames, for all who want to see some in one pass. Memory does not
/// grow with the captures, and reading ends behind the last frame.</summary>
public static class FrameReading
{
    /// <summary>Reads the captures.</summary>
    /// <param name="captures">Captures that can be read again.</param>
    /// <param name="options">How they were observed.</param>
    /// <param name="requests">Who wants to see which frames.</param>
    /// <param name="progress">Receives how far reading has come; null when not wanted.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    public static void Read(CaptureSet captures, ObserverOptions options, ImmutableArray<FrameRequest> requests,
        ReadingPosition? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(captures);
        var wanted = requests.SelectMany(request => request.Frames).ToHashSet();
        var sets = requests.Select(request => request.Frames.ToHashSet()).ToArray();
        using var merge = new CaptureMerge(captures, progress, options.Threads > 1);
        while (wanted.Count > 0 && !cancellation.IsCancellationRequested && merge.TryRead(out var packet))
        {
            if (progress is not null)
                progress.Packets++;
            var frame = new FrameReference(merge.Capture, packet.Number);
            if (!wanted.Remove(frame))
                continue;
            for (var index = 0; index < sets.Length; index++)
            {
                if (sets[index].Contains(frame))
                    requests[index].Visit(frame, packet, merge.Source.Interfaces[packet.InterfaceIndex]);
            }
        }
    }
}
