using System.Collections.Immutable;
using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Observation;

/// <summary>Visits a frame.</summary>
/// <param name="frame">Its reference.</param>
/// <param name="packet">Its bytes; valid during the call only.</param>
/// <param name="described">The interface that captured it.</param>
public delegate void FrameVisitor(FrameReference frame, in CapturedPacket packet, CaptureInterface described);

/// <summary>A request to see chosen frames again.</summary>
/// <param name="Frames">The frames.</param>
/// <param name="Visit">Called once for each, in observation order.</param>
public sealed record FrameRequest(IReadOnlyCollection<FrameReference> Frames, FrameVisitor Visit);

/// <summary>Reads captures once more and shows chosen frames to all requesters in one pass. Memory does not grow with
/// the captures; reading ends after the last chosen frame.</summary>
public static class FrameReading
{
    /// <summary>Reads the captures.</summary>
    /// <param name="captures">Captures that can be read again.</param>
    /// <param name="options">The options of the observation.</param>
    /// <param name="requests">The frames, and whom to show them.</param>
    /// <param name="progress">Receives progress; may be null.</param>
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
