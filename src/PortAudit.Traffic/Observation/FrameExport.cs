using System.Collections.Immutable;
using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Observation;

/// <summary>Writes chosen frames of captures to one file: unchanged, in observation order, each with the timestamp
/// resolution of its capture. Each interface of each capture becomes an interface of the file, named after its capture
/// point. Decodes nothing; memory use does not grow with the frames.</summary>
/// <param name="paths">Paths of the captures, as in <see cref="CaptureSet.Paths"/>.</param>
/// <param name="options">The options of the observation.</param>
/// <param name="commentsOf">Comments for a frame; called once for each, in output order.</param>
/// <param name="writer">Destination.</param>
public sealed class FrameExport(ImmutableArray<string> paths, ObserverOptions options,
    Func<FrameReference, IEnumerable<string>> commentsOf, PcapngWriter writer)
{
    /// <summary>Earliest second that 64 bits of nanoseconds can hold; the origin for times before 1970.</summary>
    private const long EarliestSecond = long.MinValue / 1_000_000_000 - 1;

    private const int NanosecondDigits = 9;

    private readonly Dictionary<(int Capture, int Interface, bool IsFiner, bool IsEarly), int> _interfaces = [];

    /// <summary>Frames written; fewer than requested when the files changed meanwhile or reading was
    /// canceled.</summary>
    public int Written { get; private set; }

    /// <summary>Writes a frame; a <see cref="FrameVisitor"/>.</summary>
    public void Write(FrameReference frame, in CapturedPacket packet, CaptureInterface described)
    {
        ArgumentNullException.ThrowIfNull(described);

        // Power-of-two resolutions and times before 1970 are rare; they get an interface of their own.
        var key = (frame.Capture, packet.InterfaceIndex,
            IsFiner: !Resolves(described.TimestampDigits, packet.TimestampNs), IsEarly: packet.TimestampNs < 0);
        if (!_interfaces.TryGetValue(key, out var number))
            _interfaces.Add(key, number = Add(writer, described, paths[frame.Capture], options, key.IsFiner,
                key.IsEarly));
        writer.Write(number, packet, commentsOf(frame));
        Written++;
    }

    private static int Add(PcapngWriter writer, CaptureInterface described, string path, ObserverOptions options,
        bool isFiner, bool isEarly)
    {
        var point = options.CapturePointOf(path, described.Name);
        var origin = described.Name is { Length: > 0 } name && name != point ? $"{path}, interface {name}" : path;
        return writer.AddInterface(
            described with
            {
                Name = point.Length == 0 ? path : $"{point}: {path}",
                Description = described.Description is { Length: > 0 } words ? $"{origin}: {words}" : origin,
                TimestampDigits = isFiner ? NanosecondDigits : described.TimestampDigits,
            },
            isEarly ? EarliestSecond : 0);
    }

    private static bool Resolves(int digits, long timestampNs)
    {
        var unit = 1L;
        for (var digit = digits; digit < NanosecondDigits; digit++)
            unit *= 10;
        return timestampNs % unit == 0;
    }
}
